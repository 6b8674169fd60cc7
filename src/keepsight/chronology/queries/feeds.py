"""Which feeds there are, what governs them, and how they stand: nothing about a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from keepsight.access.clock import today
from keepsight.access.viewer import Viewer
from keepsight.chronology.feed_facts import facts_of, open_weeks, says_school
from keepsight.chronology.models import Delivery, Feed
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.feed_health import told_late, troubles
from keepsight.kernel.feed_state import FeedFacts, Trouble, days_late
from keepsight.kernel.roles import Permission


@dataclass(frozen=True, slots=True)
class LateFeed:
    """A feed from which something may be missing: said in the same words on every child."""

    title: str
    agency: str
    last_received: date | None
    days_late: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as its data officer sees it, with what became of the rows of its last file."""

    key: str
    title: str
    agency: str
    last_received: date | None
    rows_read: int
    rows_new: int
    rows_unchanged: int
    rows_quarantined: int
    days_late: int
    rhythm_days: int | None
    state: str
    troubles: tuple[Trouble, ...]


def late_feeds(area_id: int) -> list[LateFeed]:
    """The area's feeds of which all are told: late, switched off, failed or shrunk; latest first.

    It stands on every page of a child, so it asks for each feed's last file and no more: what the
    files lack was written down when they came.
    """
    feeds = list(_with_last(Feed.objects.filter(agency__area_id=area_id)))
    plainly = {feed.pk: days_late(_last_of(feed), today()) for feed in feeds}
    schools = any(plainly[feed.pk] and says_school(feed) for feed in feeds)
    weeks = open_weeks([area_id])[area_id] if schools else frozenset()
    found = []
    for feed in feeds:
        facts = _last_of(feed, weeks)
        late = days_late(facts, today()) if plainly[feed.pk] else 0
        says = (*told_late(facts, today()), *feed.shortfalls)
        if says:
            found.append(LateFeed(feed.title, feed.agency.name, facts.last, late, says))
    return sorted(found, key=lambda feed: (-feed.days_late, feed.title, feed.agency))


def _with_last(feeds: Any) -> Any:
    done = Delivery.objects.filter(feed=OuterRef("pk"), state=Delivery.State.DONE, corrects=None)
    latest = Subquery(done.order_by("-received").values("received")[:1])
    reaches = feeds.filter(~Q(state=Feed.State.HOLDING)).select_related("agency")
    return reaches.annotate(last=latest).order_by("title")


def _last_of(feed: Any, weeks: frozenset[date] | None = None) -> FeedFacts:
    """The facts that lateness turns on. Without `weeks` no holiday is left out."""
    return FeedFacts(
        on=feed.state == Feed.State.ON,
        rhythm_days=feed.rhythm_days,
        since=day_in_london(feed.switched) if feed.switched else None,
        school=weeks is not None and says_school(feed),
        came=day_in_london(feed.last) if feed.last else None,
        open_weeks=weeks or frozenset(),
    )


def feeds(viewer: Viewer, *, offset: int = 0, limit: int = 1_000) -> list[FeedLine]:
    """The feeds of the viewer's own agency; for whoever leads a partnership, of its area."""
    return lines_of(list(_visible(viewer)[offset : offset + limit]))


def feed_of(viewer: Viewer, key: str) -> Feed | None:
    """One feed, if it is among those that the viewer may read about."""
    found: Feed | None = _visible(viewer).filter(key=key).first()
    return found


def lines_of(feeds: Sequence[Feed]) -> list[FeedLine]:
    """How some feeds stand."""
    return [_line(feed, facts) for feed, facts in facts_of(feeds).items()]


def every_feed() -> list[Feed]:
    """All feeds with their agencies, for the command line."""
    return list(Feed.objects.select_related("agency__area").order_by("key"))


def feed_by_key(key: str) -> Feed | None:
    """One feed, with its agency."""
    return Feed.objects.select_related("agency__area").filter(key=key).first()


def feed_keys() -> list[str]:
    """All feeds' keys, for messages that say what there is."""
    return list(Feed.objects.order_by("key").values_list("key", flat=True))


def _visible(viewer: Viewer) -> Any:
    feeds = Feed.objects.select_related("agency").order_by("title", "key")
    if viewer.may(Permission.READ_FEEDS):
        return feeds.filter(agency_id=viewer.agency_id)
    return feeds.filter(agency__area_id=viewer.area_id).exclude(state=Feed.State.HOLDING)


def _line(feed: Feed, facts: FeedFacts) -> FeedLine:
    done = Delivery.objects.filter(feed=feed, state=Delivery.State.DONE, corrects=None)
    last = done.order_by("-received", "-pk").first()
    return FeedLine(
        key=feed.key,
        title=feed.title,
        agency=feed.agency.name,
        last_received=facts.last,
        rows_read=last.rows_read if last else 0,
        rows_new=last.rows_new if last else 0,
        rows_unchanged=last.rows_unchanged if last else 0,
        rows_quarantined=last.rows_quarantined if last else 0,
        days_late=days_late(facts, today()),
        rhythm_days=feed.rhythm_days,
        state=Feed.State(feed.state).label,
        troubles=troubles(facts, today()),
    )
