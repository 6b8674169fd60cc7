"""Attendance codes that are reduced at the door: what each becomes where a feed says so.

I, M, R, T and Y5 tell of health, belief, travelling or crime. Reduced, a mark says only how the
session counts, so no count changes. The marks that stand in their place are Keepsight's own and no
school sends them; a file that holds one is told so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from keepsight.kernel.vocabulary.attendance import AttendanceCode, Category, code_on
from keepsight.kernel.vocabulary.attendance_table import FIRST_DAY_OF_2006_RULES
from keepsight.kernel.vocabulary.code_sets import Mark

OWN = "Keepsight’s own mark; domain.md section 4; UK GDPR Articles 5(1)(c), 9 and 10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """One code, what stands in its place, and why. Both dates are included."""

    code: str
    becomes: str
    tells_of: str
    in_force_from: date
    in_force_until: date | None = None
    source: str = OWN
    mark: Mark = "M"


def _own(code: str, meaning: str, category: Category) -> AttendanceCode:
    return AttendanceCode(code, meaning, category, FIRST_DAY_OF_2006_RULES, None, "M", OWN)


WITH_REASON = _own("au", "Absent with leave or a reason, which is not kept", Category.AUTHORISED)
NOT_REQUIRED = _own("np", "Could not attend, with a reason that is not kept", Category.NOT_POSSIBLE)
REDUCED_CODES = (WITH_REASON, NOT_REQUIRED)
STANDS_FOR = {each.code: each for each in REDUCED_CODES}

REDUCTIONS: tuple[Reduction, ...] = (
    *(
        Reduction(
            code=code,
            becomes=WITH_REASON.code,
            tells_of=tells_of,
            in_force_from=FIRST_DAY_OF_2006_RULES,
        )
        for code, tells_of in (
            ("I", "health"),
            ("M", "health"),
            ("R", "belief"),
            ("T", "belonging to a travelling community"),
        )
    ),
    Reduction(
        code="Y5",
        becomes=NOT_REQUIRED.code,
        tells_of="crime",
        in_force_from=date(2024, 8, 19),
    ),
)
AT_THE_DOOR: Mapping[str, str] = {each.code: each.becomes for each in REDUCTIONS}


def reduced_code(code: str) -> str:
    """What stands in a code's place; a code that tells nothing of the kind is as it was."""
    return AT_THE_DOOR.get(code, code)


def stored_code_on(code: str, day: date) -> AttendanceCode:
    """What a mark that is stored meant on a day: a school's code, or one of ours in its place.

    Raises `UnknownCodeError` as `code_on` does.
    """
    return STANDS_FOR.get(code) or code_on(code, day)
