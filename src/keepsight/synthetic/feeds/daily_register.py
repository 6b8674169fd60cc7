"""Attendance registers as a school's system exports them: a row a pupil a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.attendance import CODES, Habits, Marks, habits, marks
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk
from keepsight.synthetic.happenings import AbsencePattern
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.numbers import with_wrong_check_letter
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools import School
from keepsight.synthetic.terms import school_days, start_of_school_year

SOURCE = "daily_register"
HEADER = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\r\n"
MARKS = (*CODES, "H")
RETIRED = MARKS.index("H")
PAIRS = [f"{morning},{afternoon}\r\n" for morning in MARKS for afternoon in MARKS]
DAY_FORMAT = "%Y-%m-%d"
"""How the schools' system writes a day, of birth and of the register."""
NO_SUCH_DAY = DAY_FORMAT.replace("%d", "31").replace("%m", "02")
SENT_AFTER = timedelta(days=2)
"""A month's register is sent this long after the month; the running month is sent today."""


def write_registers(desk: Desk, rolls: dict[str, Known]) -> Iterator[list[Delivery]]:
    """Each school's registers, a file a month: one list of deliveries a school."""
    ways, patterns = habits(len(desk.people), desk.seed), _patterns(desk)
    days = school_days(desk.period.start, desk.period.today - timedelta(days=1))
    for number, school in enumerate(desk.enrolments.schools):
        yield [
            delivery
            for year, its_days in groupby(days, lambda day: start_of_school_year(day).year)
            for delivery in _write_year(
                desk, (number, school, rolls[school.key]), year, tuple(its_days), ways, patterns
            )
        ]


def _patterns(desk: Desk) -> dict[int, list[AbsencePattern]]:
    found: dict[int, list[AbsencePattern]] = {}
    for pattern in desk.happenings.absence:
        found.setdefault(pattern.person, []).append(pattern)
    return found


def _write_year(
    desk: Desk,
    of: tuple[int, School, Known],
    year: int,
    days: tuple[date, ...],
    ways: Habits,
    patterns: dict[int, list[AbsencePattern]],
) -> Iterator[Delivery]:
    number, school, roll = of
    rows = np.flatnonzero(desk.enrolments.school_of(year)[roll.members] == number)
    if not len(rows):
        return
    rng = stream(desk.seed, "register", school.key, str(year))
    taken = marks(roll.members[rows], days, ways, patterns, school.secondary, rng)
    pupils, first = _pupils(roll, rows), 0
    for month, its_days in groupby(days, lambda day: day.replace(day=1)):
        written = tuple(its_days)
        part = taken[first : first + len(written)]
        first += len(written)
        # One mark a month is of a code that was retired in 2024, as registers still hold.
        part[-1, 0] = RETIRED
        body = list(_rows(pupils, written, part))
        lines = [HEADER, *body, *_faults(body[-1], written[-1], str(roll.upn[rows[-1]]))]
        received = min(_next_month(month) + SENT_AFTER, desk.period.today)
        yield desk.deliver(received, school.key, SOURCE, f"register-{month:%Y-%m}.csv", lines)


def _pupils(roll: Known, rows: NDArray[np.int64]) -> list[str]:
    """The part of a line that is the same every day, for each pupil."""
    return [
        f"{roll.upn[row]},{roll.key[row]},{roll.surname[row]},{roll.forename[row]},"
        f"{_day(roll.birth[row].astype(object))},{roll.postcode[row]},"
        for row in rows
    ]


def _rows(pupils: list[str], days: tuple[date, ...], taken: Marks) -> Iterator[str]:
    for number, day in enumerate(days):
        codes = taken[number].astype(np.int64)
        pairs = (codes[:, 0] * len(MARKS) + codes[:, 1]).tolist()
        written = f"{_day(day)},"
        yield from [
            pupil + written + PAIRS[pair] for pupil, pair in zip(pupils, pairs, strict=True)
        ]


def _faults(line: str, day: date, upn: str) -> Iterator[str]:
    """Second, faulty copies of a line: no such day, no pupil, a wrong check letter."""
    who, _, morning, afternoon = line.rsplit(",", 3)
    yield f"{who},{day.strftime(NO_SUCH_DAY)},{morning},{afternoon}"
    yield f",,,,,,{_day(day)},{morning},{afternoon}"
    if upn:
        yield line.replace(upn, with_wrong_check_letter(upn), 1)


def _day(day: date) -> str:
    return day.strftime(DAY_FORMAT)


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
