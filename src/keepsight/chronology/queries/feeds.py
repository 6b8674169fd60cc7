"""Which feeds there are, what they last brought, and which are late: nothing about a child."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from keepsight.access.clock import today
from keepsight.access.viewer import Viewer
from keepsight.chronology.models import Delivery, Feed
from keepsight.kernel.calendar import day_in_london


@dataclass(frozen=True, slots=True)
class LateFeed:
    """A feed that should have come by now: said in the same words on every child."""

    title: str
    agency: str
    last_received: date | None
    days_late: int
    rhythm_days: int


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as its data officer sees it."""

    key: str
    title: str
    agency: str
    last_received: date | None
    rows_read: int
    rows_new: int
    rows_unchanged: int
    rows_quarantined: int
    days_late: int


def late_feeds(area_id: int) -> list[LateFeed]:
    """The area's feeds whose next delivery is overdue, the longest first."""
    feeds = Feed.objects.filter(agency__area_id=area_id, rhythm_days__isnull=False)
    found = []
    for feed in _with_last(feeds):
        days = _days_late(feed.last, feed.rhythm_days)
        if days > 0:
            last = day_in_london(feed.last) if feed.last else None
            found.append(LateFeed(feed.title, feed.agency.name, last, days, feed.rhythm_days))
    return sorted(found, key=lambda feed: (-feed.days_late, feed.title))


def feeds(viewer: Viewer) -> list[FeedLine]:
    """The feeds of the viewer's own agency, with what became of their rows."""
    found = []
    for feed in _with_last(Feed.objects.filter(agency_id=viewer.agency_id)):
        done = Delivery.objects.filter(feed=feed)
        last = done.order_by("-received", "-pk").first()
        found.append(
            FeedLine(
                key=feed.key,
                title=feed.title,
                agency=feed.agency.name,
                last_received=day_in_london(feed.last) if feed.last else None,
                rows_read=last.rows_read if last else 0,
                rows_new=last.rows_new if last else 0,
                rows_unchanged=last.rows_unchanged if last else 0,
                rows_quarantined=last.rows_quarantined if last else 0,
                days_late=max(0, _days_late(feed.last, feed.rhythm_days)),
            )
        )
    return found


def feed_by_key(key: str) -> Feed | None:
    """One feed, with its agency."""
    return Feed.objects.select_related("agency__area").filter(key=key).first()


def feed_keys() -> list[str]:
    """All feeds' keys, for messages that say what there is."""
    return list(Feed.objects.order_by("key").values_list("key", flat=True))


def _with_last(feeds: Any) -> Any:
    received = Delivery.objects.filter(feed=OuterRef("pk")).order_by("-received")
    latest = Subquery(received.values("received")[:1])
    return feeds.select_related("agency").annotate(last=latest).order_by("title")


def _days_late(last: datetime | None, rhythm_days: int | None) -> int:
    if rhythm_days is None or last is None:
        return 0
    return (today() - (day_in_london(last) + timedelta(days=rhythm_days))).days
