"""Reading a value as text into a day, a time, a number or a yes: strictly, with a plain reason."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from keepsight.kernel.calendar import LONDON

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|T00:00:00Z?)?", re.ASCII)
_BRITISH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_MOMENT = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}) (\d\d?):(\d\d)(?::(\d\d))?", re.ASCII)
_ISO_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)
_CENSUS = re.compile(r"(\d{4})-([A-Z][a-z]{2})-(\d\d)(?: \d\d:\d\d:\d\d)?", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}
_FLAGS = {"0": False, "1": True, "false": False, "true": True}
_REMEMBERED = 1 << 15

ReadDay = Callable[[str], date]


class NotReadable(ValueError):
    """A value that cannot be read; the message says what was expected."""


def reading_day(expected: str) -> Callable[[Callable[[str], date | None]], ReadDay]:
    """Make a reader of days out of one that gives `None`, remembering the days it has seen."""

    def decorated(read: Callable[[str], date | None]) -> ReadDay:
        @lru_cache(maxsize=_REMEMBERED)
        def checked(text: str) -> date:
            try:
                day = read(text)
            except ValueError:
                day = None
            if day is None:
                raise NotReadable(f"This is not a day; write it as {expected}.")
            return day

        return checked

    return decorated


@reading_day("yyyy-mm-dd")
def iso_day(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


@reading_day("dd/mm/yyyy")
def british_day(text: str) -> date | None:
    found = _BRITISH.fullmatch(text)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


@reading_day("yyyy-Mon-dd, such as 2025-Jan-31")
def census_day(text: str) -> date | None:
    found = _CENSUS.fullmatch(text)
    month = _MONTHS.get(found[2]) if found else None
    return date(int(found[1]), month, int(found[3])) if found and month else None


def british_moment(text: str) -> datetime:
    """A day and time in London; raises `NotReadable`."""
    found = _MOMENT.fullmatch(text)
    if found:
        day, month, year, hour, minute = map(int, found.groups()[:5])
        try:
            return datetime(year, month, day, hour, minute, int(found[6] or 0), tzinfo=LONDON)
        except ValueError:
            pass
    raise NotReadable("This is not a day and time; write it as dd/mm/yyyy HH:MM.")


def iso_moment(text: str) -> datetime:
    """The same as 2026-01-31 14:05, also with a T between; with an offset it is that moment."""
    try:
        if not _ISO_MOMENT.fullmatch(text):
            raise ValueError
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NotReadable("This is not a day and time; write it as yyyy-mm-dd HH:MM.") from None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def whole_number(text: str) -> int:
    """A count of 0 or more, also as 135.0, which spreadsheets write; raises `NotReadable`."""
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise NotReadable("This is not a whole number of 0 or more.")
    return int(digits)


def flag(text: str) -> bool:
    """Yes or no as 0, 1, false or true; raises `NotReadable`."""
    if text.casefold() not in _FLAGS:
        raise NotReadable("This is neither yes nor no; write 1 or 0.")
    return _FLAGS[text.casefold()]


DAYS: dict[str, ReadDay] = {
    "yyyy-mm-dd": iso_day,
    "dd/mm/yyyy": british_day,
    "yyyy-Mon-dd": census_day,
}
"""How a mapping file names the ways of writing a day."""

MOMENTS: dict[str, Callable[[str], datetime]] = {
    "dd/mm/yyyy HH:MM": british_moment,
    "yyyy-mm-dd HH:MM": iso_moment,
}
"""How a mapping file names the ways of writing a day and time."""
