"""What one field of an event must say: a condition that cannot be written wrongly."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from keepsight.kernel.vocabulary.content.base import Content, base_type, field_types

TEXTS = tuple[str, ...]
Value = str | int | bool | tuple[str, ...] | None

LARGEST = 1_000_000_000
"""No count of anything that agencies send comes near it; every engine holds it exactly."""


class IndicatorError(ValueError):
    """A rule that cannot be; the message is one sentence for the person who wrote it."""


class Operator(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    HAS_ANY = "has_any"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PRESENT = "present"
    EMPTY = "empty"


ALWAYS = frozenset({Operator.PRESENT, Operator.EMPTY})
SAME = frozenset({Operator.IS, Operator.IS_NOT})

TAKEN_BY: dict[Any, frozenset[Operator]] = {
    str: ALWAYS | SAME | {Operator.IN},
    int: ALWAYS | SAME | {Operator.AT_LEAST, Operator.AT_MOST},
    bool: ALWAYS | {Operator.IS},
    date: ALWAYS,
    TEXTS: ALWAYS | {Operator.HAS_ANY},
}

NEVER_READ = frozenset(
    {
        "address",
        "area",
        "country_of_birth",
        "disabilities",
        "ethnicity",
        "first_language",
        "gender",
        "gender_identity",
        "language",
        "nationality",
        "postcode",
        "religion",
        "sex",
        "sexual_orientation",
        "sexuality",
    }
)
"""What no rule may turn on, whatever kind of event comes to hold it (`domain.md` 1b, R17)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must say. An empty field meets `empty` only, so not even `is_not`."""

    field: str
    operator: Operator
    value: Value = None

    def __post_init__(self) -> None:
        if self.field in NEVER_READ:
            raise IndicatorError(f"No indicator may read {self.field}.")
        if not _value_fits(self.operator, self.value):
            raise IndicatorError(
                f"“{self.field} {self.operator}” cannot be followed by {self.value!r}."
            )

    def check(self, content: type[Content]) -> None:
        """Raises `IndicatorError` unless this kind of event has the field, and of that type."""
        plain = readable_fields(content).get(self.field)
        if plain is None:
            raise IndicatorError(f"{content.kind} has no field {self.field}.")
        if self.operator not in TAKEN_BY[plain]:
            raise IndicatorError(f"{content.kind}: {self.field} cannot take “{self.operator}”.")
        if self.operator in (Operator.IS, Operator.IS_NOT) and type(self.value) is not plain:
            raise IndicatorError(f"{content.kind}: {self.field} is never {self.value!r}.")


def readable_fields(content: type[Content]) -> dict[str, Any]:
    """The fields of a kind of event, each with its plain type; none if it is not `readable`."""
    if not content.readable:
        return {}
    return {field.name: base_type(expected) for field, expected in field_types(content)}


def _value_fits(operator: Operator, value: Value) -> bool:
    match operator:
        case Operator.PRESENT | Operator.EMPTY:
            return value is None
        case Operator.IN | Operator.HAS_ANY:
            return isinstance(value, tuple) and bool(value) and all(map(_is_text, value))
        case Operator.AT_LEAST | Operator.AT_MOST:
            return type(value) is int and abs(value) <= LARGEST
        case _:
            small = type(value) is not int or abs(value) <= LARGEST
            return isinstance(value, str | int) and small


def _is_text(value: object) -> bool:
    return isinstance(value, str)
