"""What may be wrong with one record, as words to write rules in."""

from collections.abc import Callable, Iterable

from keepsight.kernel.calendar import SATURDAY
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.year import ReturnYear

Is = Callable[[Record], bool]


def where(condition: Is, field: str) -> Breaks:
    """Broken where the condition is so; the field is named."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        if condition(record):
            yield Fault(field)

    return breaks


def missing(field: str, *, when: Is = lambda record: True) -> Breaks:
    """A field is not given where it should be."""
    return where(lambda record: record.text(field) is None and when(record), field)


def given(field: str, *, when: Is) -> Breaks:
    """A field is given where it should not be."""
    return where(lambda record: record.text(field) is not None and when(record), field)


def has(field: str, *codes: str) -> Is:
    """Whether a field is given and, where codes are named, is one of them."""

    def condition(record: Record) -> bool:
        return any(not codes or text in codes for text in record.texts(field))

    return condition


def none_of(*conditions: Is) -> Is:
    return lambda record: not any(condition(record) for condition in conditions)


def all_of(*conditions: Is) -> Is:
    return lambda record: all(condition(record) for condition in conditions)


def before(field: str, other: str, *, same_day: bool = False) -> Breaks:
    """A day comes before another of this record or of one around it.

    With `same_day`, or on the same day.
    """

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        day, least = record.day(field), record.near(other)
        if day and least and (day < least or (same_day and day == least)):
            yield Fault(field, detail=f"{other} is {_said(record, other)}.")

    return breaks


def after(field: str, other: str) -> Breaks:
    """A day comes after another of this record or of one around it."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        most = record.near(other)
        for text in record.texts(field):
            day = record.read_day(text)
            if day and most and day > most:
                yield Fault(field, value=text, detail=f"{other} is {_said(record, other)}.")

    return breaks


def same_day(field: str, other: str) -> Breaks:
    """Two days of a record are one day."""

    def condition(record: Record) -> bool:
        return record.day(field) is not None and record.day(field) == record.day(other)

    return where(condition, field)


def outside_year(*fields: str, when: Is = lambda record: True) -> Breaks:
    """A day is not in the year of the return."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        for field in fields:
            day = record.day(field)
            if day and not year.has(day) and when(record):
                yield Fault(field)

    return breaks


def after_year(*fields: str, when: Is = lambda record: True) -> Breaks:
    """A day is after the year of the return has ended."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        for field in fields:
            for text in record.texts(field):
                day = record.read_day(text)
                if day and year.after(day) and when(record):
                    yield Fault(field, value=text)

    return breaks


def weekend(*fields: str) -> Breaks:
    """A day is a Saturday or a Sunday."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        for field in fields:
            day = record.day(field)
            if day and day.weekday() >= SATURDAY:
                yield Fault(field, detail=f"It is a {day:%A}.")

    return breaks


def repeated(field: str) -> Breaks:
    """A repeated field has the same value twice."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        texts = record.texts(field)
        for text in dict.fromkeys(text for text in texts if texts.count(text) > 1):
            yield Fault(field, value=text)

    return breaks


def alone(field: str, code: str) -> Breaks:
    """A code that says there is nothing stands beside others."""
    return where(lambda r: code in r.texts(field) and len(set(r.texts(field))) > 1, field)


def _said(record: Record, field: str) -> str:
    place: Record | None = record
    while place is not None and field not in place.values:
        place = place.outer
    return place.shown(field) if place else ""
