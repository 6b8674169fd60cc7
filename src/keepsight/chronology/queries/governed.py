"""One feed with what is stated of it, what is missing, and what was purged of it: of no child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from keepsight.access.viewer import Viewer
from keepsight.chronology.governance import governance_of, missing_from
from keepsight.chronology.models import Feed, Rule
from keepsight.chronology.queries.feeds import FeedLine, feed_of, lines_of
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.feeds import COHORT_MEANINGS, Cohort

MOST_PURGES = 50


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """What was purged of a feed on one day, and by which rule."""

    day: date
    because: str
    records: int
    events: int
    weeks: int
    rows: int


@dataclass(frozen=True, slots=True)
class GovernedFeed:
    """A feed as it is governed. `stated` are pairs of what is asked and what was said."""

    line: FeedLine
    stated: tuple[tuple[str, str | date | None], ...]
    missing: tuple[str, ...]
    cohort: str
    cohort_means: str
    unmatched_days: int
    reduces_codes: bool
    switched: date | None
    switched_because: str
    purges: tuple[PurgeLine, ...]


def governed_feed(viewer: Viewer, key: str) -> GovernedFeed | None:
    """One feed, or nothing where it is not the viewer's to read about."""
    feed = feed_of(viewer, key)
    return describe(feed) if feed else None


def describe(feed: Feed) -> GovernedFeed:
    """A feed that was already given, with all that is stated of it."""
    said = governance_of(feed)
    return GovernedFeed(
        line=lines_of([feed])[0],
        stated=(
            ("Controller", said.controller),
            ("Legal gateway", said.gateway),
            ("Purpose", said.purpose),
            ("Necessity", said.necessity),
            ("Necessity of every child", said.necessity_of_all),
            ("Impact assessment", said.assessment),
            ("Assessed on", said.assessed),
            ("To be reviewed by", said.review_by),
        ),
        missing=tuple(each.sentence for each in missing_from(feed, said)),
        cohort=said.cohort.in_words if said.cohort else "",
        cohort_means=COHORT_MEANINGS[said.cohort] if said.cohort else "",
        unmatched_days=feed.unmatched_days if said.cohort is Cohort.KNOWN else 0,
        reduces_codes=feed.reduces_codes,
        switched=day_in_london(feed.switched) if feed.switched else None,
        switched_because=feed.switched_because,
        purges=tuple(_purges(feed)),
    )


def _purges(feed: Feed) -> Iterator[PurgeLine]:
    for each in feed.purges.order_by("-at", "-pk")[:MOST_PURGES]:
        because = str(Rule(each.rule).label)
        day = day_in_london(each.at)
        yield PurgeLine(day, because, each.records, each.events, each.weeks, each.rows)
