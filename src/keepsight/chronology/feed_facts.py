"""What the rules of feed health ask about feeds, gathered from what came by them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from keepsight.access.clock import today
from keepsight.chronology.models import Delivery, Feed, FeedWeek
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.feed_files import Arrival, kind_of_file
from keepsight.kernel.feed_senders import REGISTERS
from keepsight.kernel.feed_state import WITHIN, FeedFacts
from keepsight.kernel.vocabulary.agencies import AgencyKind

MOST_ARRIVALS = 60
"""Files of a feed that are looked back on: each of a return in tables, for some returns."""

OVER = (Delivery.State.DONE, Delivery.State.REFUSED)
"""Deliveries of which it is known what became of them."""


def facts_of(feeds: Sequence[Feed]) -> dict[Feed, FeedFacts]:
    """What the rules of health ask about each feed, in three queries for all of them."""
    arrivals = _arrivals(feeds)
    weeks = _weeks(FeedWeek.objects.filter(feed__in=feeds))
    of_area = open_weeks({feed.agency.area_id for feed in feeds if says_school(feed)})
    return {
        feed: FeedFacts(
            on=feed.state == Feed.State.ON,
            rhythm_days=feed.rhythm_days,
            since=day_in_london(feed.switched) if feed.switched else None,
            school=says_school(feed),
            register=feed.source == "daily_register",
            review_by=feed.review_by if feed.state == Feed.State.ON else None,
            arrivals=tuple(arrivals[feed.pk]),
            weeks=frozenset(weeks[feed.pk]),
            open_weeks=of_area[feed.agency.area_id],
        )
        for feed in feeds
    }


def open_weeks(areas: Iterable[int]) -> Mapping[int, frozenset[date]]:
    """The Mondays of weeks for which any school of each area has sent a mark."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = FeedWeek.objects.filter(feed__agency__area_id__in=list(areas), week__gte=_first_week())
    for area, week in rows.values_list("feed__agency__area_id", "week").distinct():
        found[area].add(week)
    return defaultdict(frozenset, {area: frozenset(weeks) for area, weeks in found.items()})


def says_school(feed: Feed) -> bool:
    """Whether a feed’s days are school days."""
    return feed.agency.kind == AgencyKind.SCHOOL or feed.source in REGISTERS


def _first_week() -> date:
    return today() - timedelta(weeks=2 * WITHIN)


def _arrivals(feeds: Sequence[Feed]) -> Mapping[int, list[Arrival]]:
    latest = Window(
        RowNumber(), partition_by=F("feed_id"), order_by=[F("received").desc(), F("pk").desc()]
    )
    # Rows that were put right and sent again are no file of the feed’s own rhythm.
    rows = (
        Delivery.objects.filter(
            feed__in=feeds, state__in=[each.value for each in OVER], corrects=None
        )
        .annotate(place=latest)
        .filter(place__lte=MOST_ARRIVALS)
        .order_by("received", "pk")
    )
    found: dict[int, list[Arrival]] = defaultdict(list)
    for row in rows:
        found[row.feed_id].append(
            Arrival(
                kind=kind_of_file(row.filename),
                day=day_in_london(row.received),
                rows=row.rows_read,
                quarantined=row.rows_quarantined,
                refused=row.state == Delivery.State.REFUSED,
            )
        )
    return found


def _weeks(rows: Any) -> Mapping[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    for feed, week in rows.filter(week__gte=_first_week()).values_list("feed_id", "week"):
        found[feed].add(week)
    return found
