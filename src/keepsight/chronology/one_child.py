"""What is known of one child, as rules read it: the nightly copy’s relations, straight from the
database. What the night leaves out is left out here by the same words.
"""

import json
import uuid

from django.db import connection
from ibis.backends.duckdb import Backend

from keepsight.chronology.extract import agreed
from keepsight.engines.event_tables import fill_with_rows
from keepsight.kernel.vocabulary.content.education import AttendanceWeek

EVENTS = """
SELECT l.child_id::text, e.id::text, e.agency_id, (e.occurred AT TIME ZONE 'Europe/London')::date,
  (e.occurred_until AT TIME ZONE 'Europe/London')::date, e.kind,
  c.content || coalesce(w.whereabouts, '{}')
FROM identity_link l
JOIN chronology_event e ON e.subject_record_id = l.subject_record_id
JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
WHERE l.child_id = %s AND l.recorded_until IS NULL AND l.tier = 'ordinary'
  AND e.kind <> 'person_details' AND e.tier = 'ordinary' AND NOT e.withdrawn
  AND NOT EXISTS (
    SELECT 1 FROM chronology_event n JOIN chronology_eventcontent said ON said.event_id = n.id
    WHERE n.agency_id = e.agency_id AND n.source_key = e.source_key AND n.revision > e.revision
      AND n.tier = 'ordinary')"""

WEEKS = """
SELECT l.child_id::text, 'week:' || w.id, w.agency_id, w.week, w.week + 4, w.possible, w.absent,
  w.unauthorised, w.unexplained, w.late
FROM identity_link l
JOIN chronology_weekinforce w ON w.subject_record_id = l.subject_record_id
WHERE l.child_id = %s AND l.recorded_until IS NULL AND l.tier = 'ordinary'
  AND w.tier = 'ordinary'"""


def fill_with_child(backend: Backend, child_id: uuid.UUID) -> None:
    """Replace what the tables under the kind tables hold by what is known of one child.

    Only what an agreement in force gives to councils is there: whoever reads an alert learns of
    what met it.
    """
    given = set(agreed())
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [child_id])
        events = [
            (*row[:6], row[6] if isinstance(row[6], str) else json.dumps(row[6]))
            for row in cursor.fetchall()
            if (row[2], row[5]) in given
        ]
        cursor.execute(WEEKS, [child_id])
        weeks = [row for row in cursor.fetchall() if (row[2], AttendanceWeek.kind) in given]
    fill_with_rows(backend, {"events": events, "attendance": weeks})
