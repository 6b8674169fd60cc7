"""What is known of a feed when its health is told, and how late it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from keepsight.kernel.feed_calendar import counted_days
from keepsight.kernel.feed_files import Arrival
from keepsight.kernel.vocabulary.code_sets import Mark

WITHIN = 26
"""Weeks back within which a week without data is told of."""


LEAST_ROWS = 20
"""Fewer rows than these are not compared: a few missing episodes more or fewer say nothing."""


class Severity(IntEnum):
    """How much it matters, from what is merely worth knowing upward."""

    NOTE = 1
    LOOK = 2
    ACT = 3

    @property
    def in_words(self) -> str:
        return {1: "worth knowing", 2: "to look into", 3: "to act on"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What is known of a feed. `arrivals` are oldest first; `weeks` are Mondays with marks in them.

    `school` says that its days are school days; `open_weeks` are the Mondays of weeks for which any
    school of the area sent a mark. `since` is the day on which it was switched on or off. `came`
    is the day of the last file, where the files themselves were not asked for.
    """

    on: bool
    rhythm_days: int | None
    since: date | None = None
    school: bool = False
    register: bool = False
    review_by: date | None = None
    arrivals: tuple[Arrival, ...] = ()
    came: date | None = None
    weeks: frozenset[date] = frozenset()
    open_weeks: frozenset[date] = frozenset()

    @property
    def taken_in(self) -> tuple[Arrival, ...]:
        """The files that were taken in."""
        return tuple(each for each in self.arrivals if not each.refused)

    @property
    def last(self) -> date | None:
        """The day on which a file was last taken in."""
        return max((each.day for each in self.taken_in), default=self.came)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRule:
    """One thing that can be wrong with a feed.

    `told` says that the whole area is told of it, because what the agency knows may be missing. It
    is told in the words of `notice` where there are any: how many rows an agency sends is its own.
    """

    name: str
    title: str
    severity: Severity
    told: bool
    limit: float
    source: str
    says: Callable[[FeedFacts, date, float], str | None] = field(repr=False)
    notice: str = ""
    mark: Mark = "M"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one feed now."""

    rule: HealthRule
    sentence: str

    @property
    def notice(self) -> str:
        """The sentence for the whole area."""
        return self.rule.notice or self.sentence


def days_late(facts: FeedFacts, today: date) -> int:
    """How many days that count have gone by since the next delivery should have come; 0 if none."""
    begun = facts.last or facts.since
    if not facts.on or facts.rhythm_days is None or begun is None:
        return 0
    open_weeks = facts.open_weeks if facts.school else None
    days = counted_days(begun, today, open_weeks, plain=facts.rhythm_days >= WEEK)
    return max(0, days - facts.rhythm_days)


WEEK = 7
"""A rhythm shorter than this counts working days only: nobody sends at the weekend."""
