"""The school days of an ordinary English school year. The pattern is our own model, not a rule.

Real term dates are set by each council or academy trust and must be data; these are worked out
from the calendar so that a county can be made for any day.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.calendar import ONE_DAY, bank_holidays, is_working_day

FRIDAY = 4
WEEK = timedelta(days=7)


def school_days(since: date, until: date) -> tuple[date, ...]:
    """The days on which schools are open from `since` up to and with `until`."""
    years = range(since.year - 1, until.year + 1)
    return tuple(day for year in years for day in school_year(year) if since <= day <= until)


@cache
def school_year(year: int) -> tuple[date, ...]:
    """The school days from September of `year` to July of the next year."""
    closed = _closed_weeks(year)
    day, last = _first_day(year), _last_day(year + 1)
    days = []
    while day <= last:
        if is_working_day(day) and day - timedelta(days=day.weekday()) not in closed:
            days.append(day)
        day += ONE_DAY
    return tuple(days)


def start_of_school_year(day: date) -> date:
    """The first of September at or before a day."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def september_before(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """The year of the first of September at or before each day."""
    months = days.astype("datetime64[M]").astype(np.int64)
    return np.asarray((months - 8) // 12 + 1970, np.int64)


def _first_day(year: int) -> date:
    day = date(year, 9, 3)
    return day if day.weekday() <= FRIDAY else _next_monday(day)


def _last_day(year: int) -> date:
    day = date(year, 7, 22)
    return day if day.weekday() <= FRIDAY else day - timedelta(days=day.weekday() - FRIDAY)


def _closed_weeks(year: int) -> frozenset[date]:
    """The Mondays of the holiday weeks between September of `year` and the next July."""
    autumn = _last_monday(year, 10)
    christmas = date(year, 12, 25) - timedelta(days=date(year, 12, 25).weekday())
    winter = date(year + 1, 2, 15) - timedelta(days=date(year + 1, 2, 15).weekday())
    before_good_friday = _good_friday(year + 1) - timedelta(days=FRIDAY)
    whitsun = _last_monday(year + 1, 5)
    two_weeks_off = (christmas, before_good_friday)
    weeks = (autumn, winter, whitsun, *two_weeks_off, *(monday + WEEK for monday in two_weeks_off))
    return frozenset(weeks)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _good_friday(year: int) -> date:
    return next(
        day
        for day in sorted(bank_holidays(year))
        if day.weekday() == FRIDAY and day.month in (3, 4)
    )
