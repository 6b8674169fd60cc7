"""Whom a report is about that a client sends: the agency’s own record, and a match by number.

A client reads no record. It names one of its agency’s, which is made if there is none, and fills
in what was not known. The database then looks for the child: by an exact valid number and the same
date of birth, and by nothing else. The client is not told what was found.
"""

from django.db import migrations

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import allow
from keepsight.engines.roles import role_name
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES

PATH = "SET search_path = pg_catalog, public, pg_temp"
LINKING = 43
"""The lock that linking at night holds alone, and a match by number holds with others."""

PERMANENT = "~ '[0-9]$'"
"""A UPN that ends in a letter is temporary, and may name two pupils."""


def volatile(signature: str, types: str, returns: str, language: str, body: str, to: str) -> str:
    """A function that writes as its owner, for one role alone or, without one, for functions."""
    grants = f"GRANT EXECUTE ON FUNCTION {types} TO {role_name(to)};\n" if to else ""
    return (
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE {language} VOLATILE"
        f" SECURITY DEFINER {PATH} AS $$ {body} $$;\n"
        f"REVOKE ALL ON FUNCTION {types} FROM PUBLIC;\n{grants}"
    )


SUBJECT = f"""
  INSERT INTO identity_subjectrecord
    (agency_id, area_id, tier, first_received, key, address_withheld)
  SELECT v.agency_id, v.area_id,
    CASE WHEN v.agency_kind IN {quoted(CONFIDENTIAL_AGENCIES)} THEN 'confidential'
      ELSE 'ordinary' END, received, asked, false
  FROM access_sender() v ON CONFLICT (agency_id, key) DO NOTHING;
  SELECT s.id FROM identity_subjectrecord s
  WHERE s.key = asked AND s.agency_id = access_sending()"""

FILL = """
  UPDATE identity_subjectrecord s SET
    forename = coalesce(s.forename, first),
    forename_sound = CASE WHEN s.forename IS NULL THEN first_sound ELSE s.forename_sound END,
    surname = coalesce(s.surname, last),
    surname_sound = CASE WHEN s.surname IS NULL THEN last_sound ELSE s.surname_sound END,
    date_of_birth = coalesce(s.date_of_birth, born),
    nhs_number = coalesce(s.nhs_number, nhs),
    upn = coalesce(s.upn, pupil),
    details_received = coalesce(s.details_received, received)
  WHERE s.id = subject AND s.agency_id = access_sending() AND s.forgotten IS NULL
    AND NOT coalesce(s.date_of_birth <> born, false)
    AND NOT coalesce(s.nhs_number <> nhs, false)
    AND NOT coalesce(s.upn <> pupil, false)"""
"""Only what was empty, and nothing where the record says otherwise of the birth or a number."""

ALIKE = """(s.forename IS NULL OR own.forename IS NULL OR s.forename_sound = own.forename_sound
      OR starts_with(s.forename, own.forename) OR starts_with(own.forename, s.forename))"""
"""Forenames that may be one: a number typed for the wrong twin joins nobody."""

JOIN = f"""
DECLARE
  own record;
  child uuid;
BEGIN
  IF NOT pg_try_advisory_xact_lock_shared({LINKING}) THEN RETURN false; END IF;
  SELECT s.* INTO own FROM identity_subjectrecord s
  WHERE s.id = subject AND s.forgotten IS NULL AND s.date_of_birth IS NOT NULL
    AND (s.nhs_number IS NOT NULL OR s.upn {PERMANENT})
    AND NOT EXISTS (
      SELECT 1 FROM identity_link l WHERE l.subject_record_id = s.id AND l.recorded_until IS NULL)
  FOR UPDATE;
  IF own.id IS NULL THEN RETURN true; END IF;
  SELECT min(l.child_id::text)::uuid INTO child
  FROM identity_subjectrecord s
  LEFT JOIN identity_link l ON l.subject_record_id = s.id AND l.recorded_until IS NULL
  WHERE s.id <> own.id AND s.forgotten IS NULL
    AND (s.nhs_number = own.nhs_number OR (s.upn = own.upn AND own.upn {PERMANENT}))
  HAVING count(DISTINCT l.child_id) = 1
    AND bool_and(s.date_of_birth IS NULL OR s.date_of_birth = own.date_of_birth)
    AND bool_or(s.date_of_birth = own.date_of_birth AND l.child_id IS NOT NULL)
    AND bool_and({ALIKE});
  IF child IS NULL OR EXISTS (
      SELECT 1 FROM identity_link l JOIN identity_subjectrecord s ON s.id = l.subject_record_id
      WHERE l.child_id = child AND l.recorded_until IS NULL
        AND (s.nhs_number <> own.nhs_number
          OR (s.upn <> own.upn AND s.upn {PERMANENT} AND own.upn {PERMANENT})
          OR EXISTS (
            SELECT 1 FROM identity_notthesame n WHERE n.lifted IS NULL
              AND ((n.one_id = own.id AND n.other_id = s.id)
                OR (n.other_id = own.id AND n.one_id = s.id)))))
  THEN RETURN true; END IF;
  INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, reasons,
    model_version, decided_by, recorded_from)
  VALUES (own.id, child, own.agency_id, own.area_id, own.tier,
    '["the same valid number and date of birth, as it came"]', 'exact number, version 1', 'model',
    now());
  RETURN true;
END"""
"""False where linking at night is at work: the worker then tries again.

A number joins one child or none: every record with it has the same date of birth or none, no
number of the child contradicts one of the record, and nobody said that they are two people.
Anything else waits for the night, which weighs everything.
"""

JOIN_SENT = """
  SELECT identity_join(subject) WHERE EXISTS (
    SELECT 1 FROM identity_subjectrecord s
    WHERE s.id = subject AND s.agency_id = access_sending())"""

FUNCTIONS = (
    volatile(
        "identity_sent_subject(asked text, received timestamptz)",
        "identity_sent_subject(text, timestamptz)",
        "bigint",
        "sql",
        SUBJECT,
        "app",
    )
    + volatile(
        "identity_fill_sent(subject bigint, received timestamptz, first text, first_sound text,"
        " last text, last_sound text, born date, nhs text, pupil text)",
        "identity_fill_sent(bigint, timestamptz, text, text, text, text, date, text, text)",
        "void",
        "sql",
        FILL,
        "app",
    )
    + volatile(
        "identity_join(subject bigint)", "identity_join(bigint)", "boolean", "plpgsql", JOIN, ""
    )
    + volatile(
        "identity_join_sent(subject bigint)",
        "identity_join_sent(bigint)",
        "boolean",
        "sql",
        JOIN_SENT,
        "app",
    )
    + volatile(
        "identity_join_arrived(subject bigint)",
        "identity_join_arrived(bigint)",
        "boolean",
        "sql",
        "SELECT identity_join(subject)",
        "batch",
    )
)


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_forgotten"), ("access", "0007_clients")]

    operations = [
        migrations.RunSQL(
            allow("identity_subjectrecord", "sent", "owner", "INSERT", "true")
            + allow("identity_subjectrecord", "filled", "owner", "UPDATE", "true")
            + allow("identity_link", "joined", "owner", "INSERT", "true")
            + allow("access_subjectplace", "joined", "owner", "INSERT", "true")
            + allow("identity_notthesame", "owner", "owner", "SELECT", "true")
            + FUNCTIONS
        )
    ]
