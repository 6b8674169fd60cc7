"""Taking a file in: every row ends as an event, an unchanged duplicate, or in quarantine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keepsight.access.clock import now
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import (
    RowCounts,
    Sent,
    close_delivery,
    open_delivery,
    refuse_file,
)
from keepsight.chronology.actions.events import lock_agency
from keepsight.chronology.governance import FeedRefused, refuse_switched_off
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.landing import Landing
from keepsight.intake.mappings import mapping_of
from keepsight.intake.reading.reader import Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.rows import Context, FileRefused, Part
from keepsight.intake.spool import scratch
from keepsight.intake.unpacking import OnDisk, files_of, on_disk
from keepsight.kernel.calendar import day_in_london

CHUNK = 5_000
"""Rows that are written in one go; memory stays flat however long the file."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, for the person who sent it."""

    filename: str
    feed: str
    source: str
    counts: RowCounts
    events: int = 0
    remarks: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    refusal: str = ""


def take_in(
    *,
    by: Actor,
    feed: Feed,
    path: Path,
    reader: Reader,
    received: datetime | None = None,
    progress: Progress = lambda rows: None,
) -> list[Outcome]:
    """Take in a file, or each file in a zip: all of a file in one transaction, or nothing.

    A file that cannot be read is put on record as refused, with one sentence why. So is one for a
    feed that is switched off: it is not looked into. What the feed still lacks is said by whoever
    asked for it, when all files are in (`weigh_feeds`).
    """
    moment = received or now()
    outcomes: list[Outcome] = []
    for each in files_of(path.name, path):
        file = on_disk(path.name, path) if isinstance(each, FileRefused) else each
        sent = Sent(filename=file.name, sha256=file.sha256, size=file.size, received=moment)
        try:
            refuse_switched_off(feed)
            if isinstance(each, FileRefused):
                raise each
            outcome = _take_in_one(
                by=by, feed=feed, sent=sent, path=each.path, reader=reader, progress=progress
            )
            outcomes.append(outcome)
        except (FileRefused, FeedRefused) as refusal:
            refuse_file(by=by, feed=feed, sent=sent, why=str(refusal))
            outcomes.append(_refused(feed, file, str(refusal)))
    return outcomes


@action
def land(
    *, by: Actor, delivery: Delivery, path: Path, reader: Reader, progress: Progress
) -> Outcome:
    """Write all that a delivery's file says, in the caller's transaction; raises `FileRefused`."""
    feed = delivery.feed
    lock_agency(by=by, agency=feed.agency)
    landing = Landing(by=by, feed=feed, delivery=delivery)
    waiting: list[Part] = []
    with scratch() as folder:
        for some in reader.read(_asked(delivery, path, folder)):
            if isinstance(some, Marks):
                landing.take(waiting)
                waiting = []
                landing.take_marks(some)
                continue
            waiting += some
            if len(waiting) >= CHUNK:
                landing.take(waiting)
                waiting = []
                progress(landing.counts.read)
        landing.take(waiting)
    reasons = tuple(landing.reasons.most_common())
    close_delivery(
        by=by,
        delivery=delivery,
        counts=landing.counts,
        remarks=landing.remarks,
        reasons=reasons,
        findings=landing.findings.listed(),
    )
    return Outcome(
        filename=delivery.filename,
        feed=feed.key,
        source=feed.source,
        counts=landing.counts,
        events=landing.events,
        remarks=landing.remarks,
        reasons=reasons,
    )


@action
def _take_in_one(
    *, by: Actor, feed: Feed, sent: Sent, path: Path, reader: Reader, progress: Progress
) -> Outcome:
    delivery = open_delivery(by=by, feed=feed, sent=sent)
    return land(by=by, delivery=delivery, path=path, reader=reader, progress=progress)


def _asked(delivery: Delivery, path: Path, folder: Path) -> Asked:
    context = Context(
        filename=delivery.filename,
        agency_key=delivery.feed.agency.key,
        received=day_in_london(delivery.received),
        today=day_in_london(now()),
    )
    return Asked(
        path=path,
        source=delivery.feed.source,
        context=context,
        folder=folder,
        mapping=mapping_of(delivery.feed),
        reduces=delivery.feed.reduces_codes,
    )


def _refused(feed: Feed, file: OnDisk, why: str) -> Outcome:
    return Outcome(
        filename=file.name, feed=feed.key, source=feed.source, counts=RowCounts(), refusal=why
    )
