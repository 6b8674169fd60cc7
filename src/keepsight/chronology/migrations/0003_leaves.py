"""Events from before the log get the leaves that events are now written with."""

from django.db import migrations

from keepsight.audit.words import Column, hash_in_sql

HEADER = (
    *(Column("id"), Column("subject_record_id"), Column("agency_id"), Column("area_id")),
    *(Column("tier"), Column("kind"), Column("occurred", "moment")),
    *(Column("occurred_until", "moment"), Column("day_only", "flag")),
    *(Column("received", "moment"), Column("recorded", "moment"), Column("delivery_id")),
    *(Column("row", "text"), Column("source_key", "text"), Column("revision")),
    *(Column("withdrawn", "flag"), Column("leaf", "bytes")),
)
CONTENT = (
    *(Column("subject_record_id"), Column("agency_id"), Column("area_id"), Column("tier")),
    *(Column("content", "json"), Column("remarks", "json"), Column("fingerprint", "bytes")),
    Column("salt", "bytes"),
)
"""The columns as they were when the log was begun."""

TABLES = ("chronology_event", "chronology_eventcontent")

BEGIN = f"""
UPDATE chronology_event e SET leaf = c.hash
FROM (SELECT event_id, {hash_in_sql(CONTENT)} AS hash FROM chronology_eventcontent) c
WHERE c.event_id = e.id;
INSERT INTO audit_inbox (source, ref, leaf)
SELECT 'event', id::text, {hash_in_sql(HEADER)} FROM chronology_event ORDER BY id;
"""


class Migration(migrations.Migration):
    dependencies = [("chronology", "0002_policies"), ("audit", "0004_log_policies")]

    operations = [
        migrations.RunSQL(
            "".join(f"ALTER TABLE {each} NO FORCE ROW LEVEL SECURITY;\n" for each in TABLES)
            + "ALTER TABLE chronology_event DISABLE TRIGGER chronology_event_append_only;\n"
            + BEGIN
            + "ALTER TABLE chronology_event ENABLE TRIGGER chronology_event_append_only;\n"
            + "".join(f"ALTER TABLE {each} FORCE ROW LEVEL SECURITY;\n" for each in TABLES)
        )
    ]
