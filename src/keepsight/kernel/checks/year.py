"""The year that a return is about: from 1 April to 31 March."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReturnYear:
    """The year by its last day; without one nothing that turns on the year can be said."""

    ends: date | None

    @property
    def year(self) -> int | None:
        """The year in which it ends: 2026 is 2025-26."""
        return self.ends.year if self.ends else None

    @property
    def begins(self) -> date | None:
        return date(self.ends.year - 1, 4, 1) if self.ends and self.ends.year > 1 else None

    @classmethod
    def ending(cls, year: int) -> "ReturnYear":
        """The year that ends on 31 March of `year`."""
        return cls(date(year, 3, 31))

    @classmethod
    def holding(cls, day: date) -> "ReturnYear":
        """The year that a day is in."""
        return cls.ending(day.year + (day >= date(day.year, 4, 1)))

    def has(self, day: date) -> bool:
        """Whether a day is in the year; a year that is not known has every day."""
        return not self.before(day) and not self.after(day)

    def before(self, day: date) -> bool:
        """Whether a day is before the year begins."""
        return self.begins is not None and day < self.begins

    def after(self, day: date) -> bool:
        """Whether a day is after the year has ended."""
        return self.ends is not None and day > self.ends


def years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(min(day.year + years, date.max.year), 3, 1)
