"""What the database does for raising questions: SQL that a migration runs, for the worker's role.

One arrival must not wait for a statement a question; `raising` says which are raised.
"""

from keepsight.identity.matching_functions import worker

IN_QUESTION = """
BEGIN
  RETURN QUERY
  SELECT s.id, s.severance_id, s.key, s.upn::text, ARRAY(
    SELECT j.other_id FROM identity_judgement j WHERE j.one_id = s.id AND j.lifted IS NULL)
  FROM identity_subjectrecord s WHERE s.id = ANY(subjects);
END"""
SUBJECT = "TABLE (id bigint, severance uuid, key text, upn text, judged bigint[])"
"""Each record with the higher ones of which, beside it, a person has judged."""

RAISE = """
DECLARE
  begun bigint;
BEGIN
  WITH asked AS MATERIALIZED (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(said) AS (
      kind text, key text, weight float8, reasons jsonb, version text))
    WITH ORDINALITY AS a (kind, key, weight, reasons, version, place)),
  weighed AS (
    UPDATE identity_linkquestion q
    SET weight = a.weight, reasons = a.reasons, model_version = a.version
    FROM asked a WHERE q.closed IS NULL AND q.kind = a.kind AND q.records_key = a.key),
  made AS (
    INSERT INTO identity_linkquestion
      (kind, records_key, weight, reasons, model_version, raised, outcome)
    SELECT a.kind, a.key, a.weight, a.reasons, a.version, moment, '' FROM asked a
    WHERE NOT EXISTS (SELECT 1 FROM identity_linkquestion q
      WHERE q.closed IS NULL AND q.kind = a.kind AND q.records_key = a.key)
    ORDER BY a.place
    RETURNING id, records_key),
  about AS (
    INSERT INTO identity_linkquestionrecord (question_id, subject_record_id)
    SELECT m.id, each FROM made m, unnest(string_to_array(m.records_key, ',')::bigint[]) each
    ORDER BY m.id, each)
  SELECT count(*) INTO begun FROM made;
  RETURN begun;
END"""
"""Each question that does not stand open, with its records; one that does is weighed anew.

Returns how many are new. The records of each come in their order.
"""


def functions() -> str:
    """Both of them, called by a worker as itself."""
    return worker("identity_in_question", "subjects bigint[]", SUBJECT, IN_QUESTION) + worker(
        "identity_raise", "said jsonb, moment timestamptz", "bigint", RAISE
    )
