"""The stretch of time that the county lives through, and chance moments in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

WEEKS = 104
"""Two years."""
USUAL_DAY = date(2026, 7, 1)
"""The day on which a county stands unless it is told another: a seed means one county, always."""
NIGHT = 0.08
"""Share of moments between midnight and eight in the morning (our own assumption)."""
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
    """The same minute, or one of the next opening: 09:00 to 17:59 on any day."""
    # A minute outside the hours decides which hour it becomes, so that nothing bunches at nine.
    hour = 9 + moment.minute % 9
    if moment.hour < 9:
        return moment.replace(hour=hour)
    return (moment + timedelta(days=1)).replace(hour=hour) if moment.hour >= 18 else moment


def on_weekday(moment: datetime) -> datetime:
    """The same time, put off from a weekend to a day of the next week."""
    if moment.weekday() < 5:
        return moment
    monday = moment + timedelta(days=7 - moment.weekday())
    return monday + timedelta(days=(moment.minute + moment.day) % 5)


def at(day: date, rng: np.random.Generator) -> datetime:
    """A minute of a day: more often late, and seldom before eight in the morning."""
    by_day = 480 + int(959 * rng.beta(2, 1.4))
    minute = int(rng.integers(480)) if rng.random() < NIGHT else by_day
    return datetime.combine(day, time(minute // 60, minute % 60))


def in_school(day: date, rng: np.random.Generator) -> datetime:
    """A minute of a school day between 08:40 and 15:20."""
    minute = 520 + int(rng.integers(400))
    return datetime.combine(day, time(minute // 60, minute % 60))
