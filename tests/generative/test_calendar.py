"""The working-day calendar against numpy's business days, and hours against plain elapsed time."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.calendar import (
    add_hours,
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

days = st.dates(date(2012, 1, 1), date(2027, 12, 31))
HOLIDAYS = sorted(day for year in range(2012, 2030) for day in bank_holidays(year))


@given(days, st.integers(1, 60))
def test_working_days_agree_with_numpy(day, n):
    expected = np.busday_offset(day, n, roll="backward", holidays=HOLIDAYS).item()
    assert add_working_days(day, n) == expected


@given(days, st.integers(0, 60))
def test_adding_and_counting_are_inverse(day, n):
    assert working_days_between(day, add_working_days(day, n)) == n


@given(days, st.integers(1, 60))
def test_a_limit_never_ends_on_a_day_off(day, n):
    assert is_working_day(add_working_days(day, n))


@given(st.integers(0, 10 * 365 * 24 * 60), st.integers(0, 500))
def test_hours_are_elapsed_hours(minutes, hours):
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert add_hours(moment, hours).astimezone(UTC) - moment == timedelta(hours=hours)
