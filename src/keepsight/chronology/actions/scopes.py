"""Who may see what follows from what is known: open cases, front doors, and involvement.

Written into access's flat tables; policies read those and nothing else.
"""

import uuid
from dataclasses import dataclass

from django.db import connection

from keepsight.access.actions import refresh_involvement, replace_ties
from keepsight.access.clock import now
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.looking import Relation
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

OPEN_CASES = """
CREATE TEMPORARY TABLE open_case ON COMMIT DROP AS
SELECT DISTINCT ON (l.child_id, e.agency_id) l.child_id, e.agency_id,
  'open since ' || to_char(e.occurred, 'FMDD FMMonth YYYY') || ' by ' ||
  (%(opens)s::jsonb ->> e.kind) AS because
FROM chronology_inforce e
JOIN agencies_agency a ON a.id = e.agency_id AND a.kind = %(social_care)s
JOIN chronology_eventcontent c ON c.event_id = e.id
JOIN identity_link l ON l.subject_record_id = e.subject_record_id AND l.recorded_until IS NULL
WHERE %(opens)s::jsonb ? e.kind AND (%(child)s::uuid IS NULL OR l.child_id = %(child)s)
  AND NOT coalesce((c.content ->> 'no_further_action')::boolean, false)
  AND (e.kind <> 'placement' OR e.occurred_until IS NULL OR e.occurred_until > %(now)s)
  AND NOT EXISTS (
    SELECT 1 FROM chronology_inforce x
    WHERE x.subject_record_id = e.subject_record_id AND x.kind = 'case_closed'
      AND x.occurred >= e.occurred)
ORDER BY l.child_id, e.agency_id, e.occurred"""

ALLOCATED_AND_CLOSED = """
UPDATE access_tie t SET until = now()
WHERE t.until IS NULL AND t.relation IN ('allocated', 'team')
  AND (%(child)s::uuid IS NULL OR t.child_id = %(child)s)
  AND NOT EXISTS (
    SELECT 1 FROM open_case o WHERE o.child_id = t.child_id AND o.agency_id = t.agency_id)"""

WANTED = """
CREATE TEMPORARY TABLE wanted_tie ON COMMIT DROP AS
SELECT o.child_id, o.agency_id, NULL::bigint AS team_id, 'case' AS relation, o.because
FROM open_case o
WHERE NOT EXISTS (
  SELECT 1 FROM access_tie t WHERE t.child_id = o.child_id AND t.agency_id = o.agency_id
    AND t.relation IN ('allocated', 'team') AND t.until IS NULL)
UNION ALL
SELECT DISTINCT ON (f.child_id, f.agency_id) f.child_id, f.agency_id, d.id, 'front_door', f.because
FROM {front_door} f LEFT JOIN agencies_team d ON d.agency_id = f.agency_id AND d.front_door
ORDER BY 1, 2"""

CONTACTS = """
CREATE TEMPORARY TABLE wanted_contact ON COMMIT DROP AS
SELECT p.subject_record_id, greatest(e.latest, w.latest) AS last_contact
FROM access_subjectplace p
LEFT JOIN (SELECT subject_record_id, max(occurred) AS latest FROM chronology_event
           GROUP BY 1) e USING (subject_record_id)
LEFT JOIN (SELECT subject_record_id, max(week)::timestamp AT TIME ZONE 'Europe/London' AS latest
           FROM chronology_attendanceweek GROUP BY 1) w USING (subject_record_id)"""

CONTACTS_OF_CHILD = """
CREATE TEMPORARY TABLE wanted_contact ON COMMIT DROP AS
SELECT p.subject_record_id, greatest(
  (SELECT max(e.occurred) FROM chronology_event e
   WHERE e.subject_record_id = p.subject_record_id),
  (SELECT max(w.week)::timestamp AT TIME ZONE 'Europe/London' FROM chronology_attendanceweek w
   WHERE w.subject_record_id = p.subject_record_id)) AS last_contact
FROM access_subjectplace p WHERE p.child_id = %(child)s"""


@dataclass(frozen=True, slots=True)
class ScopesChanged:
    """How many ties began or ended, and how many records’ involvement changed."""

    ties: int
    involvement: int


@action
def refresh_scopes(
    *, by: Actor, front_door: str | None = None, child_id: uuid.UUID | None = None
) -> ScopesChanged:
    """Bring the scope tables in line with what is known now, of one child or of all.

    `front_door` names a temporary table (child_id, agency_id, because) of the children at whose
    door a council stands for another reason, such as an alert to read.
    """
    source = front_door or "(SELECT child_id, agency_id, because FROM access_tie WHERE false)"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS open_case, wanted_tie, wanted_contact")
        cursor.execute(OPEN_CASES, _parameters() | {"child": child_id})
        cursor.execute(ALLOCATED_AND_CLOSED, {"child": child_id})
        cursor.execute(WANTED.format(front_door=source))
        cursor.execute(CONTACTS_OF_CHILD if child_id else CONTACTS, {"child": child_id})
        cursor.execute("ANALYZE wanted_contact")
    kept = frozenset({Relation.CASE, Relation.FRONT_DOOR})
    return ScopesChanged(
        ties=replace_ties(by=by, wanted="wanted_tie", relations=kept, child_id=child_id),
        involvement=refresh_involvement(by=by, wanted="wanted_contact", moment=now()),
    )


def _parameters() -> dict[str, object]:
    opens = "{" + ", ".join(f'"{kind}": "{words}"' for kind, words in OPENS.items()) + "}"
    return {
        "opens": opens,
        "social_care": AgencyKind.CHILDRENS_SOCIAL_CARE.value,
        "now": now(),
    }
