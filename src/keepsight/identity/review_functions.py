"""What a reviewer of links may ask of the database: functions that migrations make.

Each answers for whoever the token stands for. `kernel.reviewing` says the same in Python.
"""

from keepsight.access.hiding import PROTECTED
from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import definer
from keepsight.kernel.reviewing import LEADS, REVIEWERS
from keepsight.kernel.roles import Permission, roles_that_may

PAGES = ("app",)
ANSWERERS = roles_that_may(Permission.ANSWER_LINKS)

REVIEWER = f"""
  SELECT v.person_id, v.agency_id, v.area_id, v.agency_kind IN {quoted(LEADS)}
  FROM access_viewer() v
  WHERE v.role IN {quoted(REVIEWERS)}"""

REVIEWABLE = """
  SELECT EXISTS (
    SELECT 1 FROM identity_subjectrecord s CROSS JOIN identity_reviewer() v
    LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
    WHERE s.id = asked AND s.forgotten IS NULL AND s.severance_id IS NULL
      AND (p.child_id IS NULL OR access_shows_child(p.child_id))
      AND (s.tier = 'ordinary' OR (s.tier = 'confidential' AND s.agency_id = v.agency_id)
        OR p.child_id = ANY((SELECT access_listed_children())::uuid[])))"""

MAY_REVIEW = """
  SELECT EXISTS (
      SELECT 1 FROM identity_linkquestionrecord r
      JOIN identity_subjectrecord s ON s.id = r.subject_record_id
      JOIN identity_reviewer() v ON s.agency_id = v.agency_id
        OR (v.leads AND v.area_id = s.area_id)
      WHERE r.question_id = asked)
    AND NOT EXISTS (
      SELECT 1 FROM identity_linkquestionrecord r
      WHERE r.question_id = asked AND NOT identity_reviewable(r.subject_record_id))"""

WITHHOLDS = f"""
  SELECT EXISTS (
    SELECT 1 FROM identity_linkquestionrecord r
    JOIN identity_subjectrecord s ON s.id = r.subject_record_id
    LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
    WHERE r.question_id = asked
      AND (s.address_withheld OR (p.child_id IS NOT NULL AND {PROTECTED})))"""
"""Of one record withheld is of all: the others could say where the child is."""

RESTRICTED = """
  SELECT identity_withholds(asked) OR EXISTS (
    SELECT 1 FROM identity_linkquestionrecord r
    JOIN identity_subjectrecord s ON s.id = r.subject_record_id
    LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
    WHERE r.question_id = asked AND (s.tier <> 'ordinary'
      OR p.child_id = ANY((SELECT access_listed_children())::uuid[])))"""


def _first(name: str) -> str:
    """Open ones first, the oldest of them; last of these what one agency may hold twice.

    No other agency waits for that, and a school that numbers its pupils anew asks it of each.
    """
    return (
        f"{name}.closed DESC NULLS FIRST, {name}.kind = 'possible_duplicate', {name}.raised,"
        f" {name}.id"
    )


QUESTIONS = f"""
  SELECT q.id, q.kind, q.raised, d.id, d.recorded, d.in_force, d.decided_by_id,
    EXISTS (SELECT 1 FROM identity_linkask k WHERE k.question_id = q.id AND k.answered IS NULL),
    s.id, p.child_id, s.agency_id, s.forename, s.surname, s.date_of_birth
  FROM (
    SELECT * FROM identity_linkquestion every
    WHERE (every.closed IS NULL OR EXISTS (
        SELECT 1 FROM identity_decision o WHERE o.question_id = every.id AND o.lifted IS NULL))
      AND identity_may_review(every.id)
    ORDER BY {_first("every")} LIMIT most OFFSET skip
  ) q
  JOIN identity_linkquestionrecord r ON r.question_id = q.id
  JOIN identity_subjectrecord s ON s.id = r.subject_record_id
  LEFT JOIN identity_decision d ON d.question_id = q.id AND d.lifted IS NULL
  LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
  ORDER BY {_first("q")}, s.first_received, s.id"""

QUESTION = """
  SELECT q.kind, q.weight, q.reasons, q.model_version, q.raised, q.closed, identity_withholds(q.id),
    identity_restricted(q.id), d.id, d.groups, d.sure, d.restricted, d.reason, d.recorded,
    d.decided_by_id, d.in_force, d.seconded_by_id
  FROM identity_linkquestion q
  LEFT JOIN identity_decision d ON d.question_id = q.id AND d.lifted IS NULL
  WHERE q.id = asked AND identity_may_review(q.id)"""

RECORDS = """
  SELECT s.id, p.child_id, s.agency_id, s.tier <> 'ordinary', s.forename, s.surname,
    s.date_of_birth, s.sex, s.nhs_number, s.upn,
    CASE WHEN s.agency_id = v.agency_id OR NOT identity_withholds(asked) THEN s.postcode END,
    s.first_received, s.details_received,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(f."column", f.value, f.until)
        ORDER BY f.until DESC NULLS LAST, f.value), '[]')
     FROM identity_formerdetail f WHERE f.subject_record_id = s.id
       AND f.value NOT IN (coalesce(s.surname, ''), coalesce(s.postcode, ''),
         coalesce(s.nhs_number, ''), coalesce(s.upn, ''))
       AND (f."column" <> 'postcode' OR s.agency_id = v.agency_id
         OR NOT identity_withholds(asked))),
    (SELECT count(*) FROM access_subjectplace o
     WHERE o.child_id = p.child_id AND identity_reviewable(o.subject_record_id))
  FROM identity_linkquestionrecord r
  JOIN identity_subjectrecord s ON s.id = r.subject_record_id
  CROSS JOIN identity_reviewer() v
  LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
  WHERE r.question_id = asked AND identity_may_review(asked)
  ORDER BY s.first_received, s.id"""
"""Of a child’s other records only those are counted that the reviewer might compare too."""

HOUSEHOLD = f"""
  SELECT DISTINCT ON (p.child_id) p.child_id, s.forename, s.surname, s.date_of_birth, s.agency_id
  FROM identity_linkquestionrecord r
  JOIN identity_subjectrecord here ON here.id = r.subject_record_id
  JOIN identity_subjectrecord s ON s.surname = here.surname AND s.postcode = here.postcode
  JOIN identity_reviewer() v ON v.area_id = s.area_id
  JOIN access_subjectplace p ON p.subject_record_id = s.id
  WHERE r.question_id = asked AND identity_may_review(asked) AND NOT identity_withholds(asked)
    AND NOT EXISTS (
      SELECT 1 FROM identity_linkquestionrecord o
      JOIN access_subjectplace there ON there.subject_record_id = o.subject_record_id
      WHERE o.question_id = asked AND there.child_id = p.child_id)
    AND identity_reviewable(s.id) AND NOT {PROTECTED}
  ORDER BY p.child_id, s.details_received DESC NULLS LAST, s.id LIMIT 12"""
"""Children of the same surname at the same postcode: brothers and sisters, as far as is known."""

ASKS = """
  SELECT k.subject_record_id, k.asked, k.answer, k.answered FROM identity_linkask k
  WHERE k.question_id = asked_of AND identity_may_review(asked_of) ORDER BY k.asked, k.id"""

ASKED = f"""
  SELECT k.id, s.id, p.child_id, k.asked, s.key, s.forename, s.surname, s.date_of_birth, s.sex,
    s.nhs_number, s.upn, s.postcode
  FROM access_viewer() v
  JOIN identity_linkask k ON k.agency_id = v.agency_id AND k.answered IS NULL
  JOIN identity_linkquestion q ON q.id = k.question_id AND q.closed IS NULL
  JOIN identity_subjectrecord s ON s.id = k.subject_record_id AND s.forgotten IS NULL
  LEFT JOIN access_subjectplace p ON p.subject_record_id = s.id
  WHERE v.role IN {quoted(ANSWERERS)} AND s.tier <> 'sealed'
    AND (p.child_id IS NULL OR access_shows_child(p.child_id))
  ORDER BY k.asked, k.id"""
"""The agency’s own record and nothing else: neither whose record it was laid beside, nor why."""

QUESTION_LINES = (
    "TABLE (question bigint, kind text, raised timestamptz, decision bigint, decided timestamptz,"
    " in_force timestamptz, decided_by bigint, waits boolean, subject bigint, child_id uuid,"
    " agency_id bigint, forename text, surname text, date_of_birth date)"
)
QUESTION_ROW = (
    "TABLE (kind text, weight double precision, reasons jsonb, model_version text,"
    " raised timestamptz, closed timestamptz, withholds boolean, restricts boolean,"
    " decision bigint, groups jsonb, sure boolean, restricted boolean, reason text,"
    " decided timestamptz, decided_by bigint, in_force timestamptz, seconded_by bigint)"
)
RECORD_ROWS = (
    "TABLE (subject bigint, child_id uuid, agency_id bigint, closely boolean, forename text,"
    " surname text, date_of_birth date, sex text, nhs_number text, upn text, postcode text,"
    " first_received timestamptz, details_received timestamptz, former jsonb, of_child bigint)"
)
HOUSEHOLD_ROWS = (
    "TABLE (child_id uuid, forename text, surname text, date_of_birth date, agency_id bigint)"
)
ASK_ROWS = "TABLE (subject bigint, asked timestamptz, answer text, answered timestamptz)"
ASKED_ROWS = (
    "TABLE (ask bigint, subject bigint, child_id uuid, asked timestamptz, key text, forename text,"
    " surname text, date_of_birth date, sex text, nhs_number text, upn text, postcode text)"
)

INNER = tuple(
    f"identity_{name}(asked bigint)" for name in ("reviewable", "withholds", "restricted")
)
"""Only other functions call them: of any record or question they would tell too much."""


def every() -> str:
    """All of them, in the order in which they call one another."""
    made = (
        (
            "identity_reviewer()",
            "TABLE (person_id bigint, agency_id bigint, area_id bigint, leads boolean)",
            REVIEWER,
        ),
        ("identity_reviewable(asked bigint)", "boolean", REVIEWABLE),
        ("identity_may_review(asked bigint)", "boolean", MAY_REVIEW),
        ("identity_withholds(asked bigint)", "boolean", WITHHOLDS),
        ("identity_restricted(asked bigint)", "boolean", RESTRICTED),
        ("identity_questions(most int, skip int)", QUESTION_LINES, QUESTIONS),
        ("identity_question(asked bigint)", QUESTION_ROW, QUESTION),
        ("identity_question_records(asked bigint)", RECORD_ROWS, RECORDS),
        ("identity_household(asked bigint)", HOUSEHOLD_ROWS, HOUSEHOLD),
        ("identity_asks(asked_of bigint)", ASK_ROWS, ASKS),
        ("identity_asked()", ASKED_ROWS, ASKED),
    )
    return "".join(
        definer(name, returns, body, to=() if name in INNER else PAGES)
        for name, returns, body in made
    )
