"""Working days of England, plain hours, and days in London."""

from datetime import UTC, date, datetime

import pytest

from keepsight.kernel.calendar import (
    LONDON,
    add_hours,
    add_working_days,
    day_in_london,
    end_of_day,
    is_working_day,
    start_of_day,
    working_days_between,
)

LIMITS = [
    # start, working days, the last day of the limit
    (date(2025, 5, 12), 15, date(2025, 6, 3)),
    (date(2025, 12, 15), 15, date(2026, 1, 8)),
    (date(2026, 3, 20), 15, date(2026, 4, 14)),
    (date(2026, 12, 18), 15, date(2027, 1, 13)),
    (date(2026, 3, 20), 45, date(2026, 5, 28)),
    (date(2026, 12, 24), 1, date(2026, 12, 29)),  # 25 and 28 December, for Christmas and Boxing Day
    (date(2025, 5, 16), 1, date(2025, 5, 19)),  # Friday to Monday
    (date(2025, 5, 17), 1, date(2025, 5, 19)),  # Saturday to Monday
    (date(2025, 5, 17), 0, date(2025, 5, 17)),
]


@pytest.mark.parametrize(("start", "n", "last"), LIMITS)
def test_the_last_day_of_a_limit(start, n, last):
    assert add_working_days(start, n) == last
    assert working_days_between(start, last) == n


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 5, 5), False),  # early May bank holiday
        (date(2025, 5, 6), True),
        (date(2025, 5, 10), False),  # Saturday
        (date(2022, 9, 19), False),  # the State Funeral
        (date(2026, 12, 28), False),  # stands in for Saturday 26 December
        (date(2026, 1, 2), True),  # a holiday in Scotland only
        (date(2026, 3, 17), True),  # a holiday in Northern Ireland only
    ],
)
def test_working_days_are_those_of_england(day, works):
    assert is_working_day(day) is works


def test_counting_backwards_is_negative():
    assert working_days_between(date(2025, 5, 19), date(2025, 5, 16)) == -1


def test_what_cannot_be_counted_is_refused():
    noon = datetime(2025, 5, 5, 12, tzinfo=LONDON)
    with pytest.raises(TypeError, match="counted in dates"):
        add_working_days(noon, 1)
    with pytest.raises(TypeError, match="counted in dates"):
        working_days_between(noon, noon)
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2025, 5, 5), -1)
    with pytest.raises(ValueError, match="no time zone"):
        add_hours(noon.replace(tzinfo=None), 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-27T12:00+00:00", "2026-03-30T13:00+01:00"),  # clocks go forward on the 29th
        ("2026-10-23T12:00+01:00", "2026-10-26T11:00+00:00"),  # and back on the 25th
        ("2026-06-05T12:00+01:00", "2026-06-08T12:00+01:00"),
    ],
)
@pytest.mark.parametrize("zone", [LONDON, UTC])
def test_72_hours_are_72_hours_when_the_clocks_change(start, end, zone):
    due = add_hours(datetime.fromisoformat(start).astimezone(zone), 72)
    assert due.isoformat(timespec="minutes") == end


def test_a_summer_day_in_london_begins_the_evening_before_in_utc():
    assert start_of_day(date(2026, 7, 1)).astimezone(UTC) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert day_in_london(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert end_of_day(date(2026, 7, 1)).date() == date(2026, 7, 1)
