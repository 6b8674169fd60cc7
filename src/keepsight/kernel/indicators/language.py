"""What a person writes: words that put the parts of a rule together and read almost as English.

at_least(3, days_of(began("missing_episode", in_last(90))))
"""

from dataclasses import replace
from fractions import Fraction

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.indicators.conditions import Condition, Operator, Value
from keepsight.kernel.indicators.indicator import Threshold
from keepsight.kernel.indicators.nodes import (
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
from keepsight.kernel.indicators.selecting import Beside, Bond, Select, Shared
from keepsight.kernel.indicators.windows import AnyWindow, Moment, SchoolYear, Weekday, Window

Whole = int | Threshold


def _whole(value: Whole) -> int:
    """The whole number; a fraction passes on, so that the node it reaches can refuse it."""
    return value.value if isinstance(value, Threshold) else value  # type: ignore[return-value]


def in_last(days: Whole) -> Window:
    """So many days up to the day of judgement, which is itself one of them."""
    return Window(_whole(days) - 1)


def in_days_before(days: Whole, *, the_last: Whole) -> Window:
    """So many days that end just before the last so many."""
    return Window(_whole(the_last) + _whole(days) - 1, _whole(the_last))


TODAY = Window(0)
THIS_SCHOOL_YEAR = SchoolYear()
LAST_SCHOOL_YEAR = SchoolYear(1)


def began(kind: str, window: AnyWindow, *where: Condition) -> Select:
    """Events that happened, or began, in the window."""
    return Select(kind, window, where)


def ended(kind: str, window: AnyWindow, *where: Condition) -> Select:
    """Events that ended in the window."""
    return Select(kind, window, where, Moment.ENDED)


def in_progress(kind: str, window: AnyWindow, *where: Condition) -> Select:
    """Events going on at any time in the window: not over before it, and not after it."""
    return Select(kind, window, where, Moment.IN_PROGRESS)


def unanswered(events: Select, *, by: Select, within: Whole | None = None) -> Select:
    """Those events after which nothing of the other selection came, nor on the same day."""
    return _beside(events, Beside(Bond.AFTER, by, _days(within), there=False))


def followed(events: Select, *, by: Select, within: Whole | None = None) -> Select:
    """Those events after which something of the other selection came, or on the same day."""
    return _beside(events, Beside(Bond.AFTER, by, _days(within)))


def preceded(events: Select, *, by: Select, within: Whole | None = None) -> Select:
    """Those events before which something of the other selection came, or on the same day."""
    return _beside(events, Beside(Bond.BEFORE, by, _days(within)))


def first_of(events: Select, *, since: Select, within: Whole | None = None) -> Select:
    """Those events before which nothing of the other selection came, nor on the same day."""
    return _beside(events, Beside(Bond.BEFORE, since, _days(within), there=False))


def during(events: Select, other: Select) -> Select:
    """Those events that share a day with one of the other selection."""
    return _beside(events, Beside(Bond.DURING, other))


def not_during(events: Select, other: Select) -> Select:
    """Those events that share no day with any of the other selection."""
    return _beside(events, Beside(Bond.DURING, other, there=False))


def on_weekdays(events: Select, *weekdays: Weekday) -> Select:
    return replace(events, weekdays=weekdays)


def shared(events: Select, *by: EntityKind, within: Whole, others: Whole) -> Select:
    """Those events that name what was named about another child of whom harm is on record too, or
    about so many other children.
    """
    return replace(events, shared=Shared(by, _whole(within), _whole(others)))


def sequence(first: Select, second: Select, *, within: Whole) -> Truth:
    """One, then the other within so many days: both are evidence."""
    return all_of(
        some(followed(first, by=second, within=within)),
        some(preceded(second, by=first, within=within)),
    )


def _beside(events: Select, beside: Beside) -> Select:
    return replace(events, beside=(*events.beside, beside))


def _days(within: Whole | None) -> int | None:
    return None if within is None else _whole(within)


def says(field: str, value: Value) -> Condition:
    return Condition(field, Operator.IS, value)


def says_other_than(field: str, value: Value) -> Condition:
    return Condition(field, Operator.IS_NOT, value)


def says_one_of(field: str, *values: str) -> Condition:
    return Condition(field, Operator.IN, values)


def lists_any(field: str, *values: str) -> Condition:
    return Condition(field, Operator.HAS_ANY, values)


def says_at_least(field: str, least: Whole) -> Condition:
    return Condition(field, Operator.AT_LEAST, _whole(least))


def says_at_most(field: str, most: Whole) -> Condition:
    return Condition(field, Operator.AT_MOST, _whole(most))


def says_something(field: str) -> Condition:
    return Condition(field, Operator.PRESENT)


def says_nothing(field: str) -> Condition:
    return Condition(field, Operator.EMPTY)


def count_of(events: Select) -> Number:
    return Count(events)


def days_of(events: Select) -> Number:
    """On how many different days: the same fact from two agencies counts once."""
    return Days(events)


def total(field: str, events: Select) -> Number:
    return Total(events, field)


def different(field: str, *events: Select) -> Number:
    """How many different values of a text field."""
    return Different(events, field)


def agencies_of(*events: Select) -> Number:
    """How many different agencies sent the events."""
    return Different(events)


def times(factor: int | Fraction | Threshold, number: Number) -> Number:
    return Times(number, factor.value if isinstance(factor, Threshold) else factor)


def plus(left: Number, right: Number) -> Number:
    return Plus(left, right)


def at_least(least: Whole | Number, number: Number) -> Truth:
    return AtLeast(number, _whole(least) if isinstance(least, int | Threshold) else least)


def some(events: Select) -> Truth:
    return AtLeast(Count(events), 1)


def none(events: Select) -> Truth:
    return Unless(some(events))


def all_of(*truths: Truth) -> Truth:
    return AllOf(truths)


def any_of(*truths: Truth) -> Truth:
    return AnyOf(truths)


def several_of(least: Whole, *truths: Truth) -> Truth:
    return SeveralOf(_whole(least), truths)


def given(truth: Truth) -> Truth:
    """So, as background only: not itself a reason for worry, so no evidence."""
    return Given(truth)
