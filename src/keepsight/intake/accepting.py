"""Accepting a file: from then on it is not lost, whatever is stopped or killed."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from keepsight.access.clock import now
from keepsight.audit.actor import Actor
from keepsight.chronology.actions.deliveries import Sent, accept_delivery
from keepsight.chronology.governance import refuse_switched_off
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.rows import FileRefused
from keepsight.intake.spool import Spooled, forget, spool, spooled
from keepsight.intake.unpacking import files_of, is_zip


def accept(
    *,
    by: Actor,
    feed: Feed,
    filename: str,
    stream: BinaryIO,
    received: datetime | None = None,
    corrects: Delivery | None = None,
) -> list[Delivery]:
    """Keep a file, or each file in a zip, and put it on record as waiting to be taken in.

    All or nothing: when this returns, the bytes are on disk and the deliveries in the database.
    The same bytes sent again while they wait are the same delivery. Raises `FileRefused` for a zip
    that is not sane, and `FeedRefused` where the feed is switched off.
    """
    refuse_switched_off(feed)
    moment = received or now()
    kept = _kept(filename, stream)
    try:
        with transaction.atomic():
            found = [
                accept_delivery(by=by, feed=feed, sent=_sent(name, each, moment), corrects=corrects)
                for name, each in kept
            ]
    except BaseException:
        for _, each in kept:
            forget(each.name)
        raise
    for (_, each), delivery in zip(kept, found, strict=True):
        if delivery.spooled != each.name:
            forget(each.name)
    return found


def _kept(filename: str, stream: BinaryIO) -> list[tuple[str, Spooled]]:
    whole = spool(stream)
    if not is_zip(spooled(whole.name)):
        return [(filename, whole)]
    kept: list[tuple[str, Spooled]] = []
    try:
        for each in files_of(filename, spooled(whole.name)):
            if isinstance(each, FileRefused):
                raise each
            kept.append((each.name, _spooled(each.path)))
    except BaseException:
        for _, part in kept:
            forget(part.name)
        raise
    finally:
        forget(whole.name)
    return kept


def _spooled(path: Path) -> Spooled:
    with path.open("rb") as stream:
        return spool(stream)


def _sent(name: str, kept: Spooled, received: datetime) -> Sent:
    return Sent(
        filename=name, sha256=kept.sha256, size=kept.size, received=received, spooled=kept.name
    )
