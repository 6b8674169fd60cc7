"""Reading a day as a format writes it: strictly, `None` for anything else."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

ReadDay = Callable[[str], date | None]

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_BRITISH = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_REMEMBERED = 1 << 15


@lru_cache(maxsize=_REMEMBERED)
def iso_day(text: str) -> date | None:
    """A day written yyyy-mm-dd."""
    found = _ISO.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


@lru_cache(maxsize=_REMEMBERED)
def british_day(text: str) -> date | None:
    """A day written dd/mm/yyyy."""
    found = _BRITISH.fullmatch(text)
    return _day(found[3], found[2], found[1]) if found else None


def british(day: date) -> str:
    """A day as dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
