"""Reading obligations from events, and keeping their rows in line with what the facts say."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from keepsight.access.clock import now
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.chronology.queries.timeline import KnownEvent, event_from
from keepsight.kernel import duties
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.vocabulary.agencies import AgencyKind

KINDS = sorted(
    {
        content.kind
        for duty in DUTIES
        for content in (
            duty.starts.content,
            *(stop.content for stop in duty.stops),
            *(mention.content for mention in duty.mentions),
        )
    }
)
"""Every kind of event that some clock reads."""

RESPONSIBLE = {(duty.code, duty.version): duty.responsible for duty in DUTIES}

EVENTS = """
SELECT e.id, e.subject_record_id, e.agency_id, e.kind, e.occurred, e.occurred_until, e.day_only,
  e.received, e.tier, e.row, e.revision, e.source_key,
  c.content || coalesce(w.whereabouts, '{}') AS content, l.child_id
FROM chronology_inforce e
JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
JOIN identity_link l ON l.subject_record_id = e.subject_record_id AND l.recorded_until IS NULL
WHERE e.kind = ANY(%(kinds)s) AND e.tier = 'ordinary'
  AND (%(child)s::uuid IS NULL OR l.child_id = %(child)s)"""

COUNCILS = """
SELECT l.child_id, a.id, a.area_id FROM identity_link l
JOIN agencies_agency a ON a.id = l.agency_id AND a.kind = %(kind)s
WHERE l.recorded_until IS NULL AND (%(child)s::uuid IS NULL OR l.child_id = %(child)s)"""

AREA_COUNCILS = """
SELECT a.id, g.id, g.area_id FROM agencies_agency a
JOIN agencies_agency g ON g.area_id = a.area_id AND g.kind = %s"""

OPEN = frozenset({Obligation.State.DUE, Obligation.State.OVERDUE})

COMPARED = ("version", "started", "due", "stopped_by", "stopped", "state", "why", "agency_id")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What reading the clocks changed."""

    opened: int
    changed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class _Councils:
    """Which council answers: the one that knows the child, else the one of the agency's area."""

    by_child: dict[uuid.UUID, dict[int, int]]
    by_agency: dict[int, tuple[int, int]]

    def answerable(self, child_id: uuid.UUID, starting_agency: int) -> tuple[int, int] | None:
        own = self.by_child.get(child_id, {})
        if starting_agency in own:
            return starting_agency, own[starting_agency]
        if own:
            return min(own.items())
        return self.by_agency.get(starting_agency)


@action
def reckon_obligations(
    *, by: Actor, child_id: uuid.UUID | None = None, whole: bool = False
) -> Reckoned:
    """Read every clock of one child, or of all, and write what changed. Nothing is removed.

    An obligation whose starting event was withdrawn or is no longer this child's is marked so.
    Of one child the clocks are read by somebody who may not see every event: they then only move
    on (open, or closed by what is seen), and the nightly pass, which sees all, does the rest.
    `whole` where a worker reads them, which sees all too.
    """
    moment, partly = now(), child_id is not None and not whole
    if not partly:
        _lock()
    councils = _councils(child_id)
    wanted = {}
    for child, known in _events(child_id).items():
        for row in _read(child, known, councils, moment):
            wanted[row.child_id, row.duty, row.started_by] = row
    held = _held(child_id)
    opened = [row for key, row in wanted.items() if key not in held]
    changed = [
        _updated(held[key], row)
        for key, row in wanted.items()
        if _differs(held, key, row) and not (partly and held[key].state not in OPEN)
    ]
    gone = [
        row
        for key, row in held.items()
        if not partly and key not in wanted and row.state != "withdrawn"
    ]
    for row in gone:
        row.state = Obligation.State.WITHDRAWN
        row.why = "What started this was corrected or withdrawn by the agency that sent it."
    Obligation.objects.bulk_create(opened, batch_size=1000)
    Obligation.objects.bulk_update([*changed, *gone], [*COMPARED], batch_size=500)
    said = f"obligations: {len(opened)} opened, {len(changed)} changed, {len(gone)} withdrawn"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, child_id=child_id)])
    return Reckoned(len(opened), len(changed), len(gone))


def _lock() -> None:
    """The night and a worker read clocks one after the other, so that neither opens one twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(46)")


def _events(child_id: uuid.UUID | None) -> dict[uuid.UUID, list[KnownEvent]]:
    by_child: dict[uuid.UUID, list[KnownEvent]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, {"kinds": KINDS, "child": child_id})
        for row in cursor.fetchall():
            by_child[row[13]].append(KnownEvent(event_from(row), f"{row[2]}:{row[11]}"))
    return by_child


def _councils(child_id: uuid.UUID | None) -> _Councils:
    kind = AgencyKind.CHILDRENS_SOCIAL_CARE.value
    by_child: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(COUNCILS, {"kind": kind, "child": child_id})
        for child, agency, area in cursor.fetchall():
            by_child[child][agency] = area
        cursor.execute(AREA_COUNCILS, [kind])
        by_agency = {agency: (council, area) for agency, council, area in cursor.fetchall()}
    return _Councils(by_child, by_agency)


def _read(
    child_id: uuid.UUID, known: Sequence[KnownEvent], councils: _Councils, moment: datetime
) -> Iterable[Obligation]:
    references = {each.event.id: each.reference for each in known}
    agencies = {each.event.id: each.event.agency for each in known}
    for each in duties.all_obligations([one.event for one in known], moment):
        answerable = councils.answerable(child_id, agencies[each.start_event])
        if answerable is None:
            continue
        yield Obligation(
            child_id=child_id,
            agency_id=answerable[0],
            area_id=answerable[1],
            duty=each.duty,
            version=each.version,
            started_by=references[each.start_event],
            started=each.started,
            due=each.due,
            stopped_by=references[each.stop_event] if each.stop_event else "",
            stopped=each.stopped,
            state=each.state.value,
            why=each.why,
            recorded=moment,
        )


def _held(child_id: uuid.UUID | None) -> dict[tuple[uuid.UUID, str, str], Obligation]:
    rows = Obligation.objects.all()
    if child_id is not None:
        rows = rows.filter(child_id=child_id)
    return {(row.child_id, row.duty, row.started_by): row for row in rows}


def _differs(
    held: dict[tuple[uuid.UUID, str, str], Obligation],
    key: tuple[uuid.UUID, str, str],
    row: Obligation,
) -> bool:
    before = held.get(key)
    return before is not None and any(
        getattr(before, name) != getattr(row, name) for name in COMPARED
    )


def _updated(before: Obligation, row: Obligation) -> Obligation:
    for name in COMPARED:
        setattr(before, name, getattr(row, name))
    return before
