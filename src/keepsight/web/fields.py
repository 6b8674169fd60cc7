"""Form fields as GOV.UK asks for them: a day in three boxes, a time in one."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Widget

from keepsight.kernel.calendar import LONDON

PARTS = ("day", "month", "year")
MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip


class DayInput(Widget):
    """Three text boxes named `<field>-day`, `<field>-month` and `<field>-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}-{part}", "")).strip() for part in PARTS]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    def format_value(self, value: object) -> list[str]:
        """What each box shows: what was typed, or a day taken apart."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return [str(part) for part in value] if isinstance(value, list | tuple) else [""] * 3


class DayField(forms.Field):
    """A day. `called` names it in errors, as in “The day of the interview must include a year”."""

    widget = DayInput

    def __init__(self, *, called: str, **options: Any) -> None:
        self.called = called
        super().__init__(**options)

    def clean(self, value: object) -> date | None:
        typed = DayInput().format_value(value)
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter {self.called}.")
            return None
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            said = " and a ".join(missing)
            raise ValidationError(f"{self._opening} must include a {said}.")
        return self._day(typed)

    def _day(self, typed: list[str]) -> date:
        day, month, year = typed
        number = str(MONTHS.get(month.casefold()[:3], month))
        if not re.fullmatch(r"[0-9]{4}", year):
            raise ValidationError(f"The year of {self.called} must have 4 numbers.")
        try:
            if not re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}", f"{day}/{number}"):
                raise ValueError
            return date(int(year), int(number), int(day))
        except ValueError:
            raise ValidationError(f"{self._opening} must be a real day.") from None

    @property
    def _opening(self) -> str:
        return self.called[0].upper() + self.called[1:]


class TimeOfDayField(forms.CharField):
    """A time as people write it: 14:30, 2:30pm, 2pm, midday."""

    def __init__(self, *, called: str, **options: Any) -> None:
        self.called = called
        required = {"required": f"Enter {called}."}
        super().__init__(error_messages=required, max_length=20, **options)

    def clean(self, value: Any) -> time:  # type: ignore[override]
        text = super().clean(value).casefold().replace(" ", "").replace(".", ":")
        if text in ("midday", "noon"):
            return time(12)
        if text == "midnight":
            return time(0)
        return self._time(text)

    def _time(self, text: str) -> time:
        refused = ValidationError(f"Enter {self.called} like 2:30pm or 14:30.")
        found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", text)
        if not found or not (found[2] or found[3]):
            raise refused
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            if not 1 <= hour <= 12:
                raise refused
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        try:
            return time(hour, minute)
        except ValueError:
            raise refused from None


def moment_of(day: date, at: time) -> datetime:
    """A day and a time of it in London, as one aware moment."""
    return datetime.combine(day, at, tzinfo=LONDON)
