"""Obligations, as the viewer may see them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from keepsight.access.masking import Masked
from keepsight.access.narrowing import about_a_child
from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.casework.models import Obligation
from keepsight.chronology.queries import events_of
from keepsight.identity.queries import names_of
from keepsight.kernel.calendar import end_of_day
from keepsight.kernel.duties import DUTIES, all_obligations

BY_CODE = {(duty.code, duty.version): duty for duty in DUTIES}
OPEN = (Obligation.State.OVERDUE, Obligation.State.DUE)


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One obligation, with the words of its duty.

    `child_name` is empty where the viewer has no record of the child, although the viewer's agency
    owes the duty; `reference` is then what to ask the sender about, unless where the child is
    must stay unsaid.
    """

    obligation_id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    reference: str
    duty: str
    title: str
    requirement: str
    citation: str
    mark: str
    state: str
    state_title: str
    started: datetime
    due: datetime
    why: str
    agency: str


def obligations_due(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[ObligationLine]:
    """Open obligations: by due time, so that what is longest overdue stands first."""
    rows = list(_rows().filter(state__in=OPEN).order_by("due", "pk")[offset : offset + limit])
    names = names_of(viewer, {row.child_id for row in rows})
    for row in rows:
        saw(by=viewer.actor, child_id=row.child_id, what="obligation in a list", act=Act.LIST)
    lines = _lines(viewer, rows, {child: line.name for child, line in names.items()})
    return sorted(lines, key=lambda line: (line.due, line.child_name, line.title))


@about_a_child
def obligations_of(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> list[ObligationLine]:
    """Everything that is or was owed to a child, the latest due first.

    For an earlier day the clocks are read again from what had been received by then.
    """
    if known_on is not None:
        return _read_then(viewer, child_id, known_on)
    rows = list(_rows().filter(child_id=child_id).order_by("-due", "pk"))
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="obligations")
    return list(_lines(viewer, rows, {}))


def _read_then(viewer: Viewer, child_id: uuid.UUID, day: date) -> list[ObligationLine]:
    held = {row.started_by: row for row in _rows().filter(child_id=child_id)}
    known = events_of(viewer, child_id, day)
    references = {each.event.id: each.reference for each in known}
    lines = []
    for each in all_obligations([one.event for one in known], end_of_day(day)):
        row = held.get(references[each.start_event])
        if row is not None:
            row.state, row.why, row.due, row.started = each.state, each.why, each.due, each.started
            row.version = each.version
            lines.append(row)
    return list(_lines(viewer, sorted(lines, key=lambda row: row.due, reverse=True), {}))


def _rows() -> QuerySet[Obligation]:
    return Obligation.objects.select_related("agency")


def _withheld(rows: Sequence[Obligation]) -> set[uuid.UUID]:
    """The children of these rows of whom it must stay unsaid where they are."""
    with connection.cursor() as cursor:
        asked = list({row.child_id for row in rows})
        cursor.execute("SELECT unnest(casework_withheld(%s))", [asked])
        return {child for (child,) in cursor.fetchall()}


def _reference(row: Obligation, masked: Masked) -> str:
    """What the sender calls what began the clock; another agency's may tell where the child is."""
    sender, _, key = row.started_by.partition(":")
    return "" if masked.keeps(int(sender)) else key.rpartition("|")[2]


def _lines(
    viewer: Viewer, rows: Sequence[Obligation], names: dict[uuid.UUID, str]
) -> Iterable[ObligationLine]:
    withheld = _withheld(rows)
    for row in rows:
        duty = BY_CODE[row.duty, row.version]
        masked = Masked(viewer.agency_id, row.child_id in withheld)
        yield ObligationLine(
            obligation_id=row.pk,
            child_id=row.child_id,
            child_name=names.get(row.child_id, ""),
            reference=_reference(row, masked),
            duty=row.duty,
            title=duty.title,
            requirement=duty.requirement,
            citation=duty.citation,
            mark=duty.mark.value,
            state=row.state,
            state_title=row.get_state_display(),
            started=row.started,
            due=row.due,
            why=row.why,
            agency=masked.named(row.agency_id, row.agency.name, row.agency.kind),
        )
