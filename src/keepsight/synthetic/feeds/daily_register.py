"""Attendance registers as a school's system exports them: a row a pupil a day, a file a month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import compress, groupby

import numpy as np

from keepsight.kernel.vocabulary.attendance_table import FIRST_DAY_OF_2024_RULES
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import CARELESS, Desk, iso
from keepsight.synthetic.feeds.rolls import SchoolRoll
from keepsight.synthetic.people.knowing import Known
from keepsight.synthetic.people.numbers import with_wrong_check_letter
from keepsight.synthetic.schools.codes import CODES
from keepsight.synthetic.schools.year import SchoolYear

SOURCE = "daily_register"
HEADER = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\r\n"
MARKS = (*CODES, "H")
RETIRED = MARKS.index("H")
PAIRS = [f"{morning},{afternoon}\r\n" for morning in MARKS for afternoon in MARKS]
NO_SUCH_DAY = "%Y-02-31"
SENT_AFTER = timedelta(days=2)
"""A month's register is sent this long after the month; the running month is sent today."""


def write_registers(desk: Desk, roll: SchoolRoll, lived: SchoolYear) -> Iterator[Delivery]:
    """The registers of one school in one school year."""
    rows, first = [roll.rows.on(p, date.min) for p in lived.spells.person.tolist()], 0
    for month, group in groupby(lived.days, lambda day: day.replace(day=1)):
        days = tuple(group)
        layers = slice(first, first + len(days))
        first += len(days)
        taken, here = lived.taken[layers], lived.here[layers]
        turn = (month.year * 12 + month.month + roll.number) % CARELESS == 0
        careless = turn and days[-1] >= FIRST_DAY_OF_2024_RULES
        if careless:
            # One row has a mark that was retired in 2024, as registers still hold.
            taken = taken.copy()
            taken[-1, np.argmax(here[-1])] = RETIRED
        pupils = _pupils(roll.known.on(days[-1]), rows)
        body = list(_rows(pupils, days, taken, here))
        if body:
            wrong, odd = _wrong(body[-1], days[-1]) if careless else ([], [])
            yield desk.deliver(
                min(_next_month(month) + SENT_AFTER, desk.period.today),
                roll.school.key,
                SOURCE,
                f"register-{month:%Y-%m}.csv",
                [HEADER, *body, *wrong, *odd],
                len(wrong) + int(careless and bool(here[-1].any())),
                len(odd),
            )


def _pupils(known: Known, rows: Sequence[int]) -> list[str]:
    """The part of a line that is the same every day, for each pupil."""
    return [
        f"{known.upn[row]},{known.key[row]},{known.surname[row]},{known.forename[row]},"
        f"{iso(known.birth[row])},{known.postcode[row]},"
        for row in rows
    ]


def _rows(
    pupils: list[str], days: tuple[date, ...], taken: np.ndarray, here: np.ndarray
) -> Iterator[str]:
    for number, day in enumerate(days):
        codes = taken[number].astype(np.int64)
        pairs, written = (codes[:, 0] * len(MARKS) + codes[:, 1]).tolist(), f"{day},"
        lines = [p + written + PAIRS[pair] for p, pair in zip(pupils, pairs, strict=True)]
        yield from lines if here[number].all() else compress(lines, here[number])


def _wrong(line: str, day: date) -> tuple[list[str], list[str]]:
    """Second copies of a line: no such day, no pupil; and an odd one, a wrong check letter."""
    who, _, morning, afternoon = line.rsplit(",", 3)
    upn = who.partition(",")[0]
    wrong = [
        f"{who},{day.strftime(NO_SUCH_DAY)},{morning},{afternoon}",
        f",,,,,,{day},{morning},{afternoon}",
    ]
    return wrong, [line.replace(upn, with_wrong_check_letter(upn), 1)] if upn else []


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
