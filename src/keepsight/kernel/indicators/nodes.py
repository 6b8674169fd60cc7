"""The parts of a rule: frozen, and valid by construction.

A rule says which events count (`Select`), makes numbers of them, and asks truths of the numbers.
All arithmetic is whole or rational, so that every engine gives the same answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import TypeAlias

from keepsight.kernel.indicators.conditions import (
    LARGEST,
    Condition,
    IndicatorError,
    readable_fields,
)
from keepsight.kernel.indicators.selecting import Beside, Select, Shared
from keepsight.kernel.indicators.windows import AnyWindow, SchoolYear, Window
from keepsight.kernel.vocabulary.events import BY_KIND

LARGEST_FACTOR = 100


@dataclass(frozen=True, slots=True)
class Count:
    """How many events."""

    events: Select


@dataclass(frozen=True, slots=True)
class Days:
    """On how many different days: the same fact from two agencies counts once.

    The days are those that the selection's `moment` names, the first one if in progress.
    """

    events: Select


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a field over events; an empty field adds nothing."""

    events: Select
    field: str

    def __post_init__(self) -> None:
        plain = readable_fields(BY_KIND[self.events.kind]).get(self.field)
        if plain is not int:
            raise IndicatorError(
                f"{self.events.kind}: {self.field} cannot be added up; only whole numbers can."
            )


AGENCY = "agency"
"""What may be counted of every event: who sent it."""

MOST_SELECTIONS = 20


@dataclass(frozen=True, slots=True)
class Different:
    """How many different values of a text field there are over events, or agencies that sent them.

    Several selections are counted together. An empty field is no value.
    """

    events: tuple[Select, ...]
    field: str = AGENCY

    def __post_init__(self) -> None:
        if not 1 <= len(self.events) <= MOST_SELECTIONS:
            raise IndicatorError(f"Count over 1 to {MOST_SELECTIONS} selections of events.")
        for select in self.events:
            plain = readable_fields(BY_KIND[select.kind]).get(self.field)
            if self.field != AGENCY and plain is not str:
                raise IndicatorError(
                    f"{select.kind}: {self.field} cannot be told apart; only texts can."
                )


@dataclass(frozen=True, slots=True)
class Times:
    """A number multiplied by a whole number or a fraction above 0, its parts at most 100."""

    number: "Number"
    factor: int | Fraction

    def __post_init__(self) -> None:
        exact = type(self.factor) in (int, Fraction)
        if not exact or self.factor <= 0 or max(self.ratio) > LARGEST_FACTOR:
            raise IndicatorError(
                f"A number cannot be multiplied by {self.factor!r}: only by a whole number or a"
                f" fraction above 0, made of numbers up to {LARGEST_FACTOR}."
            )
        if any(isinstance(part, Times) for part in parts(self.number)):
            raise IndicatorError("Multiply once: put the two factors into one.")

    @property
    def ratio(self) -> tuple[int, int]:
        return self.factor.as_integer_ratio()


@dataclass(frozen=True, slots=True)
class Plus:
    """Two numbers added."""

    left: "Number"
    right: "Number"


Number: TypeAlias = Count | Days | Total | Different | Times | Plus
NUMBERS: tuple[type[Number], ...] = (Count, Days, Total, Different, Times, Plus)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number is no less than a whole number above 0, or than another number."""

    number: Number
    least: Number | int

    def __post_init__(self) -> None:
        least = self.least
        if isinstance(least, int) and (type(least) is bool or not 1 <= least <= LARGEST):
            raise IndicatorError(f"“At least {least}” asks nothing: begin at 1.")
        if not isinstance(least, int) and type(least) not in NUMBERS:
            raise IndicatorError(f"“At least {least}” is not a whole number or a number of events.")


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of them is so."""

    truths: tuple["Truth", ...]

    def __post_init__(self) -> None:
        _refuse_empty(self.truths)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of them is so, or more."""

    truths: tuple["Truth", ...]

    def __post_init__(self) -> None:
        _refuse_empty(self.truths)


@dataclass(frozen=True, slots=True)
class SeveralOf:
    """At least so many of them are so."""

    least: int
    truths: tuple["Truth", ...]

    def __post_init__(self) -> None:
        _refuse_empty(self.truths)
        if not 1 <= self.least <= len(self.truths):
            raise IndicatorError(f"{self.least} of {len(self.truths)} cannot be asked for.")


@dataclass(frozen=True, slots=True)
class Unless:
    """It is not so. It brings no evidence: what did not happen is not an event."""

    truth: "Truth"


@dataclass(frozen=True, slots=True)
class Given:
    """It is so, as background only: its events are no reason for worry, so no evidence."""

    truth: "Truth"


Truth: TypeAlias = AtLeast | AllOf | AnyOf | SeveralOf | Unless | Given
Node: TypeAlias = AnyWindow | Condition | Beside | Shared | Select | Number | Truth

NODES: tuple[type[Node], ...] = (
    *(Window, SchoolYear, Condition, Beside, Shared, Select),
    *NUMBERS,
    *(AtLeast, AllOf, AnyOf, SeveralOf, Unless, Given),
)


def parts(node: Node) -> Iterator[Node]:
    """The node and every node under it."""
    yield node
    for field in fields(node):
        value = getattr(node, field.name)
        for under in value if isinstance(value, tuple) else (value,):
            if is_dataclass(under):
                yield from parts(under)  # type: ignore[arg-type]


def rests_on_events(truth: Truth) -> bool:
    """Whether it can only ever be met by at least one event, as an alert must be."""
    match truth:
        case AtLeast(least=least):
            return isinstance(least, int)
        case AllOf(truths):
            return any(map(rests_on_events, truths))
        case AnyOf(truths):
            return all(map(rests_on_events, truths))
        case SeveralOf(least, truths):
            return sum(not rests_on_events(each) for each in truths) < least
        case Unless() | Given():
            return False


def _refuse_empty(truths: tuple[Truth, ...]) -> None:
    if not truths:
        raise IndicatorError("An empty list of conditions is never right: name at least one.")
