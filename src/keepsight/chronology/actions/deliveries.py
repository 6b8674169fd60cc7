"""Feeds, and the files that came by them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from keepsight.access.clock import now
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.models import Delivery, Feed

CHANGED = "Its agency or its format changed, so it must be governed anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of a file's rows: `read` is always the sum of the others."""

    new: int = 0
    unchanged: int = 0
    quarantined: int = 0
    left_out: int = 0

    @property
    def read(self) -> int:
        return self.new + self.unchanged + self.quarantined + self.left_out


@action
def register_feed(
    *,
    by: Actor,
    key: str,
    title: str,
    agency: Agency,
    source: str,
    rhythm_days: int | None = None,
    gateway: str = "",
) -> Feed:
    """Make a feed or change its particulars; a gateway that was stated stays if none is given.

    A new one is switched off, and one whose agency or format changes is so again: what governs it
    was stated of another (`governing`).
    """
    particulars: dict[str, object] = {
        "title": title,
        "agency": agency,
        "source": source,
        "rhythm_days": rhythm_days,
    }
    if gateway:
        particulars["gateway"] = gateway
    governed = Feed.objects.filter(key=key, state=Feed.State.ON)
    if governed.exclude(agency=agency, source=source).exists():
        particulars |= {"state": Feed.State.OFF, "switched_because": CHANGED}
        particulars["switched"] = now()
    feed, _ = Feed.objects.update_or_create(key=key, defaults=particulars)
    record(by=by, notes=[Note(act=Act.WRITE, what=f"feed {key}")])
    return feed


@action
def open_delivery(
    *, by: Actor, feed: Feed, filename: str, sha256: bytes, received: datetime
) -> Delivery:
    """Put a file on record, in the transaction that will hold all that came of it."""
    return Delivery.objects.create(
        feed=feed,
        filename=filename,
        sha256=sha256,
        state=Delivery.State.DONE,
        received=received,
        recorded=timezone.now(),
    )


@action
def close_delivery(*, by: Actor, delivery: Delivery, counts: RowCounts) -> Delivery:
    """Write down what became of the rows."""
    delivery.rows_read = counts.read
    delivery.rows_new = counts.new
    delivery.rows_unchanged = counts.unchanged
    delivery.rows_quarantined = counts.quarantined
    delivery.rows_left_out = counts.left_out
    delivery.save()
    said = f"delivery {delivery.pk}: {counts.read} rows, {counts.new} new"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return delivery


@action
def refuse_delivery(
    *, by: Actor, feed: Feed, filename: str, sha256: bytes, received: datetime, why: str
) -> Delivery:
    """Put on record that a file could not be taken in at all, and why."""
    record(by=by, notes=[Note(act=Act.REFUSE, what=f"file for feed {feed.key}", reason=why)])
    return Delivery.objects.create(
        feed=feed,
        filename=filename,
        sha256=sha256,
        state=Delivery.State.REFUSED,
        received=received,
        recorded=timezone.now(),
        refusal=why,
    )
