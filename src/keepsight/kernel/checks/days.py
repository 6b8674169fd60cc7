"""Days as the checks read them: those of a year that a return about a child can speak of."""

from datetime import date
from functools import lru_cache

from keepsight.kernel.formats import days

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""A day outside these is a slip of the keyboard or a filler, and no rule can count with it."""


@lru_cache(maxsize=1 << 15)
def iso_day(text: str) -> date | None:
    """A day written yyyy-mm-dd."""
    return _possible(days.iso_day(text))


@lru_cache(maxsize=1 << 15)
def british_day(text: str) -> date | None:
    """A day written dd/mm/yyyy."""
    return _possible(days.british_day(text))


def _possible(day: date | None) -> date | None:
    return day if day is not None and FIRST <= day <= LAST else None
