"""Reading what is known, for a viewer."""

from keepsight.chronology.queries.banner import Banner, RecordLine, banner
from keepsight.chronology.queries.feeds import (
    FeedLine,
    LateFeed,
    feed_by_key,
    feed_keys,
    feeds,
    late_feeds,
)
from keepsight.chronology.queries.timeline import (
    Entry,
    KnownEvent,
    WeekLine,
    attendance,
    entries_by_ref,
    events_of,
    timeline,
)

__all__ = [
    "Banner",
    "Entry",
    "FeedLine",
    "KnownEvent",
    "LateFeed",
    "RecordLine",
    "WeekLine",
    "attendance",
    "banner",
    "entries_by_ref",
    "events_of",
    "feed_by_key",
    "feed_keys",
    "feeds",
    "late_feeds",
    "timeline",
]
