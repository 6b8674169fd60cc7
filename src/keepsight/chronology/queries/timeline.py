"""What is known of a child, as of now or of a day."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from keepsight.access.masking import FEED_WITHHELD, Masked
from keepsight.access.narrowing import about_a_child
from keepsight.access.queries import withheld
from keepsight.access.viewer import Viewer
from keepsight.audit.sights import saw
from keepsight.identity.queries import links_of, subject_ids
from keepsight.kernel.calendar import end_of_day, start_of_day
from keepsight.kernel.vocabulary.content.base import Content, Tier
from keepsight.kernel.vocabulary.content.education import AttendanceWeek
from keepsight.kernel.vocabulary.events import BY_KIND, Event, content_of

EVENTS = """
SELECT e.id, e.subject_record_id, e.agency_id, e.kind, e.occurred, e.occurred_until, e.day_only,
  e.received, e.tier, e.row, e.revision, e.source_key, c.content, c.remarks, a.name, f.title,
  a.kind, w.whereabouts, c.event_id IS NULL AND chronology_is_erased(e.id)
FROM chronology_event e
LEFT JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
JOIN agencies_agency a ON a.id = e.agency_id
LEFT JOIN chronology_delivery d ON d.id = e.delivery_id
LEFT JOIN chronology_feed f ON f.id = d.feed_id
WHERE """

CITED = EVENTS + "e.subject_record_id = ANY(%(subjects)s) AND e.id = ANY(%(ids)s)"

KNOWN = (
    EVENTS
    + """
e.subject_record_id = ANY(%(subjects)s) AND NOT e.withdrawn
  AND NOT (c.event_id IS NULL AND chronology_is_erased(e.id))
  AND (%(until)s::timestamptz IS NULL OR e.received <= %(until)s)
  AND NOT EXISTS (
    SELECT 1 FROM chronology_event n
    WHERE n.agency_id = e.agency_id AND n.source_key = e.source_key
      AND n.revision > e.revision
      AND (%(until)s::timestamptz IS NULL OR n.received <= %(until)s))
ORDER BY e.occurred DESC, e.id DESC"""
)

WEEK = """
  w.id, w.week, w.possible, w.absent, w.unauthorised, w.unexplained, w.late, w.received,
  w.revision, a.name, f.title, w.subject_record_id, w.agency_id, a.kind
FROM chronology_attendanceweek w JOIN agencies_agency a ON a.id = w.agency_id
JOIN chronology_delivery d ON d.id = w.delivery_id JOIN chronology_feed f ON f.id = d.feed_id
WHERE w.subject_record_id = ANY(%(subjects)s)"""

CITED_WEEKS = "SELECT" + WEEK + " AND w.id = ANY(%(ids)s)"

WEEKS = (
    "SELECT DISTINCT ON (w.week, w.subject_record_id)"
    + WEEK
    + """
  AND (%(until)s::timestamptz IS NULL OR w.received <= %(until)s)
ORDER BY w.week DESC, w.subject_record_id, w.revision DESC"""
)

WEEKS_SHOWN = 26


NOT_SHARED = "What it says is not shared with you."
ERASED = "What it said was erased, because it might not be kept."


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a timeline shows it, with where it came from.

    Of one that the viewer sees in summary only the kind and the dates are there.
    """

    ref: str
    kind: str
    title: str
    sentence: str
    standing: str
    occurred: datetime
    occurred_until: datetime | None
    day_only: bool
    agency: str
    feed: str
    received: datetime
    row: str
    revision: int
    remarks: tuple[dict[str, str], ...]
    closely_held: bool
    in_summary: bool = False


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event as a value for the kernel, with the key that outlives its revisions."""

    event: Event
    reference: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A pupil's week in counts."""

    ref: str
    week: date
    possible: int
    absent: int
    unauthorised: int
    unexplained: int
    late: int
    agency: str


@about_a_child
def timeline(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[Entry]:
    """Every event that the viewer may see of a child, newest first; an empty list if none."""
    rows = known_rows(viewer, child_id, known_on)
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="timeline", known_on=known_on)
    masked = _masked(viewer, child_id)
    return [_entry(row, masked) for row in rows if row[3] != "person_details"]


@about_a_child
def entries_by_ref(
    viewer: Viewer, child_id: uuid.UUID, refs: Iterable[str], known_on: date | None = None
) -> dict[str, Entry]:
    """The entries, weeks of attendance among them, that an alert's evidence refers to.

    An event that has been corrected since is given as it stood: it is what met the alert.
    """
    wanted = set(refs)
    subjects = subject_ids(links_of(viewer, child_id, known_on))
    ids = [int(ref) for ref in wanted if ref.isdigit()]
    weeks = [int(ref.removeprefix("week:")) for ref in wanted if ref.startswith("week:")]
    masked = _masked(viewer, child_id)
    with connection.cursor() as cursor:
        cursor.execute(CITED, {"subjects": subjects, "ids": ids})
        found = [_entry(row, masked) for row in cursor.fetchall()]
        cursor.execute(CITED_WEEKS, {"subjects": subjects, "ids": weeks})
        found += [_week_entry(row, masked) for row in cursor.fetchall()]
    if found:
        saw(by=viewer.actor, child_id=child_id, what="evidence of alerts", known_on=known_on)
    return {entry.ref: entry for entry in found}


@about_a_child
def attendance(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[WeekLine]:
    """The latest half year of a child's school weeks, newest first."""
    rows = _weeks(viewer, child_id, known_on)[:WEEKS_SHOWN]
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="school attendance", known_on=known_on)
    masked = _masked(viewer, child_id)
    return [WeekLine(f"week:{row[0]}", *row[1:7], masked.agency(row, 9, 12, 13)) for row in rows]


@about_a_child
def events_of(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> list[KnownEvent]:
    """The same events as values, for the kernel's rules; personal details left out.

    Weeks of attendance are among them, each under the reference that alerts cite.
    """
    rows = known_rows(viewer, child_id, known_on)
    weeks = _weeks(viewer, child_id, known_on)
    if rows or weeks:
        saw(by=viewer.actor, child_id=child_id, what="events", known_on=known_on)
    events = [
        KnownEvent(event_from(row), f"{row[2]}:{row[11]}")
        for row in rows
        if row[3] != "person_details" and row[12] is not None
    ]
    return events + [KnownEvent(_week_event(row), f"week:{row[0]}") for row in weeks]


def event_from(row: Sequence[Any]) -> Event:
    """An event value from the first columns of the query of known events."""
    return Event(
        id=str(row[0]),
        subject=row[1],
        agency=row[2],
        occurred=row[4],
        occurred_until=row[5],
        day_only=row[6],
        received=row[7],
        content=_content(row),
    )


def known_rows(viewer: Viewer, child_id: uuid.UUID, known_on: date | None) -> list[Any]:
    """What is in force of a child, newest first; whoever asks says what is shown of it."""
    return _query(KNOWN, viewer, child_id, known_on)


def _weeks(viewer: Viewer, child_id: uuid.UUID, known_on: date | None) -> list[Any]:
    return _query(WEEKS, viewer, child_id, known_on)


def _query(query: str, viewer: Viewer, child_id: uuid.UUID, known_on: date | None) -> list[Any]:
    subjects = subject_ids(links_of(viewer, child_id, known_on))
    until = end_of_day(known_on) if known_on else None
    with connection.cursor() as cursor:
        cursor.execute(query, {"subjects": subjects, "until": until})
        return cursor.fetchall()


def _masked(viewer: Viewer, child_id: uuid.UUID) -> Masked:
    return Masked(viewer.agency_id, withheld(viewer, child_id))


def _content(row: Sequence[Any]) -> Content:
    where = _json(row[17]) if len(row) > 17 and row[17] is not None else {}
    return content_of(row[3], _json(row[12]) | where)


def _entry(row: Sequence[Any], masked: Masked) -> Entry:
    shared = row[12] is not None
    kind = BY_KIND[row[3]]
    kept = masked.keeps(row[2])
    return Entry(
        ref=str(row[0]),
        kind=row[3],
        title=kind.title,
        sentence=_content(row).sentence() if shared else ERASED if row[18] else NOT_SHARED,
        standing=kind.standing.in_words,
        occurred=row[4],
        occurred_until=row[5],
        day_only=row[6],
        agency=masked.agency(row, 14, 2, 16),
        feed=FEED_WITHHELD if kept else row[15] or "Recorded in Keepsight",
        received=row[7],
        row="" if kept else row[9],
        revision=row[10],
        remarks=() if kept or not shared else tuple(_json(row[13])),
        closely_held=row[8] != Tier.ORDINARY,
        in_summary=not shared,
    )


def _week_event(row: Sequence[Any]) -> Event:
    return Event(
        id=f"week:{row[0]}",
        subject=row[11],
        agency=row[12],
        occurred=start_of_day(row[1]),
        occurred_until=start_of_day(row[1] + timedelta(days=4)),
        received=row[7],
        content=_week_content(row),
        day_only=True,
    )


def _week_content(row: Sequence[Any]) -> AttendanceWeek:
    return AttendanceWeek(
        possible=row[2], absent=row[3], unauthorised=row[4], unexplained=row[5], late=row[6]
    )


def _week_entry(row: Sequence[Any], masked: Masked) -> Entry:
    content = _week_content(row)
    monday = start_of_day(row[1])
    return Entry(
        ref=f"week:{row[0]}",
        kind=content.kind,
        title=content.title,
        sentence=content.sentence(),
        standing=content.standing.in_words,
        occurred=monday,
        occurred_until=monday + timedelta(days=4),
        day_only=True,
        agency=masked.agency(row, 9, 12, 13),
        feed=FEED_WITHHELD if masked.keeps(row[12]) else row[10],
        received=row[7],
        row="register",
        revision=row[8],
        remarks=(),
        closely_held=False,
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
