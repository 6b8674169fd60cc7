"""Agencies’ systems that send what cannot wait: their secrets, their tokens, and whose they are.

A client is no viewer. Its token stands in a setting of its own, which only policies of what is
sent ask about, so it opens nothing that a person’s opens.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from keepsight.engines.rls import allow, definer, force, grant
from keepsight.engines.roles import role_name

PATH = "SET search_path = pg_catalog, public, pg_temp"

SENDER = """
  SELECT c.id, c.agency_id, a.area_id, c.feed_id, a.kind, c.name
  FROM access_clientsession s
  JOIN access_client c ON c.id = s.client_id AND c.ended IS NULL
  JOIN agencies_agency a ON a.id = c.agency_id
  WHERE s.token_hash = sha256(convert_to(current_setting('keepsight.sender', true), 'UTF8'))
    AND s.expires > now()"""

SENDER_COLUMNS = (
    "TABLE (client_id uuid, agency_id bigint, area_id bigint, feed_id bigint, agency_kind text,"
    " name text)"
)

OPEN_TYPES = "access_open_client(uuid, bytea, bytea, timestamptz)"
OPEN = f"""
CREATE FUNCTION access_open_client(client uuid, secret bytea, token bytea, until timestamptz)
RETURNS TABLE (name text, agency_id bigint, area_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH found AS (
    SELECT c.id, c.name, c.agency_id, a.area_id
    FROM access_client c JOIN agencies_agency a ON a.id = c.agency_id
    WHERE c.id = client AND c.secret_hash = secret AND c.ended IS NULL),
  opened AS (
    INSERT INTO access_clientsession (token_hash, client_id, opened, expires)
    SELECT token, f.id, now(), until FROM found f),
  forgotten AS (
    DELETE FROM access_clientsession s WHERE s.expires < now() - interval '1 day')
  SELECT f.name, f.agency_id, f.area_id FROM found f;
$$;
REVOKE ALL ON FUNCTION {OPEN_TYPES} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {OPEN_TYPES} TO {role_name("app")};
"""
"""One answer, and one way to it, for no such client, another secret and a client that ended."""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_named")]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("agency_id", models.BigIntegerField()),
                ("feed_id", models.BigIntegerField()),
                ("secret_hash", models.BinaryField(max_length=32)),
                ("created", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True, default="")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ClientSession",
            fields=[
                (
                    "token_hash",
                    models.BinaryField(max_length=32, primary_key=True, serialize=False),
                ),
                ("opened", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="access.client",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires"], name="access_clientsession_expires")]
            },
        ),
        migrations.RunSQL(
            force("access_client")
            + allow("access_client", "owner", "owner", "SELECT", "true")
            + allow("access_client", "batch", "batch", "ALL", "true")
            + grant("access_client", batch="SELECT, INSERT, UPDATE")
            + force("access_clientsession")
            + allow("access_clientsession", "owner", "owner", "ALL", "true")
            + grant("access_clientsession")
            + definer("access_sender()", SENDER_COLUMNS, SENDER, to=("app",), rows=1)
            + definer(
                "access_sending()", "bigint", "SELECT agency_id FROM access_sender()", to=("app",)
            )
            + OPEN
        ),
    ]
