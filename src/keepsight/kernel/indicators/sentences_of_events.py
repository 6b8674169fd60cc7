"""The events that a rule speaks of, as English: one, several, or that there was one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from keepsight.kernel.indicators.conditions import TEXTS, Condition, Operator, readable_fields
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Beside, Bond, Select, Shared
from keepsight.kernel.indicators.windows import Moment, SchoolYear, Window
from keepsight.kernel.vocabulary.events import BY_KIND
from keepsight.kernel.vocabulary.field_words import COUNTED, FIELDS, STATED, in_words
from keepsight.kernel.vocabulary.nouns import NOUNS, with_article


def one(events: Select, article: str | None = None) -> str:
    """One such event; `article` goes before it, and is “a” or “an” unless it is given."""
    noun = NOUNS[events.kind][0]
    named = with_article(noun) if article is None else f"{article}{noun}"
    return f"{named} {_when(events)}{_further(events)}"


def several(events: Select) -> str:
    """Such events, in the plural."""
    return f"{NOUNS[events.kind][1]} {_when(events, plural=True)}{_further(events)}"


def happening(events: Select) -> str:
    """That there was one, as what follows “days on which”."""
    if events.kind not in LASTING_KINDS:
        return f"there was {one(events)}"
    noun, window = with_article(NOUNS[events.kind][0]), _window(events)
    further = _further(events)
    match events.moment:
        case Moment.BEGAN:
            return f"{noun} began {window}{further}"
        case Moment.ENDED:
            return f"{noun} ended {window}{further}"
        case Moment.IN_PROGRESS:
            return f"{noun} began that {_when(events).removeprefix('that ')}{further}"


def _when(events: Select, *, plural: bool = False) -> str:
    window = _window(events)
    if events.kind not in LASTING_KINDS:
        return window
    match events.moment:
        case Moment.BEGAN:
            return f"that began {window}"
        case Moment.ENDED:
            return f"that ended {window}"
        case Moment.IN_PROGRESS:
            sometime = "" if window.startswith("on ") else "at some time "
            return f"that {'were' if plural else 'was'} in progress {sometime}{window}"


def _window(events: Select) -> str:
    return WINDOWS[type(events.window)](events.window)


def _days_back(window: Window) -> str:
    days, after = window.first - window.last + 1, window.last
    if not after:
        return "on the day itself" if days == 1 else f"in the last {days:,} days"
    end = "the day itself" if after == 1 else f"the last {after:,} days"
    return f"on the day before {end}" if days == 1 else f"in the {days:,} days before {end}"


def _school_year(window: SchoolYear) -> str:
    if window.back < len(SCHOOL_YEARS):
        return SCHOOL_YEARS[window.back]
    return f"in the school year {window.back} years before this one"


SCHOOL_YEARS = ("in this school year", "in the last school year")

WINDOWS: dict[type[Any], Callable[[Any], str]] = {Window: _days_back, SchoolYear: _school_year}
"""How each kind of window says when: beginning with “in” or, for one day, with “on”."""


def _further(events: Select) -> str:
    """On which weekdays, what the events must say, and what must stand beside them or must not."""
    said = ""
    if events.weekdays:
        said = f", on a {listed([each.name.capitalize() for each in events.weekdays])}"
    if events.where:
        conditions = " and ".join(_condition(events.kind, each) for each in events.where)
        said += f", where {conditions}"
    if events.shared:
        said += f", {_shared(events.shared)}"
    return said + "".join(map(_beside, events.beside))


def _shared(shared: Shared) -> str:
    """What other children have to do with it: a rule, and never an alert, says so much."""
    named = listed([with_article(each.in_words) for each in shared.by])
    if not shared.within:
        when = "on the same day"
    else:
        days = "day" if shared.within == 1 else "days"
        when = f"at most {shared.within} {days} before or after"
    return (
        f"naming {named} that was also named, {when}, about another child of whom harm is on record"
        f" or about at least {shared.others} other children"
    )


def _beside(beside: Beside) -> str:
    other = one(beside.events, None if beside.there else "no ")
    return f", with {other}, {_when_beside(beside)}"


def _when_beside(beside: Beside) -> str:
    if beside.bond is Bond.DURING:
        return "at the same time"
    later = "later" if beside.bond is Bond.AFTER else "before it"
    if beside.within is None:
        return f"on the same day or {later}"
    if not beside.within:
        return "on the same day"
    days = "day" if beside.within == 1 else "days"
    return f"on the same day or at most {beside.within} {days} {later}"


def _condition(kind: str, condition: Condition) -> str:
    plain = readable_fields(BY_KIND[kind])[condition.field]
    return CONDITIONS[plain](kind, condition)


def _text(kind: str, condition: Condition) -> str:
    name = FIELDS[condition.field]
    match condition.operator:
        case Operator.EMPTY:
            return f"no {name} is given"
        case Operator.IS | Operator.IN:
            return f"the {name} is {_quoted(kind, condition)}"
        case Operator.IS_NOT:
            return f"{with_article(name)} is given that is not {_quoted(kind, condition)}"
        case _:
            return f"{with_article(name)} is given"


def _texts(kind: str, condition: Condition) -> str:
    name = FIELDS[condition.field]
    match condition.operator:
        case Operator.EMPTY:
            return f"no {name} are given"
        case Operator.HAS_ANY:
            return f"the {name} include {_quoted(kind, condition)}"
        case _:
            return f"{name} are given"


def _number(kind: str, condition: Condition) -> str:
    counted = COUNTED[condition.field]
    number = f"the number of {counted}"
    match condition.operator:
        case Operator.IS:
            return f"{number} is {condition.value:,}"
        case Operator.IS_NOT:
            return f"{number} is given and is not {condition.value:,}"
        case Operator.AT_LEAST:
            return f"there were {condition.value:,} or more {counted}"
        case Operator.AT_MOST:
            return f"there were {condition.value:,} or fewer {counted}"
        case Operator.EMPTY:
            return f"{number} is not given"
        case _:
            return f"{number} is given"


def _yes_or_no(kind: str, condition: Condition) -> str:
    so, not_so = STATED[condition.field]
    match condition.operator:
        case Operator.PRESENT:
            return f"it is stated whether {so}"
        case Operator.EMPTY:
            return f"it is not stated whether {so}"
        case _:
            return so if condition.value else not_so


CONDITIONS: dict[Any, Callable[[str, Condition], str]] = {
    str: _text,
    date: _text,
    int: _number,
    bool: _yes_or_no,
    TEXTS: _texts,
}
"""How what a field must say is said, by the type of the field."""


def _quoted(kind: str, condition: Condition) -> str:
    value = condition.value
    values = value if isinstance(value, tuple) else (str(value),)
    return listed([f"“{in_words(kind, condition.field, each)}”" for each in values])


def listed(words: Sequence[str]) -> str:
    """“a, b or c”."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if words[1:] else words[0]
