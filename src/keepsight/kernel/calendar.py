"""Time as the law counts it: working days of England, plain hours, and days in London.

A working day is Monday to Friday and not a bank holiday in England (`domain.md` section 3, note
b, mark M). Hours never pause for nights, weekends or holidays (note c).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, with the days that stand in for weekend ones."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether a day is Monday to Friday and no bank holiday. Raises `TypeError` for a time."""
    if isinstance(day, datetime):
        raise TypeError("Working days are counted in dates: take the time’s day in London first.")
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The `n`th working day after `day`, which is day 0 and is not itself counted.

    From a Saturday, one working day ends on the Monday. `n` is 0 or more; 0 gives `day` back.
    """
    if n < 0:
        raise ValueError(f"Working days are added forwards, so {n} is not possible.")
    is_working_day(day)
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_between(since: date, until: date) -> int:
    """How many working days come after `since`, up to and with `until`.

    Negative, and counted the other way round, where `until` is the earlier.
    """
    if until < since:
        return -working_days_between(until, since)
    is_working_day(since)
    length = (until - since).days
    return sum(is_working_day(since + timedelta(days=i)) for i in range(1, length + 1))


def add_hours(moment: datetime, hours: float) -> datetime:
    """The time in London when `hours` have really passed, also across a change of the clocks."""
    return (_aware(moment).astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)


def day_in_london(moment: datetime) -> date:
    """The date on a London wall calendar at an aware time."""
    return _aware(moment).astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Midnight in London, when the day begins."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def end_of_day(day: date) -> datetime:
    """The last microsecond of the day in London, so that it still carries the day’s date."""
    return datetime.combine(day, time.max, tzinfo=LONDON)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("The time has no time zone, so hours and days cannot be counted from it.")
    return moment
