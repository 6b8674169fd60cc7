"""Whether each number that a rule turns on is a named threshold, in the unit that the rule counts.

A number with no name has no source and no mark, and nobody can ask where it comes from.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from fractions import Fraction
from typing import Any, NamedTuple

from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.nodes import (
    AtLeast,
    Days,
    Times,
    Total,
    Truth,
    parts,
)
from keepsight.kernel.indicators.selecting import Beside, Shared
from keepsight.kernel.indicators.windows import SchoolYear, Window
from keepsight.kernel.vocabulary.field_words import COUNTED

ITSELF = 1
"""“At least one” is the bare “there was”, and needs no name."""


class Turning(NamedTuple):
    """A number that a rule turns on; `unit` is empty where any word will do."""

    value: int | Fraction
    unit: str


def turning_points(rule: Truth) -> set[Turning]:
    """Every number that a rule turns on, but for one, with what it counts."""
    found = {each for part in parts(rule) for each in COUNTING.get(type(part), _whole)(part)}
    return {each for each in found if each.value != ITSELF}


def unnamed(indicator: Indicator) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong with its thresholds: the place in it, and a sentence."""
    return [
        wrong
        for each in sorted(turning_points(indicator.rule), key=str)
        if (wrong := _wrong(indicator, each))
    ]


def _wrong(indicator: Indicator, turning: Turning) -> tuple[tuple[str | int, ...], str] | None:
    value, unit = turning
    said = f"{value} {unit}".strip()
    named = {at: each.unit for at, each in enumerate(indicator.thresholds) if each.value == value}
    if not named:
        return ("thresholds",), f"The rule turns on {said}, and no threshold names that number."
    if unit and unit not in named.values():
        at, other = next(iter(named.items()))
        return (
            ("thresholds", at, "unit"),
            f"The rule counts {said}, and the threshold calls them {value} {other}.",
        )
    return None


def _whole(part: Any) -> Iterator[Turning]:
    """Of a part that has no entry below: each whole number or fraction in it."""
    for each in fields(part):
        value = getattr(part, each.name)
        if type(value) in (int, Fraction):
            yield Turning(value, "")


def _window(window: Window) -> Iterator[Turning]:
    yield Turning(window.first - window.last + 1, "days")
    if window.last:
        yield Turning(window.last, "days")


def _beside(beside: Beside) -> Iterator[Turning]:
    if beside.within:
        yield Turning(beside.within, "days")


def _shared(shared: Shared) -> Iterator[Turning]:
    if shared.within:
        yield Turning(shared.within, "days")
    yield Turning(shared.others, "children")


def _none(part: object) -> Iterator[Turning]:
    return iter(())


def _at_least(truth: AtLeast) -> Iterator[Turning]:
    if isinstance(truth.least, int):
        yield Turning(truth.least, _unit(truth.number))


def _unit(number: Any) -> str:
    """What a number is a number of, where that has one word."""
    if isinstance(number, Days):
        return "days"
    if isinstance(number, Total):
        return "sessions" if COUNTED[number.field].startswith("sessions") else ""
    return ""


def _times(number: Times) -> Iterator[Turning]:
    yield Turning(number.factor, "times")


COUNTING: dict[type[Any], Callable[[Any], Iterator[Turning]]] = {
    Window: _window,
    SchoolYear: _none,
    Beside: _beside,
    Shared: _shared,
    AtLeast: _at_least,
    Times: _times,
}
"""What a part counts, where a reader must know more than that it holds a number."""
