"""The days that count towards a feed's rhythm, and the weeks that a register should have.

Nobody sends Keepsight the dates of school holidays, so they are read from the registers: a week for
which no school of the area has a mark, though some school has one for a later week, was a
holiday. August is one wherever the registers do not say otherwise (Keepsight's own setting, mark
M).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from keepsight.kernel.calendar import is_working_day

AUGUST = 8
ONE_WEEK = timedelta(weeks=1)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays(first: date, last: date) -> Iterator[date]:
    """The Mondays of every week from one day's to another's."""
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += ONE_WEEK


def is_holiday(monday: date, open_weeks: frozenset[date]) -> bool:
    """Whether a week was a school holiday, as far as the registers of the area tell."""
    if monday in open_weeks:
        return False
    if monday.month == AUGUST:
        return True
    return any(each > monday for each in open_weeks) and any(each < monday for each in open_weeks)


def counted_days(
    since: date, until: date, open_weeks: frozenset[date] | None, *, plain: bool
) -> int:
    """How many days after `since`, up to and with `until`, count towards a rhythm.

    With `open_weeks` days in school holidays do not. `plain` counts every other day; without it
    only working days count.
    """
    days = (since + timedelta(days=each) for each in range(1, (until - since).days + 1))
    shut: dict[date, bool] = {}
    count = 0
    for day in days:
        if not plain and not is_working_day(day):
            continue
        if open_weeks is not None:
            monday = monday_of(day)
            if monday not in shut:
                shut[monday] = is_holiday(monday, open_weeks)
            if shut[monday]:
                continue
        count += 1
    return count


def weeks_expected(first: date, last: date, open_weeks: frozenset[date]) -> tuple[date, ...]:
    """The Mondays of the weeks, from one to another, in which some school of the area was open."""
    return tuple(monday for monday in mondays(first, last) if monday in open_weeks)
