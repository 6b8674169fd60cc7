"""What is in quarantine, for the agency that sent it."""

from dataclasses import dataclass
from datetime import datetime

from keepsight.access.viewer import Viewer
from keepsight.intake.models import QuarantinedRow


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A row that could not become an event, and what is wrong with it."""

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
