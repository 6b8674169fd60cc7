"""A rule in plain words, read from its nodes. Every node has its words here, or the page fails."""

from keepsight.cli.reference.markdown import said
from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.nodes import (
    AGENCY,
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Different,
    Given,
    Number,
    Plus,
    SeveralOf,
    Times,
    Total,
    Truth,
    Unless,
)
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Beside, Bond, Select
from keepsight.kernel.indicators.windows import AnyWindow, Moment, SchoolYear
from keepsight.kernel.vocabulary.events import BY_KIND

INDENT = "  "


def rule_in_words(truth: Truth, depth: int = 0) -> str:
    """A nested list, one condition a line."""
    match truth:
        case AllOf(truths):
            return _list("All of these:", truths, depth)
        case AnyOf(truths):
            return _list("One of these, or more:", truths, depth)
        case SeveralOf(least, truths):
            return _list(f"At least {least} of these:", truths, depth)
        case Unless(under):
            return _list("It is not so that:", (under,), depth)
        case Given(under):
            return _list("As background only, which is no evidence:", (under,), depth)
        case AtLeast():
            return _line(_at_least(truth), depth)


def _list(opening: str, truths: tuple[Truth, ...], depth: int) -> str:
    under = "".join(rule_in_words(each, depth + 1) for each in truths)
    return _line(opening, depth) + under


def _line(text: str, depth: int) -> str:
    return f"{INDENT * depth}- {text}\n"


def _at_least(truth: AtLeast) -> str:
    if truth.least == 1 and isinstance(truth.number, Count):
        return f"There is {_events(truth.number.events)}."
    if isinstance(truth.least, int):
        return f"At least {truth.least}: {_number(truth.number)}."
    number = _number(truth.number)
    return f"{number[0].upper()}{number[1:]}; this is no less than {_number(truth.least)}."


def _number(number: Number) -> str:
    match number:
        case Count(events):
            return f"the number of times that there is {_events(events)}"
        case Days(events):
            return f"the number of different days with {_events(events)}"
        case Total(events, field):
            return f"the sum of `{field}` over every {_events(events, article=False)}"
        case Different(selections, field):
            of = "agencies that sent" if field == AGENCY else f"values of `{field}` over"
            every = ", or ".join(_events(each, article=False) for each in selections)
            return f"the number of different {of} an {every}"
        case Times(under, factor):
            return f"{factor} × {_number(under)}"
        case Plus(left, right):
            return f"{_number(left)}, plus {_number(right)}"


def _events(events: Select, *, article: bool = True) -> str:
    said = f"{'an event' if article else 'event'} “{BY_KIND[events.kind].title}”"
    said += f" {_moment(events)} {_window(events.window)}"
    if events.where:
        said += f", where {' and '.join(map(_condition, events.where))}"
    if events.weekdays:
        said += f", on a {' or '.join(each.name.title() for each in events.weekdays)}"
    return said + "".join(map(_beside, events.beside))


def _beside(beside: Beside) -> str:
    other = _events(beside.events)
    if beside.bond is Bond.DURING:
        return f", {'while' if beside.there else 'but never while'} there was {other}"
    when = f"{beside.bond} which (or on the same day)"
    if beside.within is not None:
        when = f"within {beside.within} days {when}"
    return f", {when} there was {'' if beside.there else 'never '}{other}"


def _moment(events: Select) -> str:
    if events.moment is Moment.ENDED:
        return "that ended"
    if events.moment is Moment.IN_PROGRESS:
        return "that went on"
    return "that began" if events.kind in LASTING_KINDS else "that happened"


def _window(window: AnyWindow) -> str:
    if isinstance(window, SchoolYear):
        back = ("this school year", "last school year")
        return f"in {back[window.back]}" if window.back < 2 else f"{window.back} school years ago"
    days = window.first - window.last + 1
    if window.last:
        return f"in the {days} days before the last {window.last} days"
    return "on the day itself" if days == 1 else f"in the last {days} days"


def _condition(condition: Condition) -> str:
    field = f"`{condition.field}`"
    match condition.operator:
        case Operator.IS:
            return f"{field} is {_value(condition)}"
        case Operator.IS_NOT:
            return f"{field} is given and is not {_value(condition)}"
        case Operator.IN:
            return f"{field} is one of {_value(condition)}"
        case Operator.HAS_ANY:
            return f"{field} names one of {_value(condition)}"
        case Operator.AT_LEAST:
            return f"{field} is {condition.value} or more"
        case Operator.AT_MOST:
            return f"{field} is {condition.value} or less"
        case Operator.PRESENT:
            return f"{field} is given"
        case Operator.EMPTY:
            return f"{field} is not given"


def _value(condition: Condition) -> str:
    if isinstance(condition.value, tuple):
        return ", ".join(condition.value)
    return said(condition.value)
