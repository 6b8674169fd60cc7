"""Looking in an emergency: found by what identifies a child, and written down whether found or not.

It is one function, so that there is no way to search every agency's records without leaving the
reason, the time and the name. Confidential and sealed records are not looked in.
"""

from django.db import migrations

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import allow
from keepsight.engines.roles import role_name
from keepsight.kernel.visibility import GLASS_ROLES

SIGNATURE = (
    "identity_break_glass(why text, ends timestamptz, review timestamptz, nhs text, pupil text,"
    " sur text, fore text, born date)"
)
BREAK = f"""
CREATE FUNCTION {SIGNATURE} RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  looker record;
  found uuid[];
  child uuid;
BEGIN
  SELECT * INTO looker FROM access_viewer() v WHERE v.role IN {quoted(GLASS_ROLES)};
  IF looker IS NULL OR length(trim(why)) = 0 OR ends > now() + interval '1 day' THEN
    RETURN NULL;
  END IF;
  SELECT array_agg(DISTINCT l.child_id) INTO found
  FROM identity_subjectrecord s
  JOIN identity_link l ON l.subject_record_id = s.id AND l.recorded_until IS NULL
  WHERE s.tier = 'ordinary' AND l.child_id <> ALL(access_hidden_children())
    AND (s.nhs_number = nhs OR s.upn = pupil
      OR (s.surname = sur AND s.forename = fore AND s.date_of_birth = born));
  IF cardinality(found) = 1 THEN
    child := found[1];
    INSERT INTO access_tie (id, child_id, agency_id, person_id, relation, because, since, until)
    VALUES (gen_random_uuid(), child, looker.agency_id, looker.person_id, 'break_glass', why,
      now(), ends);
  END IF;
  INSERT INTO access_breakglass
    (id, person_id, agency_id, child_id, reason, opened, until, review_due, outcome,
     review_reason)
  VALUES (gen_random_uuid(), looker.person_id, looker.agency_id, child, why, now(), ends, review,
    '', '');
  RETURN child;
END $$;
REVOKE ALL ON FUNCTION identity_break_glass(text, timestamptz, timestamptz, text, text, text, text,
  date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_break_glass(text, timestamptz, timestamptz, text, text, text,
  text, date) TO {role_name("app")};
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_policies")]

    operations = [
        migrations.RunSQL(
            allow("identity_subjectrecord", "owner", "owner", "SELECT", "true")
            + allow("identity_link", "owner", "owner", "SELECT", "true")
            + BREAK
        )
    ]
