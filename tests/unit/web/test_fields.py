"""Days in three boxes and times in one: what is taken, and the sentence for what is not."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from keepsight.kernel.calendar import LONDON
from keepsight.web.fields import DayField, DayInput, TimeOfDayField, moment_of

DAY = DayField(called="the day of the interview")
TIME = TimeOfDayField(called="the time")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (["2", "3", "2026"], date(2026, 3, 2)),
        (["02", "03", "2026"], date(2026, 3, 2)),
        (["2", "March", "2026"], date(2026, 3, 2)),
        (["29", "feb", "2024"], date(2024, 2, 29)),
    ],
)
def test_days_that_are_taken(typed: list[str], day: date) -> None:
    assert DAY.clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["", "", ""], "Enter the day of the interview."),
        (["", "3", "2026"], "The day of the interview must include a day."),
        (["2", "", ""], "The day of the interview must include a month and a year."),
        (["30", "2", "2026"], "The day of the interview must be a real day."),
        (["2", "Brumaire", "2026"], "The day of the interview must be a real day."),
        (["2", "3", "26"], "The year of the day of the interview must have 4 numbers."),
        (["2", "3", "٢٠٢٦"], "The year of the day of the interview must have 4 numbers."),
    ],
)
def test_days_that_are_refused(typed: list[str], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DAY.clean(typed)
    assert refused.value.messages == [sentence]


def test_the_three_boxes_are_read_by_their_names() -> None:
    data = {"day-day": " 2 ", "day-month": "3", "day-year": "2026", "day": "ignored"}
    assert DayInput().value_from_datadict(data, {}, "day") == ["2", "3", "2026"]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:30", time(14, 30)),
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("midnight", time(0)),
        ("00:05", time(0, 5)),
    ],
)
def test_times_that_are_taken(typed: str, at: time) -> None:
    assert TIME.clean(typed) == at


@pytest.mark.parametrize("typed", ["14", "25:00", "13pm", "0am", "2:60pm", "soon", "2:3"])
def test_times_that_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TIME.clean(typed)
    assert refused.value.messages == ["Enter the time like 2:30pm or 14:30."]


def test_a_moment_is_in_london_whatever_the_season() -> None:
    assert (
        moment_of(date(2026, 7, 1), time(9)).utcoffset()
        != moment_of(date(2026, 1, 1), time(9)).utcoffset()
    )
    assert moment_of(date(2026, 7, 1), time(9)) == datetime(2026, 7, 1, 9, tzinfo=LONDON)
