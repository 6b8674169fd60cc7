"""School attendance codes as dated data, and the reduced marks that may leave education.

Law: School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208, regulation
10, in force from 19 August 2024; before that SI 2006/1751. `domain.md` section 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keepsight.kernel.vocabulary.attendance_table import (
    CHANGED_IN_2024,
    FIRST_DAY_OF_2006_RULES,
    FIRST_DAY_OF_2024_RULES,
    IN_FORCE,
    LAST_DAY_OF_2006_RULES,
    NEW_IN_2024,
    READ_IN_THE_SOURCE,
    REGULATIONS_2006,
    REGULATIONS_2024,
)
from keepsight.kernel.vocabulary.code_sets import Mark, UnknownCodeError


class Category(StrEnum):
    """How a session counts in statistics."""

    ATTENDING = "attending"
    APPROVED_ACTIVITY = "approved_activity"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"
    NOT_COLLECTED = "not_collected"


ABSENCE = frozenset({Category.AUTHORISED, Category.UNAUTHORISED})
POSSIBLE = ABSENCE | {Category.ATTENDING, Category.APPROVED_ACTIVITY}


class ReducedMark(StrEnum):
    """All that other agencies learn of a session.

    Illness, appointments, religious observance, travelling and detention tell of health, belief,
    ethnicity or crime, so none of them leaves education as itself.
    """

    PRESENT = "present"
    LATE = "late"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AttendanceCode:
    """One code while one set of regulations gives its meaning; both dates are included."""

    code: str
    meaning: str
    category: Category
    in_force_from: date
    in_force_until: date | None
    mark: Mark
    source: str

    @property
    def possible(self) -> bool:
        """Whether the pupil could have attended: the denominator of an absence rate."""
        return self.category in POSSIBLE

    @property
    def absent(self) -> bool:
        """Whether the session counts as missed in statistics (so also U, arriving too late)."""
        return self.category in ABSENCE

    @property
    def unexplained(self) -> bool:
        """Whether nobody has said where the pupil was: N and O, and no other code."""
        return self.code in {"N", "O"}

    @property
    def late(self) -> bool:
        """Whether the pupil came, but late: L before the register closed, U after."""
        return self.code in {"L", "U"}

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until or day) >= day


def code_on(code: str, day: date) -> AttendanceCode:
    """What a code meant on a day; raises `UnknownCodeError` if it was not in force then."""
    for row in ROWS_OF_CODE.get(code, ()):
        if row.in_force_on(day):
            return row
    if code in ROWS_OF_CODE:
        raise UnknownCodeError(f"Attendance code “{code}” was not in force on {day:%-d %B %Y}.")
    raise UnknownCodeError(f"“{code}” is not a school attendance code.")


def count_of(mark: str, day: date) -> tuple[int, int, int, int, int]:
    """Sessions possible, absent, unauthorised, unexplained and late that one mark counts: 0 or 1.

    No mark counts as nothing; raises `UnknownCodeError` for one that was not in force then.
    """
    if not mark:
        return (0, 0, 0, 0, 0)
    code = code_on(mark, day)
    unauthorised = code.absent and code.category is Category.UNAUTHORISED
    return (
        int(code.possible),
        int(code.absent),
        int(unauthorised),
        int(code.unexplained),
        int(code.late),
    )


def reduced(code: AttendanceCode) -> ReducedMark:
    """What may leave education of a session.

    N is unknown until a reason is found. U is late, because that is where the pupil was, though
    statistics count it as unauthorised absence.
    """
    if code.late:
        return ReducedMark.LATE
    if code.code == "N":
        return ReducedMark.UNKNOWN
    return REDUCED_CATEGORY[code.category]


REDUCED_CATEGORY = {
    Category.ATTENDING: ReducedMark.PRESENT,
    Category.APPROVED_ACTIVITY: ReducedMark.PRESENT,
    Category.AUTHORISED: ReducedMark.AUTHORISED,
    Category.UNAUTHORISED: ReducedMark.UNAUTHORISED,
    Category.NOT_POSSIBLE: ReducedMark.NOT_POSSIBLE,
    Category.NOT_COLLECTED: ReducedMark.NOT_POSSIBLE,
}


def _rows() -> Iterator[AttendanceCode]:
    for category, meanings in IN_FORCE.items():
        for code, meaning in meanings.items():
            yield _row_of_2024(code, meaning, Category(category))
            if code not in NEW_IN_2024 and code not in CHANGED_IN_2024:
                yield _row_of_2006(code, meaning, Category(category))
    for code, (meaning, category) in CHANGED_IN_2024.items():
        yield _row_of_2006(code, meaning, Category(category))


def _row_of_2024(code: str, meaning: str, category: Category) -> AttendanceCode:
    return AttendanceCode(
        code=code,
        meaning=meaning,
        category=category,
        in_force_from=FIRST_DAY_OF_2024_RULES,
        in_force_until=None,
        mark=READ_IN_THE_SOURCE.get(code, "M"),
        source=REGULATIONS_2024,
    )


def _row_of_2006(code: str, meaning: str, category: Category) -> AttendanceCode:
    return AttendanceCode(
        code=code,
        meaning=meaning,
        category=category,
        in_force_from=FIRST_DAY_OF_2006_RULES,
        in_force_until=LAST_DAY_OF_2006_RULES,
        mark="M",
        source=REGULATIONS_2006,
    )


ATTENDANCE_CODES = tuple(_rows())
ROWS_OF_CODE = {
    row.code: tuple(r for r in ATTENDANCE_CODES if r.code == row.code) for row in ATTENDANCE_CODES
}
