"""An indicator as plain data, as JSON and YAML hold it, and back without any loss.

What a node takes is read from its own fields, so a new node needs its name in `NAMES` and no more.
A file made by hand may hold several mistakes: each is said in a sentence, with its place.
"""

from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from keepsight.kernel.indicators.conditions import Condition, IndicatorError
from keepsight.kernel.indicators.indicator import Change, Indicator, Threshold
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Different,
    Given,
    Plus,
    SeveralOf,
    Times,
    Total,
    Unless,
)
from keepsight.kernel.indicators.selecting import Beside, Select, Shared
from keepsight.kernel.indicators.windows import SchoolYear, Window

NAMES: dict[type[Any], str] = {
    Window: "days_back",
    SchoolYear: "school_year",
    Condition: "condition",
    Select: "events",
    Beside: "beside",
    Shared: "shared",
    Count: "count",
    Days: "different_days",
    Total: "total",
    Different: "different",
    Times: "times",
    Plus: "plus",
    AtLeast: "at_least",
    AllOf: "all_of",
    AnyOf: "any_of",
    SeveralOf: "several_of",
    Unless: "unless",
    Given: "given",
    Threshold: "threshold",
    Change: "change",
    Indicator: "indicator",
}
"""What each part is called in a file, where more than one kind of part may stand."""


@dataclass(frozen=True, slots=True)
class DaysBack:
    """A window as people write it: so many days, up to the day or before the last so many."""

    days: int
    before_the_last: int = 0

    stands_for: ClassVar[type[Any]] = Window

    @classmethod
    def of(cls, window: Window) -> "DaysBack":
        return cls(window.first - window.last + 1, window.last)

    def meant(self) -> Window:
        if self.days < 1:
            raise IndicatorError(
                f"A window counts back from the day, and is at least 1 day long, not {self.days}."
            )
        if self.before_the_last < 0:
            raise IndicatorError(
                "A window lies before the day, not after it: “before_the_last” is 0 days or more,"
                f" not {self.before_the_last}."
            )
        return Window(self.before_the_last + self.days - 1, self.before_the_last)


WRITTEN_AS: dict[type[Any], type[Any]] = {Window: DaysBack}
"""Parts that a file holds in other numbers than the rule does."""


def hints_of(part: type[Any]) -> dict[str, Any]:
    """What each field of a part may hold."""
    found = get_type_hints(part)
    return {field.name: found[field.name] for field in fields(part)}


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The single types that may stand where this hint does."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def parts_among(hint: Any) -> list[type[Any]]:
    """Those of the types that are parts of an indicator."""
    return [each for each in alternatives(hint) if isinstance(each, type) and is_dataclass(each)]


def items_of(hint: Any) -> Any:
    """What a list may hold that stands where this hint does; nothing if none may."""
    lists = [each for each in alternatives(hint) if get_origin(each) is tuple]
    return get_args(lists[0])[0] if lists else None


def may_be_left_out(field: Field[Any]) -> bool:
    return field.default is not MISSING


def word_of(member: Enum) -> str:
    return member.name.lower()


def as_data(indicator: Indicator) -> dict[str, Any]:
    """The indicator as texts, whole numbers, lists and groups of names."""
    return _fields(indicator)


def _fields(part: Any) -> dict[str, Any]:
    """Its fields in their order, without those that say what goes without saying."""
    hints = hints_of(type(part))
    return {
        field.name: _data(value, hints[field.name])
        for field in fields(part)
        if (value := getattr(part, field.name)) != field.default
    }


def _data(value: Any, hint: Any) -> Any:
    match value:
        case Enum():
            return word_of(value)
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case date():
            return value.isoformat()
        case tuple():
            return [_data(each, items_of(hint)) for each in value]
    return _part(value, hint) if is_dataclass(value) else value


def _part(part: Any, hint: Any) -> dict[str, Any]:
    stand_in = WRITTEN_AS.get(type(part))
    said = _fields(stand_in.of(part) if stand_in else part)
    return {NAMES[type(part)]: said} if len(parts_among(hint)) > 1 else said
