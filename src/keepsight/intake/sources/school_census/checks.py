"""The term that a School Census file is of, and attendance codes that are not in force."""

import re
from datetime import date

from keepsight.intake.fields import Fields
from keepsight.intake.rows import FileRefused
from keepsight.kernel.formats.school_census import first_day
from keepsight.kernel.vocabulary.attendance import ROWS_OF_CODE, code_on
from keepsight.kernel.vocabulary.code_sets import UnknownCodeError

UNKNOWN_CATEGORY = "unknown"
_TERM = re.compile(r"(?<!\d)(20\d\d)[_ -](autumn|spring|summer)(?![a-z])", re.IGNORECASE)


def term_of(filename: str) -> tuple[int, str] | None:
    """The year and term in a file's name, such as 2025_spring_pupilonroll.csv."""
    found = _TERM.search(filename)
    return (int(found[1]), found[2].lower()) if found else None


def day_of_term(filename: str) -> date | None:
    """The first day of the file's term, if its name says which."""
    term = term_of(filename)
    return first_day(*term) if term else None


def refuse_without_term(filename: str) -> None:
    """A count of sessions means nothing without its term."""
    if term_of(filename) is None:
        raise FileRefused(
            f"“{filename}” does not say which term it is of; name it like "
            "2025_spring_termlysessiondetailsonroll.csv."
        )


def category_of(fields: Fields, code: str, day: date) -> str:
    """How sessions under a code count; remarks on a code that was not in force on the day."""
    try:
        return code_on(code, day).category.value
    except UnknownCodeError as error:
        fields.note("attendancereason", str(error))
    rows = ROWS_OF_CODE.get(code, ())
    return rows[-1].category.value if rows else UNKNOWN_CATEGORY
