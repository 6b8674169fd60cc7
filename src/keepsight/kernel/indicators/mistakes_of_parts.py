"""Mistakes whose place in a part is known more closely than “somewhere in it”.

Each takes what could be read of the part's fields. What is not found here, the part itself says.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from keepsight.kernel.indicators.conditions import Condition, IndicatorError, readable_fields
from keepsight.kernel.indicators.indicator import NEVER_SAID, Indicator
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.indicators.windows import Moment, Window
from keepsight.kernel.vocabulary.events import BY_KIND

Found = Iterator[tuple[tuple[str | int, ...], str]]

SAID_TO_PEOPLE = ("title", "question", "reason", "changes")


def _of_select(said: dict[str, Any]) -> Found:
    kind = said.get("kind")
    if not isinstance(kind, str):
        return
    try:
        Select(kind, Window(0))
    except IndicatorError as error:
        close = get_close_matches(kind, [each for each in BY_KIND if BY_KIND[each].readable], n=1)
        meant = f" Did you mean “{close[0]}”?" if close and kind not in BY_KIND else ""
        yield ("kind",), f"{error}{meant}"
        return
    try:
        Select(kind, Window(0), moment=said.get("moment", Moment.BEGAN))
    except IndicatorError as error:
        yield ("moment",), str(error)
    where = said.get("where", ())
    for at, condition in enumerate(where if isinstance(where, tuple) else ()):
        yield from _of_condition(kind, condition, at)


def _of_condition(kind: str, condition: Condition, at: int) -> Found:
    try:
        condition.check(BY_KIND[kind])
    except IndicatorError as error:
        known = readable_fields(BY_KIND[kind])
        others = f" It has: {', '.join(known) or 'none'}." if condition.field not in known else ""
        yield ("where", at), f"{error}{others}"


def _of_indicator(said: dict[str, Any]) -> Found:
    for name in SAID_TO_PEOPLE:
        text = str(said.get(name, "")).lower()
        for phrase in NEVER_SAID:
            if phrase in text:
                yield (name,), f"An indicator never says “{phrase}”: say what happened."


MISTAKES: dict[type[Any], Callable[[dict[str, Any]], Found]] = {
    Select: _of_select,
    Indicator: _of_indicator,
}
