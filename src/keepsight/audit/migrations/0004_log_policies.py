"""Who may push leaves, place them and read them; entries from before the log get theirs."""

from django.db import migrations

from keepsight.audit.words import Column, hash_in_sql
from keepsight.engines.rls import append_only, grant
from keepsight.engines.roles import role_name

COLUMNS = (
    *(Column("id"), Column("at", "moment"), Column("act", "text"), Column("actor_name", "text")),
    *(Column("person_id"), Column("agency_id"), Column("area_id"), Column("role", "text")),
    *(Column("child_id"), Column("subject_record_id"), Column("what", "text")),
    *(Column("where", "text"), Column("purpose", "text"), Column("reason", "text")),
    *(Column("known_on"), Column("request_id"), Column("detail", "json"), Column("salt", "bytes")),
)
"""The columns of an entry as they were when the log was begun."""

BEGIN = f"""
ALTER TABLE audit_auditentry NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_inbox (source, ref, leaf)
SELECT 'entry', id::text, {hash_in_sql(COLUMNS)} FROM audit_auditentry ORDER BY at;
ALTER TABLE audit_auditentry FORCE ROW LEVEL SECURITY;
"""

A_LEAF_IS_A_HASH = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_is_a_hash CHECK (octet_length(leaf) = 32);\n"
    for table in ("audit_inbox", "audit_leaf")
)

INBOX = """
CREATE TRIGGER audit_inbox_unchanged BEFORE UPDATE ON audit_inbox
  FOR EACH ROW EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE TRIGGER audit_inbox_no_truncate BEFORE TRUNCATE ON audit_inbox
  FOR EACH STATEMENT EXECUTE FUNCTION keepsight_refuse_rewrite();
"""
"""Leaves leave the inbox in the transaction that gives them their place, so DELETE is possible."""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_the_log")]

    operations = [
        migrations.RunSQL(
            A_LEAF_IS_A_HASH
            + INBOX
            + append_only("audit_leaf")
            + append_only("audit_tile")
            + append_only("audit_checkpoint")
            + grant("audit_inbox", app="INSERT", batch="SELECT, INSERT, DELETE")
            + grant("audit_leaf", batch="SELECT, INSERT")
            + f"GRANT SELECT (tree_index, leaf) ON audit_leaf TO {role_name('app')};\n"
            + grant("audit_tile", app="SELECT", batch="SELECT, INSERT")
            + grant("audit_checkpoint", app="SELECT", batch="SELECT, INSERT")
            + BEGIN
        )
    ]
