"""Reading what is known, for a viewer."""

from keepsight.chronology.queries.banner import Banner, RecordLine, banner
from keepsight.chronology.queries.deliveries import (
    DeliveryLine,
    FindingLine,
    deliveries,
    delivery_of,
    sent_again,
)
from keepsight.chronology.queries.feeds import (
    FeedLine,
    LateFeed,
    every_feed,
    feed_by_key,
    feed_keys,
    feed_of,
    feeds,
    late_feeds,
    lines_of,
)
from keepsight.chronology.queries.named import NamedLine, named_about
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
    "DeliveryLine",
    "Entry",
    "FeedLine",
    "FindingLine",
    "KnownEvent",
    "LateFeed",
    "NamedLine",
    "RecordLine",
    "WeekLine",
    "attendance",
    "banner",
    "deliveries",
    "delivery_of",
    "entries_by_ref",
    "events_of",
    "every_feed",
    "feed_by_key",
    "feed_keys",
    "feed_of",
    "feeds",
    "late_feeds",
    "lines_of",
    "named_about",
    "sent_again",
    "timeline",
]
