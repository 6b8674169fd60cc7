"""The stretch of time that the county lives through, and chance moments in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

WEEKS = 104
"""Two years."""
USUAL_DAY = date(2026, 7, 1)
"""The day on which a county stands unless it is told another: a seed means one county, always."""
FEWEST_WEEKS = 26
"""The shortest period in which a storyline has time to unfold."""


@dataclass(frozen=True, slots=True)
class Period:
    """The weeks before `today`, which is the first day after them."""

    today: date
    weeks: int = WEEKS

    @property
    def start(self) -> date:
        return self.today - timedelta(weeks=self.weeks)

    @property
    def days(self) -> int:
        return (self.today - self.start).days

    def moment(self, rng: np.random.Generator) -> datetime:
        """Any minute of the period, more often in the later part of a day."""
        day = self.start + timedelta(days=int(rng.integers(self.days)))
        return at(day, rng)

    def day(self, rng: np.random.Generator) -> date:
        return self.start + timedelta(days=int(rng.integers(self.days)))

    def past(self, day: date | None) -> date | None:
        """A day if it has come, else nothing: what lies ahead has not happened."""
        return day if day is not None and day < self.today else None

    def past_moment(self, moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment.date() < self.today else None


def in_office_hours(moment: datetime) -> datetime:
    """The same minute, or one at the next opening: 09:00 to 17:59 on any day."""
    if moment.hour < 9:
        return moment.replace(hour=9)
    return (moment + timedelta(days=1)).replace(hour=9) if moment.hour >= 18 else moment


def on_weekday(moment: datetime) -> datetime:
    """The same time, put off to Monday from a weekend."""
    return moment + timedelta(days=max(0, 7 - moment.weekday())) if moment.weekday() > 4 else moment


def at(day: date, rng: np.random.Generator) -> datetime:
    """A minute of a day between 08:00 and 23:59, more often late."""
    minute = 480 + int(959 * rng.beta(2, 1.4))
    return datetime.combine(day, time(minute // 60, minute % 60))


def in_school(day: date, rng: np.random.Generator) -> datetime:
    """A minute of a school day between 08:40 and 15:20."""
    minute = 520 + int(rng.integers(400))
    return datetime.combine(day, time(minute // 60, minute % 60))
