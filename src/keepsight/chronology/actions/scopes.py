"""Who may see what follows from what is known: relations of social care, and involvement.

Written into access's flat tables; policies read those and nothing else.
"""

from dataclasses import dataclass

from django.db import connection

from keepsight.access.actions import replace_child_scopes, replace_subject_scopes
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.vocabulary.agencies import AgencyKind

OPENS = {
    "referral_received": "a referral",
    "assessment_started": "an assessment",
    "section47_started": "a section 47 enquiry",
    "child_in_need_plan": "a child in need plan",
    "child_protection_plan": "a child protection plan",
    "placement": "a looked-after placement",
}
"""Events that give a council an open case until it closes it (Children Act 1989 ss.17, 20, 47)."""

CASES = """
CREATE TEMPORARY TABLE wanted_child_scope ON COMMIT DROP AS
SELECT DISTINCT ON (child_id, agency_id, relation) child_id, agency_id, relation, because FROM (
  SELECT l.child_id, e.agency_id, 'case' AS relation,
    'open since ' || to_char(e.occurred, 'FMDD FMMonth YYYY') || ' by ' ||
    (%(opens)s::jsonb ->> e.kind) AS because, e.occurred
  FROM chronology_inforce e
  JOIN agencies_agency a ON a.id = e.agency_id AND a.kind = %(social_care)s
  JOIN chronology_eventcontent c ON c.event_id = e.id
  JOIN identity_link l ON l.subject_record_id = e.subject_record_id AND l.recorded_until IS NULL
  WHERE %(opens)s::jsonb ? e.kind
    AND NOT coalesce((c.content ->> 'no_further_action')::boolean, false)
    AND (e.kind <> 'placement' OR e.occurred_until IS NULL OR e.occurred_until > now())
    AND NOT EXISTS (
      SELECT 1 FROM chronology_inforce x
      WHERE x.subject_record_id = e.subject_record_id AND x.kind = 'case_closed'
        AND x.occurred >= e.occurred)
  UNION ALL
  SELECT child_id, agency_id, relation, because, now() FROM wanted_front_door) open_cases
ORDER BY child_id, agency_id, relation, occurred"""

SUBJECTS = """
CREATE TEMPORARY TABLE wanted_subject_scope ON COMMIT DROP AS
SELECT DISTINCT theirs.subject_record_id, theirs.agency_id AS of_agency_id, theirs.child_id,
  ours.agency_id, 'existence' AS level, 'both agencies are involved with this child' AS because
FROM identity_link theirs
JOIN identity_link ours ON ours.child_id = theirs.child_id AND ours.agency_id <> theirs.agency_id
WHERE theirs.recorded_until IS NULL AND ours.recorded_until IS NULL AND theirs.tier = 'ordinary'
UNION ALL
SELECT DISTINCT ON (theirs.subject_record_id, w.agency_id) theirs.subject_record_id,
  theirs.agency_id, theirs.child_id, w.agency_id, 'content', w.because
FROM identity_link theirs JOIN wanted_child_scope w ON w.child_id = theirs.child_id
WHERE theirs.recorded_until IS NULL AND theirs.tier = 'ordinary'
  AND theirs.agency_id <> w.agency_id"""


@dataclass(frozen=True, slots=True)
class ScopesChanged:
    """How many rows of each scope table began or ended."""

    children: int
    subjects: int


@action
def refresh_scopes(*, by: Actor, front_door: str | None = None) -> ScopesChanged:
    """Bring the scope tables in line with what is known now.

    `front_door` names a temporary table (child_id, agency_id, relation, because) of the children
    at whose door a council stands for another reason, such as an alert to read.
    """
    source = front_door or "access_childscope WHERE false"
    with connection.cursor() as cursor:
        for table in ("wanted_front_door", "wanted_child_scope", "wanted_subject_scope"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(
            "CREATE TEMPORARY TABLE wanted_front_door ON COMMIT DROP AS "
            f"SELECT child_id, agency_id, relation, because FROM {source}"
        )
        cursor.execute(CASES, _parameters())
        cursor.execute(SUBJECTS)
    return ScopesChanged(
        children=replace_child_scopes(by=by, wanted="wanted_child_scope"),
        subjects=replace_subject_scopes(by=by, wanted="wanted_subject_scope"),
    )


def _parameters() -> dict[str, str]:
    opens = "{" + ", ".join(f'"{kind}": "{words}"' for kind, words in OPENS.items()) + "}"
    return {"opens": opens, "social_care": AgencyKind.CHILDRENS_SOCIAL_CARE.value}
