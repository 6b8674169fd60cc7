"""Counted tries, links to choose a password, codes that were used, and why an account is closed.

The pages reach none of the first two but through functions that do one thing each.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from keepsight.engines.rls import allow, definer, force, grant
from keepsight.engines.roles import role_name

PATH = "SET search_path = pg_catalog, public, pg_temp"


def for_the_pages(signature: str) -> str:
    """Nobody may call the function but the role of the pages."""
    return (
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION {signature} TO {role_name('app')};\n"
    )


BEGIN_TRY = f"""
CREATE FUNCTION agencies_begin_try(
  of_account bytea, of_address bytea, most_account int, most_address int, within interval)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER {PATH} AS $$
DECLARE made bigint;
BEGIN
  -- One after the other: tries made at the same moment are counted like any.
  PERFORM pg_advisory_xact_lock(hashtextextended('address ' || encode(of_address, 'hex'), 0));
  PERFORM pg_advisory_xact_lock(hashtextextended('account ' || encode(of_account, 'hex'), 0));
  DELETE FROM agencies_signintry WHERE id IN (
    SELECT id FROM agencies_signintry WHERE at <= clock_timestamp() - within
    FOR UPDATE SKIP LOCKED);
  IF (SELECT count(*) FROM agencies_signintry t
      WHERE t.account = of_account AND t.at > clock_timestamp() - within) >= most_account
  OR (SELECT count(*) FROM agencies_signintry t
      WHERE t.address = of_address AND t.at > clock_timestamp() - within) >= most_address
  THEN RETURN NULL; END IF;
  INSERT INTO agencies_signintry (account, address, at)
  VALUES (of_account, of_address, clock_timestamp()) RETURNING id INTO made;
  RETURN made;
END $$;
{for_the_pages("agencies_begin_try(bytea, bytea, int, int, interval)")}

CREATE FUNCTION agencies_forget_try(which bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  DELETE FROM agencies_signintry WHERE id = which;
$$;
{for_the_pages("agencies_forget_try(bigint)")}
"""

GOOD_LINK = """
  SELECT l.person_id FROM agencies_passwordlink l
  JOIN agencies_person p ON p.id = l.person_id AND p.is_active
  WHERE l.token_hash = hash AND l.used IS NULL AND l.expires > now()
"""

CHOOSE_PASSWORD = f"""
CREATE FUNCTION agencies_choose_password(hash bytea, encoded text) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH used AS (
    UPDATE agencies_passwordlink l SET used = now() FROM agencies_person p
    WHERE p.id = l.person_id AND p.is_active
      AND l.token_hash = hash AND l.used IS NULL AND l.expires > now()
    RETURNING l.person_id)
  UPDATE agencies_person p SET password = encoded FROM used WHERE p.id = used.person_id
  RETURNING p.id;
$$;
{for_the_pages("agencies_choose_password(bytea, text)")}
"""

USED_CODES = """
CREATE TABLE agencies_usedcode (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX agencies_usedcode_expires ON agencies_usedcode (expires);
"""
"""Django's own shape of a cache table: a code that was used is not good again, in any worker."""

OWNER_ONLY = "".join(
    force(table) + allow(table, "owner", "owner", "ALL", "true")
    for table in ("agencies_signintry", "agencies_passwordlink")
)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_policies")]

    operations = [
        migrations.AddField(
            "person", "active_since", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AddField("person", "closed_because", models.TextField(blank=True, default="")),
        migrations.AlterField("person", "closed_because", models.TextField(blank=True)),
        migrations.CreateModel(
            "SignInTry",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.BinaryField(max_length=32)),
                ("address", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account"], name="agencies_try_account"),
                    models.Index(fields=["address"], name="agencies_try_address"),
                    models.Index(fields=["at"], name="agencies_try_at"),
                ]
            },
        ),
        migrations.CreateModel(
            "PasswordLink",
            [
                (
                    "token_hash",
                    models.BinaryField(max_length=32, primary_key=True, serialize=False),
                ),
                ("issued", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            OWNER_ONLY
            + allow("agencies_passwordlink", "batch", "batch", "ALL", "true")
            + grant("agencies_signintry")
            + grant("agencies_passwordlink", batch="SELECT, INSERT, UPDATE")
            + BEGIN_TRY
            + definer("agencies_link_of(hash bytea)", "bigint", GOOD_LINK, to=("app",))
            + CHOOSE_PASSWORD
            + USED_CODES
            + grant("agencies_usedcode", app="SELECT, INSERT, UPDATE, DELETE")
        ),
    ]
