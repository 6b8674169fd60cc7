"""Taking a file in: every row ends as an event, an unchanged duplicate, or in quarantine."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from keepsight.access.clock import now
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.attendance import begin_marks
from keepsight.chronology.actions.deliveries import (
    RowCounts,
    close_delivery,
    open_delivery,
    refuse_delivery,
)
from keepsight.chronology.actions.events import lock_agency
from keepsight.chronology.actions.weighing import weigh_feeds
from keepsight.chronology.governance import FeedRefused, refuse_switched_off
from keepsight.chronology.models import Feed
from keepsight.intake.files import open_files
from keepsight.intake.landing import Landing
from keepsight.intake.recognise import SOURCES, source_for
from keepsight.intake.rows import Context, FileRefused, Part, Source
from keepsight.kernel.calendar import day_in_london

CHUNK = 5_000
"""Rows that are written in one go; memory stays flat however long the file."""

HEAD = 65_536

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
    received: datetime | None = None,
    progress: Progress = lambda rows: None,
) -> list[Outcome]:
    """Take in a file, or each file in a zip: all of a file in one transaction, or nothing.

    A file that cannot be read is put on record as refused, with one sentence why. So is one for a
    feed that is switched off: it is not looked into.
    """
    moment = received or now()
    outcomes: list[Outcome] = []
    with path.open("rb") as stream:
        try:
            refuse_switched_off(feed)
            for name, each in open_files(path.name, stream):
                outcomes.append(_take_in_one(by, feed, name, each, moment, progress))
        except (FileRefused, FeedRefused) as refusal:
            why = str(refusal)
            outcomes.append(_refused(by, feed, path.name, _digest(stream), moment, why))
    weigh_feeds(by=by, feeds=[feed])
    return outcomes


def _take_in_one(
    by: Actor, feed: Feed, name: str, stream: BinaryIO, received: datetime, progress: Progress
) -> Outcome:
    digest = _digest(stream)
    try:
        source = _source(feed, name, stream)
        return _land(
            by=by,
            feed=feed,
            filename=name,
            digest=digest,
            received=received,
            parts=_counted(_parts(source, feed, name, stream, received), progress),
        )
    except FileRefused as refusal:
        return _refused(by, feed, name, digest, received, str(refusal))


@action
def _land(
    *,
    by: Actor,
    feed: Feed,
    filename: str,
    digest: bytes,
    received: datetime,
    parts: Iterator[Part],
) -> Outcome:
    lock_agency(by=by, agency=feed.agency)
    begin_marks(by=by)
    delivery = open_delivery(by=by, feed=feed, filename=filename, sha256=digest, received=received)
    landing = Landing(by=by, feed=feed, delivery=delivery, received=received)
    while chunk := list(islice(parts, CHUNK)):
        landing.take(chunk)
    landing.finish()
    close_delivery(by=by, delivery=delivery, counts=landing.counts)
    return Outcome(
        filename=filename,
        feed=feed.key,
        source=feed.source,
        counts=landing.counts,
        events=landing.events,
        remarks=landing.remarks,
        reasons=tuple(landing.reasons.most_common()),
    )


def _refused(
    by: Actor, feed: Feed, name: str, digest: bytes, received: datetime, why: str
) -> Outcome:
    refuse_delivery(by=by, feed=feed, filename=name, sha256=digest, received=received, why=why)
    return Outcome(
        filename=name, feed=feed.key, source=feed.source, counts=RowCounts(), refusal=why
    )


def _source(feed: Feed, name: str, stream: BinaryIO) -> Source:
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    found = source_for(name, head)
    if found.name != feed.source:
        expected = next(each.title for each in SOURCES if each.name == feed.source)
        raise FileRefused(f"This feed takes {expected}, but the file is {found.title}.")
    return found


def _parts(
    source: Source, feed: Feed, name: str, stream: BinaryIO, received: datetime
) -> Iterator[Part]:
    day = day_in_london(received)
    context = Context(
        filename=name, agency_key=feed.agency.key, received=day, today=day_in_london(now())
    )
    return source.rows(stream, context)


def _counted(parts: Iterator[Part], progress: Progress) -> Iterator[Part]:
    count = 0
    for count, part in enumerate(parts, start=1):
        if count % CHUNK == 0:
            progress(count)
        yield part
    progress(count)


def _digest(stream: BinaryIO) -> bytes:
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").digest()  # type: ignore[arg-type]
    stream.seek(0)
    return digest
