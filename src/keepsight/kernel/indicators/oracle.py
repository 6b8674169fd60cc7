"""The plain evaluator: slow, readable, and what every engine must agree with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Given,
    Moment,
    Number,
    Plus,
    Select,
    SeveralOf,
    Times,
    Total,
    Truth,
    Unless,
    Window,
)
from keepsight.kernel.vocabulary.events import Event

Evidence = frozenset[str]
NO_EVENTS: Evidence = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator that was met on a day, and the ids of the events that met it, in order."""

    code: str
    version: int
    as_of: date
    evidence: tuple[str, ...]


def evaluate(indicator: Indicator, events: Sequence[Event], as_of: date) -> Finding | None:
    """The finding about one child on one day, or none.

    `events` are all those in force, as known on the day that is asked about.
    """
    if not indicator.in_force(as_of):
        return None
    evidence = _Reading(events, as_of).reasons(indicator.rule)
    if evidence is None:
        return None
    return Finding(indicator.code, indicator.version, as_of, tuple(sorted(evidence)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One child's events read on one day."""

    events: Sequence[Event]
    as_of: date
    _chosen: dict[Select, list[Event]] = field(default_factory=dict)

    def reasons(self, truth: Truth) -> Evidence | None:
        """The events that make it so, which may be none; or nothing if it is not so."""
        match truth:
            case AtLeast(number, least):
                met = self.number(number) >= self.number(least)
                return self.counted(number) | self.counted(least) if met else None
            case AllOf(truths):
                return self.several(len(truths), truths)
            case AnyOf(truths):
                return self.several(1, truths)
            case SeveralOf(least, truths):
                return self.several(least, truths)
            case Unless(under):
                return NO_EVENTS if self.reasons(under) is None else None
            case Given(under):
                return None if self.reasons(under) is None else NO_EVENTS

    def several(self, least: int, truths: Iterable[Truth]) -> Evidence | None:
        met = [found for truth in truths if (found := self.reasons(truth)) is not None]
        return NO_EVENTS.union(*met) if len(met) >= least else None

    def number(self, number: Number | int) -> Fraction:
        match number:
            case int():
                return Fraction(number)
            case Count(select):
                return Fraction(len(self.chosen(select)))
            case Days(select):
                return Fraction(len({_day(event, select) for event in self.chosen(select)}))
            case Total(select, name):
                values = (getattr(event.content, name) for event in self.chosen(select))
                return Fraction(sum(value for value in values if value is not None))
            case Times(under, factor):
                return self.number(under) * factor
            case Plus(left, right):
                return self.number(left) + self.number(right)

    def counted(self, number: Number | int) -> Evidence:
        match number:
            case int():
                return NO_EVENTS
            case Count(select) | Days(select) | Total(select, _):
                return frozenset(event.id for event in self.chosen(select))
            case Times(under, _):
                return self.counted(under)
            case Plus(left, right):
                return self.counted(left) | self.counted(right)

    def chosen(self, select: Select) -> list[Event]:
        if select not in self._chosen:
            self._chosen[select] = [event for event in self.events if self.fits(event, select)]
        return self._chosen[select]

    def fits(self, event: Event, select: Select) -> bool:
        return (
            event.kind == select.kind
            and _falls(event, select.moment, select.window, self.as_of)
            and all(_says(event, condition) for condition in select.where)
            and not self.answered(event, select)
        )

    def answered(self, event: Event, select: Select) -> bool:
        answer = select.unanswered_by
        if answer is None:
            return False
        asked = _day(event, select)
        return any(_day(each, answer) >= asked for each in self.chosen(answer))


def _day(event: Event, select: Select) -> date:
    if select.moment is Moment.ENDED and event.last_day is not None:
        return event.last_day
    return event.day


def _falls(event: Event, moment: Moment, window: Window, as_of: date) -> bool:
    first, last = as_of - timedelta(days=window.first), as_of - timedelta(days=window.last)
    match moment:
        case Moment.BEGAN:
            return first <= event.day <= last
        case Moment.ENDED:
            return event.last_day is not None and first <= event.last_day <= last
        case Moment.IN_PROGRESS:
            return event.day <= last and (event.last_day is None or event.last_day >= first)


def _says(event: Event, condition: Condition) -> bool:
    said: Any = getattr(event.content, condition.field)
    wanted: Any = condition.value
    if said is None or said == ():
        return condition.operator is Operator.EMPTY
    match condition.operator:
        case Operator.IS:
            return bool(said == wanted)
        case Operator.IS_NOT:
            return bool(said != wanted)
        case Operator.IN:
            return bool(said in wanted)
        case Operator.HAS_ANY:
            return not set(wanted).isdisjoint(said)
        case Operator.AT_LEAST:
            return bool(said >= wanted)
        case Operator.AT_MOST:
            return bool(said <= wanted)
        case Operator.PRESENT:
            return True
        case Operator.EMPTY:
            return False
