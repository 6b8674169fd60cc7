"""What else was named where a child’s events name something: for rules, and for nobody to read.

The same as the nightly copy’s `mentions`, straight from the database, of one child.
"""

import uuid
from datetime import date

from django.db import connection

from keepsight.chronology.extract import WITHHELD
from keepsight.chronology.one_child import STANDS
from keepsight.chronology.relations import agreed
from keepsight.kernel.entities.company import HARMING, Company, Named, company_of
from keepsight.kernel.entities.kinds import EntityKind

NAMED = f"""
WITH ours AS (
  SELECT DISTINCT m.kind, m.entity FROM identity_link l
  JOIN chronology_mention m ON m.subject_record_id = l.subject_record_id
  WHERE l.child_id = %s AND l.recorded_until IS NULL AND m.entity <> '')
SELECT l.child_id::text, e.id::text, m.kind, m.entity,
  (e.occurred AT TIME ZONE 'Europe/London')::date,
  (coalesce(e.occurred_until, e.occurred) AT TIME ZONE 'Europe/London')::date,
  NOT {WITHHELD.format(child="l.child_id")}, e.agency_id, e.kind
FROM ours JOIN chronology_mention m ON (m.kind, m.entity) = (ours.kind, ours.entity)
JOIN chronology_event e ON e.id = m.event_id
JOIN chronology_eventcontent c ON c.event_id = e.id
JOIN identity_link l ON l.subject_record_id = e.subject_record_id
WHERE m.entity <> '' AND {STANDS}"""

HARMED = f"""
SELECT l.child_id::text, e.agency_id, e.kind, (e.occurred AT TIME ZONE 'Europe/London')::date
FROM identity_link l JOIN chronology_event e ON e.subject_record_id = l.subject_record_id
JOIN chronology_eventcontent c ON c.event_id = e.id
WHERE l.child_id = ANY(%s::uuid[]) AND e.kind = ANY(%s) AND {STANDS}"""


def company_of_child(child_id: uuid.UUID) -> Company:
    """The companions of each event of a child, of what an agreement in force gives to councils."""
    given = set(agreed())
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [child_id])
        named = [
            Named(child, event, EntityKind(kind), entity, begun, gone, told)
            for child, event, kind, entity, begun, gone, told, *sent in cursor.fetchall()
            if tuple(sent) in given
        ]
    others = {each.child for each in named} - {str(child_id)}
    return company_of(str(child_id), named, _harmed_since(others, given) if others else {})


def _harmed_since(children: set[str], given: set[tuple[int, str]]) -> dict[str, date]:
    since: dict[str, date] = {}
    with connection.cursor() as cursor:
        cursor.execute(HARMED, [sorted(children), sorted(HARMING)])
        for child, agency, kind, day in cursor.fetchall():
            if (agency, kind) in given:
                since[child] = min(day, since.get(child, day))
    return since
