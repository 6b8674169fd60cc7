"""What is in quarantine, for the agency that sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw_rows
from keepsight.chronology.models import Delivery
from keepsight.intake.correcting import LineToCorrect, lines_to_correct, waiting_rows
from keepsight.intake.models import QuarantinedRow


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A row that could not become an event, and what is wrong with it."""

    delivery_id: int
    feed: str
    filename: str
    row: str
    field: str
    value: str
    reason: str
    received: datetime


def quarantined(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[QuarantineLine]:
    """The viewer's own agency's quarantined rows, the latest delivery first."""
    rows = (
        QuarantinedRow.objects.filter(agency_id=viewer.agency_id)
        .select_related("feed", "delivery")
        .order_by("-delivery__received", "pk")[offset : offset + limit]
    )
    return [
        QuarantineLine(
            delivery_id=row.delivery_id,
            feed=row.feed.title,
            filename=row.delivery.filename,
            row=row.row,
            field=row.field,
            value=row.value,
            reason=row.reason,
            received=row.delivery.received,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class RowOfDelivery:
    """A row that a delivery put in quarantine, and whether it was sent again, put right."""

    row: str
    field: str
    value: str
    reason: str
    raw: Mapping[str, str]
    times_seen: int
    emptied: bool
    retried_in: int | None
    waits: bool


def rows_of_delivery(
    viewer: Viewer, delivery_id: int, *, offset: int = 0, limit: int = 20, takes_out: bool = False
) -> list[RowOfDelivery]:
    """The rows that one file of the viewer’s own agency put in quarantine, in order.

    That they are read, or taken out of Keepsight, is written down.
    """
    rows = (
        QuarantinedRow.objects.filter(delivery_id=delivery_id, agency_id=viewer.agency_id)
        .select_related("retried_in")
        .order_by("pk")[offset : offset + limit]
    )
    found = [_of_delivery(row) for row in rows]
    if found:
        act = Act.EXPORT if takes_out else Act.SEE
        what = f"rows in quarantine of delivery {delivery_id}"
        saw_rows(by=viewer.actor, what=what, act=act)
    return found


def lines_waiting(
    viewer: Viewer, delivery_id: int, *, offset: int = 0, limit: int = 20
) -> list[LineToCorrect]:
    """Lines of a delivery that wait and can be put right here, with all their values."""
    rows = waiting_rows(viewer, delivery_id)[offset : offset + limit]
    lines = lines_to_correct(rows, rows[0].feed) if rows else []
    if lines:
        saw_rows(by=viewer.actor, what=f"rows in quarantine of delivery {delivery_id}")
    return lines


def waiting_to_be_put_right(viewer: Viewer, delivery_id: int) -> int:
    """How many rows of a delivery nobody has put right yet."""
    return waiting_rows(viewer, delivery_id).count()


def _of_delivery(row: QuarantinedRow) -> RowOfDelivery:
    again = row.retried_in
    refused = again is not None and again.state == Delivery.State.REFUSED
    return RowOfDelivery(
        row=row.row,
        field=row.field,
        value=row.value,
        reason=row.reason,
        raw=row.raw,
        times_seen=row.times_seen,
        emptied=row.emptied is not None,
        retried_in=row.retried_in_id,
        waits=row.emptied is None and (again is None or refused),
    )
