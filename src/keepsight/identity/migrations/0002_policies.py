"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import LED_CHILD, OWN, about_a_subject
from keepsight.engines.rls import allow, force, grant
from keepsight.engines.roles import role_name
from keepsight.kernel.vocabulary.categories import Category

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

PLACES_FOLLOW_LINKS = """
CREATE FUNCTION identity_link_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO access_subjectplace
    (subject_record_id, child_id, agency_id, area_id, tier, withheld, last_contact, involved)
  SELECT l.subject_record_id, l.child_id, l.agency_id, l.area_id, l.tier, s.address_withheld,
    NULL, false
  FROM begun l JOIN identity_subjectrecord s ON s.id = l.subject_record_id
  WHERE l.recorded_until IS NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION identity_link_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM access_subjectplace p USING ended l
  WHERE p.subject_record_id = l.subject_record_id AND p.child_id = l.child_id
    AND l.recorded_until IS NOT NULL;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION identity_link_begun(), identity_link_ended() FROM PUBLIC;
CREATE TRIGGER identity_link_begun AFTER INSERT ON identity_link
  REFERENCING NEW TABLE AS begun FOR EACH STATEMENT EXECUTE FUNCTION identity_link_begun();
CREATE TRIGGER identity_link_ended AFTER UPDATE ON identity_link
  REFERENCING NEW TABLE AS ended FOR EACH STATEMENT EXECUTE FUNCTION identity_link_ended();
"""
"""Who a record is believed to be decides who may see it: no link without its place, or after."""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("access", "0002_policies")]

    operations = [
        migrations.RunSQL(
            about_a_subject(
                "identity_subjectrecord",
                subject="id",
                category=Category.PERSON,
                app="SELECT, INSERT",
                batch="SELECT, INSERT, UPDATE",
            )
            + about_a_subject(
                "identity_link",
                category=Category.PERSON,
                app="SELECT, INSERT",
                inserting=f"{OWN} AND {LED_CHILD}",
                batch="SELECT, INSERT, UPDATE",
            )
            + LINKS_ARE_HISTORY
            + PLACES_FOLLOW_LINKS
            + grant("identity_child", app="SELECT", batch="SELECT, INSERT")
            + f"GRANT USAGE ON SEQUENCE identity_subjectrecord_id_seq, identity_link_id_seq"
            f" TO {role_name('app')};"
            + force("identity_notthesame")
            + allow("identity_notthesame", "batch", "batch", "ALL", "true")
            + grant("identity_notthesame", batch="SELECT, INSERT, UPDATE")
        )
    ]
