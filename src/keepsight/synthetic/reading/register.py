"""What a school's register says of one child, month by month."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby

import numpy as np

from keepsight.synthetic.happened import Happened
from keepsight.synthetic.reading.entries import SCHOOL, Entry
from keepsight.synthetic.schools.codes import AUTHORISED, INDEX, NOT_POSSIBLE, UNAUTHORISED
from keepsight.synthetic.schools.habits import habits
from keepsight.synthetic.schools.overlay import Overlays
from keepsight.synthetic.schools.year import SchoolYear, school_years

UNEXPLAINED = (INDEX["N"], INDEX["O"])
WORTH_SAYING = 0.1
"""Share of a month's sessions from which a month is told: a tenth is persistent absence."""


def register_of(person: int, happened: Happened) -> list[Entry]:
    """A line for each month in which the child missed a tenth or more of its sessions."""
    spells = happened.enrolments.spells
    own = sorted(set(spells.school[spells.person == person].tolist()))
    ways = habits(happened.people, happened.district.seed)
    overlays = Overlays.of(happened.happenings)
    return [
        entry
        for school in own
        for year in school_years(
            happened.enrolments.schools[school],
            happened.enrolments.at(school),
            ways,
            overlays,
            happened.period,
            happened.district.seed,
        )
        for entry in _months(person, year)
    ]


def _months(person: int, year: SchoolYear) -> Iterator[Entry]:
    for row in np.flatnonzero(year.spells.person == person):
        numbered = enumerate(year.days)
        for month, group in groupby(numbered, lambda pair: pair[1].replace(day=1)):
            layers = [number for number, _ in group]
            marks = year.taken[layers, row][year.here[layers, row]]
            if entry := _month(month, marks):
                yield entry


def _month(month: date, marks: np.ndarray) -> Entry | None:
    possible = int(marks.size - np.isin(marks, NOT_POSSIBLE).sum())
    missed = int(np.isin(marks, AUTHORISED + UNAUTHORISED).sum())
    if not possible or missed < WORTH_SAYING * possible:
        return None
    unexplained = int(np.isin(marks, UNEXPLAINED).sum())
    part = f", {unexplained} of them unexplained" if unexplained else ""
    text = f"Register, {month:%B}: missed {missed} of {possible} sessions{part}."
    return Entry(datetime.combine(month.replace(day=28), time.min), SCHOOL, text)
