"""One school's year: its pupils' marks on each day, and who was on the roll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.vocabulary.attendance_table import FIRST_DAY_OF_2024_RULES
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools.attendance import marks
from keepsight.synthetic.schools.codes import INDEX, Marks
from keepsight.synthetic.schools.habits import Habits
from keepsight.synthetic.schools.overlay import Overlays
from keepsight.synthetic.schools.rolls import School, Spells
from keepsight.synthetic.schools.terms import school_days, start_of_school_year


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """The part of a school year that lies in the period.

    `taken` has a layer a day and a row a spell; `here` says who was on the roll that day.
    """

    year: int
    days: tuple[date, ...]
    spells: Spells
    taken: Marks
    here: NDArray[np.bool_]

    def between(self, since: date, until: date) -> NDArray[np.int64]:
        """The layers of the days from `since` to before `until`."""
        return np.flatnonzero([since <= day < until for day in self.days])


def school_years(
    school: School, spells: Spells, ways: Habits, overlays: Overlays, period: Period, seed: int
) -> Iterator[SchoolYear]:
    """Each school year of the period in which the school has pupils."""
    days = school_days(period.start, period.today - timedelta(days=1))
    for year, group in groupby(days, lambda day: start_of_school_year(day).year):
        its_days = tuple(group)
        when = np.array(its_days, "datetime64[D]")
        of_year = spells.rows((spells.start <= when[-1]) & (when[0] < spells.end))
        if not len(of_year):
            continue
        rng = stream(seed, "register", school.key, str(year))
        taken = marks(of_year.person, its_days, ways, school.phase, rng)
        overlays.write(taken, of_year.person, its_days, rng)
        _in_the_codes_of_the_day(taken, when)
        here = (of_year.start <= when[:, None]) & (when[:, None] < of_year.end)
        yield SchoolYear(year=year, days=its_days, spells=of_year, taken=taken, here=here)


def _in_the_codes_of_the_day(taken: Marks, when: NDArray[np.datetime64]) -> None:
    """Until August 2024 a part-time timetable had no code of its own, and was put under C."""
    before = when < np.datetime64(FIRST_DAY_OF_2024_RULES)
    early = taken[before]
    early[early == INDEX["C2"]] = INDEX["C"]
    taken[before] = early
