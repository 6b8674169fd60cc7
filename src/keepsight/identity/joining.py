"""The match of one record by number, as it came: SQL that migrations run."""

LINKING = 43
"""The lock that linking holds alone, and a match by number holds with others."""

PERMANENT = "~ '[0-9]$'"
"""A UPN that ends in a letter is temporary, and may name two pupils."""

ALIKE = """(s.forename IS NULL OR own.forename IS NULL OR s.forename_sound = own.forename_sound
      OR starts_with(s.forename, own.forename) OR starts_with(own.forename, s.forename))"""
"""Forenames that may be one: a number typed for the wrong twin joins nobody."""

APART = """EXISTS (
            SELECT 1 FROM identity_judgement j WHERE j.lifted IS NULL AND j.verdict = 'not_same'
              AND j.one_id = least(own.id, s.id) AND j.other_id = greatest(own.id, s.id))"""

JOIN = f"""
CREATE OR REPLACE FUNCTION identity_join(subject bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
    AND s.severance_id IS NOT DISTINCT FROM own.severance_id
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
          OR s.severance_id IS DISTINCT FROM own.severance_id
          OR {APART}))
  THEN RETURN true; END IF;
  INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, reasons,
    model_version, decided_by, recorded_from)
  VALUES (own.id, child, own.agency_id, own.area_id, own.tier,
    '["the same valid number and date of birth, as it came"]', 'exact number, version 2', 'model',
    now());
  RETURN true;
END $$;
"""
"""False where linking at night is at work: the worker then tries again.

A number joins one child or none: every record with it has the same date of birth or none, no
number of the child contradicts one of the record, and nobody said that they are two people.
Records of an identity that was severed join none outside it. Anything else waits for the night,
which weighs everything.
"""
