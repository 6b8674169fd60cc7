"""Days as labelled files write them: year, month and day in any of the usual orders."""

import re
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"([A-Za-z]{3})[A-Za-z]*"
_TIME = r"(?:[T ].*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ]?(\d\d?|[A-Za-z]{{3}})[-/. ]?(\d\d?){_TIME}")
_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS = re.compile(rf"(\d\d?)[-/. ](\d\d?)[-/. ](\d{{4}}){_TIME}")
_WORDS = re.compile(rf"(\d\d?)(?:st|nd|rd|th)?[-/. ]?{_MONTH}[-/., ]*(\d{{4}}){_TIME}")


def day_of(text: str, *, month_first: bool = False) -> date | None:
    """The day that a text is, or nothing where it is none; a time after it is left off."""
    plain = text.strip()
    if found := _TOGETHER.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _NUMBERS.fullmatch(plain):
        first, second, year = found.groups()
        month, day = (first, second) if month_first else (second, first)
    elif found := _WORDS.fullmatch(plain):
        day, month, year = found.groups()
    else:
        return None
    return _day(year, month, day)


def _day(year: str, month: str, day: str) -> date | None:
    name = month.casefold()
    try:
        number = int(month) if month.isdecimal() else _MONTHS.index(name) + 1
        return date(int(year), number, int(day))
    except ValueError:
        return None
