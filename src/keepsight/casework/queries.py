"""Obligations, as the viewer may see them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.casework.models import Obligation
from keepsight.identity.queries import names_of
from keepsight.kernel.duties import DUTIES

BY_CODE = {(duty.code, duty.version): duty for duty in DUTIES}
OPEN = (Obligation.State.OVERDUE, Obligation.State.DUE)


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One obligation, with the words of its duty."""

    obligation_id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
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
    return list(_lines(rows, {child: line.name for child, line in names.items()}))


def obligations_of(viewer: Viewer, child_id: uuid.UUID) -> list[ObligationLine]:
    """Everything that is or was owed to a child, the latest due first."""
    rows = list(_rows().filter(child_id=child_id).order_by("-due", "pk"))
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="obligations")
    return list(_lines(rows, {}))


def _rows() -> QuerySet[Obligation]:
    return Obligation.objects.select_related("agency")


def _lines(rows: Iterable[Obligation], names: dict[uuid.UUID, str]) -> Iterable[ObligationLine]:
    for row in rows:
        duty = BY_CODE[row.duty, row.version]
        yield ObligationLine(
            obligation_id=row.pk,
            child_id=row.child_id,
            child_name=names.get(row.child_id, "Name not sent"),
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
            agency=row.agency.name,
        )
