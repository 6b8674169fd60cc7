"""Which days a rule looks at: counted back from the day of judgement, or the school year so far."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import TypeAlias

from keepsight.kernel.indicators.conditions import IndicatorError

LONGEST_WINDOW = 36_525
"""Days: a hundred years, further back than any record of a child."""

SCHOOL_YEAR_BEGINS = (9, 1)
"""The academic year that attendance is counted by begins in September (DfE, school census)."""

MOST_YEARS_BACK = 20


class Weekday(IntEnum):
    """As Python and every engine count them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Moment(StrEnum):
    """Which of an event's days must fall in the window."""

    BEGAN = "began"
    ENDED = "ended"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True)
class Window:
    """Days counted back from the day of judgement, which is 0; both ends belong to it."""

    first: int
    last: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.last <= self.first <= LONGEST_WINDOW:
            raise IndicatorError(
                f"A window of {self.first} to {self.last} days back cannot be: it counts back from"
                f" the day, the further end first, and at most {LONGEST_WINDOW} days."
            )


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school year in which the day of judgement falls, up to that day; or a whole one before.

    `back` is how many years before: 1 is the last one.
    """

    back: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.back <= MOST_YEARS_BACK:
            raise IndicatorError(
                f"A school year {self.back} years back cannot be: it is from 0, the present one, to"
                f" {MOST_YEARS_BACK}."
            )


AnyWindow: TypeAlias = Window | SchoolYear


def days_of_window(window: AnyWindow, as_of: date) -> tuple[date, date]:
    """The first and the last day that it means on the day of judgement."""
    match window:
        case Window(first, last):
            return as_of - timedelta(days=first), as_of - timedelta(days=last)
        case SchoolYear(back):
            begun = as_of.year - (1 if (as_of.month, as_of.day) < SCHOOL_YEAR_BEGINS else 0)
            first_day = date(begun - back, *SCHOOL_YEAR_BEGINS)
            if back == 0:
                return first_day, as_of
            return first_day, date(begun - back + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1)
