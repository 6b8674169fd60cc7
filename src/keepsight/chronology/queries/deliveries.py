"""Files that came by an agency’s feeds, and what became of their rows: nothing about a child."""

from dataclasses import dataclass
from datetime import datetime

from keepsight.access.viewer import Viewer
from keepsight.chronology.actions.deliveries import WAITING, RowCounts
from keepsight.chronology.models import Delivery


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing that was found to be wrong, in how many rows, and where first."""

    rule: str
    field: str
    says: str
    remedy: str
    row: str
    rows: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A file that came, or waits. `reads` is how many rows are counted for as one sum."""

    delivery_id: int
    feed: str
    feed_title: str
    filename: str
    state: str
    state_in_words: str
    received: datetime
    finished: datetime | None
    size: int
    counts: RowCounts
    remarks: int
    refusal: str
    spooled: str
    corrects: int | None
    findings: tuple[FindingLine, ...]

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def is_done(self) -> bool:
        return self.state == Delivery.State.DONE


def deliveries(viewer: Viewer, *, offset: int = 0, limit: int = 20) -> list[DeliveryLine]:
    """The files of the viewer’s own agency, the latest first."""
    rows = Delivery.objects.filter(feed__agency_id=viewer.agency_id).select_related("feed")
    return [_line(row) for row in rows.order_by("-pk")[offset : offset + limit]]


def delivery_of(viewer: Viewer, delivery_id: int) -> DeliveryLine | None:
    """One file, if it came by a feed of the viewer’s own agency."""
    found = (
        Delivery.objects.filter(pk=delivery_id, feed__agency_id=viewer.agency_id)
        .select_related("feed")
        .first()
    )
    return _line(found) if found else None


def sent_again(viewer: Viewer, delivery_id: int) -> list[DeliveryLine]:
    """The deliveries in which rows of this one, put right, were sent again."""
    rows = Delivery.objects.filter(
        corrects_id=delivery_id, feed__agency_id=viewer.agency_id
    ).select_related("feed")
    return [_line(row) for row in rows.order_by("pk")]


def _line(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        delivery_id=row.pk,
        feed=row.feed.key,
        feed_title=row.feed.title,
        filename=row.filename,
        state=row.state,
        state_in_words=Delivery.State(row.state).label,
        received=row.received,
        finished=row.finished,
        size=row.size,
        counts=RowCounts(
            new=row.rows_new,
            unchanged=row.rows_unchanged,
            superseded=row.rows_superseded,
            quarantined=row.rows_quarantined,
            left_out=row.rows_left_out,
        ),
        remarks=row.remarks,
        refusal=row.refusal,
        spooled=row.spooled,
        corrects=row.corrects_id,
        findings=tuple(FindingLine(**each) for each in row.findings),
    )
