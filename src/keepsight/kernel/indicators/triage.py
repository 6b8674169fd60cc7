"""What a person may decide about an alert, what else that asks for, and when it comes back.

The table `WAYS` is the rule, the form’s choices and the documentation. Nothing here orders children
or alerts: an alert is read because it is there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from keepsight.kernel.indicators.catalogue.sources import LOCAL_PRACTICE
from keepsight.kernel.indicators.indicator import Mark, Threshold
from keepsight.kernel.vocabulary.agencies import AgencyKind

FROM = date(2026, 1, 1)


def _days(value: int, meaning: str) -> Threshold:
    return Threshold(
        value=value,
        unit="days",
        meaning=meaning,
        source=LOCAL_PRACTICE,
        mark=Mark.UNCONFIRMED,
        in_force_from=FROM,
    )


WATCHED = _days(28, "The longest that an alert may be watched before it is read again")
ANSWERED = _days(5, "How soon an agency that is asked about an alert should have answered")
DISMISSED = _days(90, "How long an alert that was no concern is kept once it is no longer met")


MAY_BE_ASKED = (
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
    AgencyKind.HEALTH,
    AgencyKind.VOLUNTARY,
    AgencyKind.YOUTH_JUSTICE,
    AgencyKind.HOUSING,
)
"""Whom a decision may say is asked: a kind and never a name, which could tell where a child is, and
none whose knowing a child is content in itself."""


class TriageRefused(ValueError):
    """A decision that cannot be recorded; the message is for the person who tried."""


class Decision(StrEnum):
    """What was decided about an alert."""

    REFER = "refer"
    ADD = "add"
    ASK = "ask"
    WATCH = "watch"
    NOTHING = "no_concern"

    @property
    def way(self) -> "Way":
        return WAYS[self]


class Second(StrEnum):
    """Who must agree before a decision stands. It is never whoever decided."""

    NOBODY = ""
    READER = "reader"
    MANAGER = "manager"


class Returns(StrEnum):
    """What brings an alert back to be read once more."""

    NEW_INDICATOR = "new_indicator"
    NEW_EVIDENCE = "new_evidence"


@dataclass(frozen=True, slots=True)
class Way:
    """A decision in words, who must agree, and what brings the alert back.

    `agreed` is who must agree in any case, `agreed_where_harm` who where harm is recorded. `until`
    is the longest time after which the alert comes back by itself. `in_story` says whether the
    decision is an event of the child: what was no concern stays off the child’s story.
    """

    title: str
    agreed: Second
    agreed_where_harm: Second
    where_harm: bool
    returns: Returns
    until: Threshold | None
    in_story: bool


WAYS: dict[Decision, Way] = {
    Decision.REFER: Way(
        title="Make a referral",
        agreed=Second.NOBODY,
        agreed_where_harm=Second.NOBODY,
        where_harm=True,
        returns=Returns.NEW_INDICATOR,
        until=None,
        in_story=True,
    ),
    Decision.ADD: Way(
        title="Add it to the open case",
        agreed=Second.NOBODY,
        agreed_where_harm=Second.READER,
        where_harm=True,
        returns=Returns.NEW_INDICATOR,
        until=None,
        in_story=True,
    ),
    Decision.ASK: Way(
        title="Ask an agency",
        agreed=Second.NOBODY,
        agreed_where_harm=Second.READER,
        where_harm=True,
        returns=Returns.NEW_EVIDENCE,
        until=ANSWERED,
        in_story=True,
    ),
    Decision.WATCH: Way(
        title="Watch until a day",
        agreed=Second.MANAGER,
        agreed_where_harm=Second.MANAGER,
        where_harm=False,
        returns=Returns.NEW_EVIDENCE,
        until=WATCHED,
        in_story=True,
    ),
    Decision.NOTHING: Way(
        title="Not a concern, for the reason given",
        agreed=Second.NOBODY,
        agreed_where_harm=Second.READER,
        where_harm=True,
        returns=Returns.NEW_EVIDENCE,
        until=None,
        in_story=False,
    ),
}


@dataclass(frozen=True, slots=True)
class AreaWays:
    """An area’s own limits: none is longer than the catalogue’s."""

    readable_a_week: int | None = None
    watch_days: int = int(WATCHED.value)
    dismissed_days: int = int(DISMISSED.value)

    def __post_init__(self) -> None:
        if self.readable_a_week is not None and self.readable_a_week < 1:
            raise TriageRefused("Say how many alerts can be read in a week: one or more.")
        for days, limit, name in (
            (self.watch_days, WATCHED, "watched"),
            (self.dismissed_days, DISMISSED, "kept when it was no concern"),
        ):
            if not 1 <= days <= limit.value:
                raise TriageRefused(f"An alert is {name} from 1 to {limit.value} days, not {days}.")


def choices(harm: bool) -> list[Decision]:
    """What may be decided, in the order in which it is offered."""
    return [each for each, way in WAYS.items() if way.where_harm or not harm]


def second_for(decision: Decision, harm: bool) -> Second:
    """Who must agree before it stands."""
    way = decision.way
    return way.agreed_where_harm if harm else way.agreed


def comes_back_on(
    decision: Decision, harm: bool, day: date, wanted: date | None, area: AreaWays
) -> date | None:
    """The day on which the alert is read again in any case, or none; refuses what may not be."""
    if decision not in choices(harm):
        raise TriageRefused("Where harm is recorded an alert is not left to be watched.")
    if decision is Decision.WATCH:
        return _watched_until(day, wanted, area)
    limit = decision.way.until
    return day + timedelta(days=int(limit.value)) if limit else None


def comes_back(
    decision: Decision,
    *,
    new_evidence: bool,
    new_indicators: Collection[str],
    until: date | None,
    day: date,
) -> bool:
    """Whether an alert that was decided is to be read again: never for what was there before."""
    if until is not None and day >= until:
        return True
    if decision.way.returns is Returns.NEW_INDICATOR:
        return bool(new_indicators)
    return new_evidence


def _watched_until(day: date, wanted: date | None, area: AreaWays) -> date:
    last = day + timedelta(days=area.watch_days)
    if wanted is None:
        raise TriageRefused("Say until which day it is watched.")
    if not day < wanted <= last:
        raise TriageRefused(
            f"An alert is watched until a day after today and no later than"
            f" {last.day} {last:%B %Y}: {area.watch_days} days."
        )
    return wanted
