"""What a client may write, what of its agency’s own is asked to write it, and what follows.

A client sends by one feed, which is switched on and not for existence only. Nothing is readable by
it. To tell a repeat from news, functions answer of its own agency’s facts and of those alone: which
revision of a key stands and its hash, and what a missing report said that is to be ended.
"""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.engines.rls import allow, definer, force, grant
from keepsight.engines.roles import role_name

SENDS = """
  SELECT f.id FROM access_sender() v
  JOIN chronology_feed f ON f.id = v.feed_id AND f.agency_id = v.agency_id
  WHERE f.state = 'on' AND f.cohort <> 'existence'"""

SENT_SUBJECT = """
  SELECT EXISTS (
    SELECT 1 FROM identity_subjectrecord s
    WHERE s.id = subject AND s.agency_id = access_sending() AND s.forgotten IS NULL)
    AND chronology_sends() IS NOT NULL"""

SENT_EVENT = """
  SELECT EXISTS (
    SELECT 1 FROM chronology_event e JOIN chronology_delivery d ON d.id = e.delivery_id
    WHERE e.id = event AND e.subject_record_id = subject AND d.feed_id = chronology_sends())"""

HEADS = """
  SELECT DISTINCT ON (e.source_key) e.source_key, e.revision, c.fingerprint, e.id, e.received
  FROM chronology_event e LEFT JOIN chronology_eventcontent c ON c.event_id = e.id
  WHERE e.agency_id = access_sending() AND e.agency_id = agency AND e.source_key = ANY(keys)
  ORDER BY e.source_key, e.revision DESC"""
HEAD = "TABLE (source_key text, revision int, fingerprint bytea, id bigint, received timestamptz)"

EPISODE = """
  SELECT last.occurred, last.day_only, c.content || coalesce(w.whereabouts, '{}'),
    s.key
  FROM (
    SELECT e.* FROM chronology_event e
    WHERE e.agency_id = access_sending() AND e.source_key = asked
    ORDER BY e.revision DESC LIMIT 1) last
  JOIN chronology_eventcontent c ON c.event_id = last.id
  JOIN identity_subjectrecord s ON s.id = last.subject_record_id
  LEFT JOIN chronology_eventplace w ON w.event_id = last.id
  WHERE last.kind = 'missing_episode' AND NOT last.withdrawn"""
EPISODE_COLUMNS = "TABLE (occurred timestamptz, day_only boolean, content jsonb, person text)"

FUNCTIONS = (
    definer("chronology_sends()", "bigint", SENDS, to=("app",))
    + definer("chronology_sent_subject(subject bigint)", "boolean", SENT_SUBJECT, to=("app",))
    + definer(
        "chronology_sent_event(event bigint, subject bigint)", "boolean", SENT_EVENT, to=("app",)
    )
    + definer("chronology_sent_heads(agency bigint, keys text[])", HEAD, HEADS, to=("app",), rows=2)
    + definer("chronology_sent_episode(asked text)", EPISODE_COLUMNS, EPISODE, to=("app",), rows=1)
)

OWN = "agency_id = (SELECT access_sending()) AND tier <> 'sealed'"
BY_FEED = (
    "EXISTS (SELECT 1 FROM chronology_delivery d"
    " WHERE d.id = delivery_id AND d.feed_id = (SELECT chronology_sends()))"
)
OF_EVENT = "chronology_sent_event(event_id, subject_record_id)"

POLICIES = (
    allow(
        "chronology_delivery",
        "sent",
        "app",
        "INSERT",
        "state = 'done' AND feed_id = (SELECT chronology_sends())",
    )
    + allow(
        "chronology_event",
        "sent",
        "app",
        "INSERT",
        f"{OWN} AND chronology_sent_subject(subject_record_id) AND {BY_FEED}",
    )
    + "".join(
        allow(table, "sent", "app", "INSERT", f"{OWN} AND {OF_EVENT}")
        for table in ("chronology_eventcontent", "chronology_eventplace")
    )
    + force("chronology_dirtychild")
    + allow(
        "chronology_dirtychild",
        "sent",
        "app",
        "INSERT",
        "chronology_sent_subject(subject_record_id) AND drained IS NULL",
    )
    + allow("chronology_dirtychild", "batch", "batch", "ALL", "true")
    + grant("chronology_dirtychild", app="INSERT", batch="SELECT, INSERT, UPDATE, DELETE")
    + f"GRANT USAGE ON SEQUENCE chronology_dirtychild_id_seq TO {role_name('app')};\n"
)


class Migration(migrations.Migration):
    dependencies = [("chronology", "0006_accepted"), ("identity", "0007_sent")]

    operations = [
        migrations.CreateModel(
            name="DirtyChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noted", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("tried", models.DateTimeField(null=True)),
                ("drained", models.DateTimeField(null=True)),
                ("problem", models.TextField(blank=True, default="")),
                (
                    "subject_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.subjectrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("drained", None)),
                        fields=["id"],
                        name="chronology_dirty_waiting",
                    )
                ]
            },
        ),
        migrations.RunSQL(FUNCTIONS + POLICIES),
    ]
