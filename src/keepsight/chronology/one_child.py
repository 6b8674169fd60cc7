"""What is known of one child, as rules read it: the nightly copy’s events, straight from the
database. What the night leaves out is left out here by the same words.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from keepsight.chronology.relations import agreed
from keepsight.engines.event_tables import COUNTS
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.education import AttendanceWeek
from keepsight.kernel.vocabulary.events import Event, content_of

STANDS = """
  l.recorded_until IS NULL AND l.tier = 'ordinary' AND e.tier = 'ordinary' AND NOT e.withdrawn
  AND NOT EXISTS (
    SELECT 1 FROM chronology_event n JOIN chronology_eventcontent said ON said.event_id = n.id
    WHERE n.agency_id = e.agency_id AND n.source_key = e.source_key AND n.revision > e.revision
      AND n.tier = 'ordinary')"""
"""An event in force of a linked record, of those that the night reads."""

EVENTS = f"""
SELECT e.subject_record_id, e.id::text, e.agency_id,
  (e.occurred AT TIME ZONE 'Europe/London')::date,
  (e.occurred_until AT TIME ZONE 'Europe/London')::date, e.kind,
  c.content || coalesce(w.whereabouts, '{{}}')
FROM identity_link l
JOIN chronology_event e ON e.subject_record_id = l.subject_record_id
JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
WHERE l.child_id = %s AND e.kind <> 'person_details' AND {STANDS}"""

WEEKS = """
SELECT w.subject_record_id, 'week:' || w.id, w.agency_id, w.week, w.week + 4, w.possible, w.absent,
  w.unauthorised, w.unexplained, w.late
FROM identity_link l
JOIN chronology_weekinforce w ON w.subject_record_id = l.subject_record_id
WHERE l.child_id = %s AND l.recorded_until IS NULL AND l.tier = 'ordinary'
  AND w.tier = 'ordinary'"""


def known_of(child_id: uuid.UUID) -> list[Event]:
    """What is known of one child, as values. Of times only the day is kept, as in the night.

    Only what an agreement in force gives to councils is there: whoever reads an alert learns of
    what met it.
    """
    given = set(agreed())
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [child_id])
        events = [_event(*row) for row in cursor.fetchall() if (row[2], row[5]) in given]
        cursor.execute(WEEKS, [child_id])
        weeks = [row for row in cursor.fetchall() if (row[2], AttendanceWeek.kind) in given]
    return events + [_week(*row[:5], counts=row[5:]) for row in weeks]


def _event(
    subject: int, ref: str, agency: int, day: date, last_day: date | None, kind: str, said: Any
) -> Event:
    content = content_of(kind, json.loads(said) if isinstance(said, str) else said)
    return _on(subject, ref, agency, day, last_day, content)


def _week(
    subject: int, ref: str, agency: int, day: date, last_day: date, *, counts: Sequence[int]
) -> Event:
    content = AttendanceWeek(**dict(zip(COUNTS, counts, strict=True)))
    return _on(subject, ref, agency, day, last_day, content)


def _on(
    subject: int, ref: str, agency: int, day: date, last_day: date | None, content: Content
) -> Event:
    began = start_of_day(day)
    return Event(
        id=ref,
        subject=subject,
        agency=agency,
        occurred=began,
        occurred_until=start_of_day(last_day) if last_day else None,
        received=began,
        content=content,
        day_only=True,
    )
