"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import CHILD, OWN, about_a_subject
from keepsight.engines.rls import allow, force, grant
from keepsight.engines.roles import role_name

LINKS_ARE_HISTORY = """
CREATE FUNCTION identity_link_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.recorded_until IS NOT NULL
     OR (to_jsonb(NEW) - 'recorded_until') <> (to_jsonb(OLD) - 'recorded_until') THEN
    RAISE EXCEPTION 'a link is history: it can only be ended, once'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION identity_link_ends_once() FROM PUBLIC;
CREATE TRIGGER identity_link_ends_once BEFORE UPDATE OR DELETE ON identity_link
  FOR EACH ROW EXECUTE FUNCTION identity_link_ends_once();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("access", "0002_policies")]

    operations = [
        migrations.RunSQL(
            about_a_subject(
                "identity_subjectrecord",
                subject="id",
                app="SELECT, INSERT",
                batch="SELECT, INSERT, UPDATE",
            )
            + about_a_subject(
                "identity_link",
                app="SELECT, INSERT",
                inserting=f"{OWN} AND {CHILD}",
                batch="SELECT, INSERT, UPDATE",
            )
            + LINKS_ARE_HISTORY
            + grant("identity_child", app="SELECT", batch="SELECT, INSERT")
            + f"GRANT USAGE ON SEQUENCE identity_subjectrecord_id_seq, identity_link_id_seq"
            f" TO {role_name('app')};"
            + force("identity_notthesame")
            + allow("identity_notthesame", "batch", "batch", "ALL", "true")
            + grant("identity_notthesame", batch="SELECT, INSERT, UPDATE")
        )
    ]
