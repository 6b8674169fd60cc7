"""Taking in what was accepted: one file of a feed at a time, in the order in which they came.

The delivery is the job. A worker holds a lock of its database session on the feed, which goes with
the session: when it dies, another worker sees the delivery as it was and begins it again. All that
a file says is written in one transaction, so nothing of it is there twice, and nothing half.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import WAITING, begin_delivery, refuse_delivery
from keepsight.chronology.actions.weighing import weigh_feeds
from keepsight.chronology.governance import FeedRefused, refuse_switched_off
from keepsight.chronology.models import Delivery
from keepsight.intake.actions import Outcome, land
from keepsight.intake.reading.reader import Reader
from keepsight.intake.rows import FileRefused
from keepsight.intake.spool import forget, say_seen, spooled, sweep

WORKER = system("intake worker")
LOCKED = 43
"""The lock's first number: taking in files of a feed; the second is the feed."""

GONE = "The bytes of this file are no longer where they waited; send the file again."


def take_in_waiting(
    *, reader: Reader, by: Actor = WORKER, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Take in every file that waits and that no other worker is busy with; returns how many.

    Once `stopped`, the file in hand is the last.
    """
    done = 0
    while not stopped() and _take_in_next(by, reader):
        done += 1
    sweep(set(_waiting().values_list("spooled", flat=True)))
    return done


def _take_in_next(by: Actor, reader: Reader) -> bool:
    # What a worker died of before comes after what has not been tried.
    feeds = _waiting().order_by("attempts", "pk").values_list("feed_id", flat=True)
    for feed in dict.fromkeys(feeds):
        with _locked(feed) as held:
            delivery = _first_of(feed) if held else None
            if delivery is not None:
                _take_in(by, delivery, reader)
                return True
    return False


def _take_in(by: Actor, delivery: Delivery, reader: Reader) -> None:
    try:
        refuse_switched_off(delivery.feed)
        if not spooled(delivery.spooled).exists():
            raise FileRefused(GONE)
        begin_delivery(by=by, delivery=delivery)
        _land(by=by, delivery=delivery, reader=reader)
    except (FileRefused, FeedRefused) as refusal:
        refuse_delivery(by=by, delivery=delivery, why=str(refusal))
    forget(delivery.spooled)
    if _first_of(delivery.feed_id) is None:
        weigh_feeds(by=by, feeds=[delivery.feed])


@action
def _land(*, by: Actor, delivery: Delivery, reader: Reader) -> Outcome:
    name = delivery.spooled
    return land(
        by=by,
        delivery=delivery,
        path=spooled(name),
        reader=reader,
        progress=lambda rows: say_seen(name, rows),
    )


def _waiting() -> Any:
    return Delivery.objects.filter(state__in=WAITING)


def _first_of(feed: int) -> Delivery | None:
    found: Delivery | None = (
        _waiting().filter(feed_id=feed).select_related("feed__agency__area").order_by("pk").first()
    )
    return found


@contextmanager
def _locked(feed: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKED, feed])
        held: bool = cursor.fetchone()[0]
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKED, feed])
