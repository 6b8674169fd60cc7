"""For which weeks a feed of registers has brought marks."""

from collections.abc import Iterable
from datetime import date

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.models import Feed, FeedWeek


@action
def note_weeks(*, by: Actor, feed: Feed, mondays: Iterable[date]) -> None:
    """Remember the weeks that came, so that a week that never comes can be missed."""
    FeedWeek.objects.bulk_create(
        [FeedWeek(feed=feed, week=monday) for monday in sorted(mondays)], ignore_conflicts=True
    )
