"""Feeds, and the files that came by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils import timezone

from keepsight.access.clock import now
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.models import Delivery, Feed

WAITING = (Delivery.State.ACCEPTED, Delivery.State.IN_PROGRESS)
MOST_REASONS = 100
"""Reasons that are kept of one delivery, the most frequent first."""
CHANGED = "Its agency or its format changed, so it must be governed anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of a file's rows: `read` is always the sum of the others.

    `superseded` rows say otherwise of what was known: the later word stands, the earlier is kept.
    What the feed's door does not let in is `left_out`.
    """

    new: int = 0
    unchanged: int = 0
    superseded: int = 0
    quarantined: int = 0
    left_out: int = 0

    @property
    def read(self) -> int:
        kept = self.new + self.unchanged + self.superseded + self.quarantined
        return kept + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that came by a feed: its name, what its bytes hash to, and when it was received.

    `spooled` is where its bytes are kept until they are taken in, empty where they are not.
    """

    filename: str
    sha256: bytes
    size: int
    received: datetime
    spooled: str = ""


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
def open_delivery(*, by: Actor, feed: Feed, sent: Sent) -> Delivery:
    """Put a file on record, in the transaction that will hold all that came of it."""
    return _delivery(feed, sent, Delivery.State.IN_PROGRESS)


@action
def accept_delivery(
    *, by: Actor, feed: Feed, sent: Sent, corrects: Delivery | None = None
) -> Delivery:
    """Promise to take a file in: from here on it is not lost, whatever is stopped or killed.

    A file that waits already with the same bytes is that delivery, not another.
    """
    waiting = Delivery.objects.filter(
        feed=feed, sha256=sent.sha256, state__in=WAITING, corrects=corrects
    ).first()
    if waiting is not None:
        return cast("Delivery", waiting)
    record(by=by, notes=[Note(act=Act.WRITE, what=f"file accepted for feed {feed.key}")])
    return _delivery(feed, sent, Delivery.State.ACCEPTED, corrects)


@action
def begin_delivery(*, by: Actor, delivery: Delivery) -> Delivery:
    """Say that a file is being taken in, for the first time or again."""
    delivery.state = Delivery.State.IN_PROGRESS
    delivery.attempts += 1
    delivery.save()
    return delivery


@action
def close_delivery(
    *,
    by: Actor,
    delivery: Delivery,
    counts: RowCounts,
    remarks: int = 0,
    reasons: Sequence[tuple[str, int]] = (),
    findings: Sequence[Mapping[str, object]] = (),
) -> Delivery:
    """Write down what became of the rows."""
    delivery.state = Delivery.State.DONE
    delivery.finished = timezone.now()
    delivery.rows_read = counts.read
    delivery.rows_new = counts.new
    delivery.rows_unchanged = counts.unchanged
    delivery.rows_superseded = counts.superseded
    delivery.rows_quarantined = counts.quarantined
    delivery.remarks = remarks
    delivery.reasons = [list(each) for each in reasons[:MOST_REASONS]]
    delivery.findings = [dict(each) for each in findings]
    delivery.rows_left_out = counts.left_out
    delivery.save()
    said = f"delivery {delivery.pk}: {counts.read} rows, {counts.new} new"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return delivery


@action
def refuse_delivery(*, by: Actor, delivery: Delivery, why: str) -> Delivery:
    """Put on record that a file could not be taken in at all, and why."""
    delivery.state = Delivery.State.REFUSED
    delivery.finished = timezone.now()
    delivery.refusal = why
    delivery.save()
    what = f"file for feed {delivery.feed.key}"
    record(by=by, notes=[Note(act=Act.REFUSE, what=what, reason=why)])
    return delivery


@action
def refuse_file(*, by: Actor, feed: Feed, sent: Sent, why: str) -> Delivery:
    """The same of a file that was not on record yet."""
    return refuse_delivery(by=by, delivery=_delivery(feed, sent, Delivery.State.REFUSED), why=why)


def _delivery(
    feed: Feed, sent: Sent, state: Delivery.State, corrects: Delivery | None = None
) -> Delivery:
    made: Delivery = Delivery.objects.create(
        feed=feed,
        filename=sent.filename,
        sha256=sent.sha256,
        size=sent.size,
        state=state,
        received=sent.received,
        recorded=timezone.now(),
        spooled=sent.spooled,
        corrects=corrects,
    )
    return made
