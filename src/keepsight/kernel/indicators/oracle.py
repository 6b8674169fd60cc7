"""The plain evaluator: slow, readable, and what every engine must agree with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from keepsight.kernel.entities.company import Company, is_shared
from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.indicator import Indicator
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
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Beside, Bond, Select, Shared
from keepsight.kernel.indicators.windows import AnyWindow, Moment, days_of_window
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


NOBODY: Company = {}


def evaluate(
    indicator: Indicator, events: Sequence[Event], as_of: date, company: Company = NOBODY
) -> Finding | None:
    """The finding about one child on one day, or none.

    `events` are all those in force, as known on the day that is asked about, and `company` is what
    was known then of other children whom the same entities were named about.
    """
    if not indicator.in_force(as_of):
        return None
    evidence = _Reading(events, as_of, company).reasons(indicator.rule)
    if evidence is None:
        return None
    return Finding(indicator.code, indicator.version, as_of, tuple(sorted(evidence)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One child's events read on one day."""

    events: Sequence[Event]
    as_of: date
    company: Company = field(default_factory=dict)
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
            case Different(selects, name):
                said = (_of(event, name) for select in selects for event in self.chosen(select))
                return Fraction(len({value for value in said if value is not None}))
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
            case Different(selects, _):
                return frozenset(event.id for each in selects for event in self.chosen(each))
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
            and (not select.weekdays or _day(event, select).weekday() in select.weekdays)
            and (select.shared is None or self.is_shared(event, select.shared))
            and all(self.stands(event, select, beside) for beside in select.beside)
        )

    def is_shared(self, event: Event, shared: Shared) -> bool:
        return is_shared(
            self.company.get(event.id, ()),
            by=shared.by,
            within=shared.within,
            others=shared.others,
            as_of=self.as_of,
        )

    def stands(self, event: Event, select: Select, beside: Beside) -> bool:
        found = any(
            self.bound(event, other, select, beside)
            for other in self.chosen(beside.events)
            if other.id != event.id
        )
        return found is beside.there

    def bound(self, event: Event, other: Event, select: Select, beside: Beside) -> bool:
        if beside.bond is Bond.DURING:
            return event.day <= self.over(other) and other.day <= self.over(event)
        day, beside_day = _day(event, select), _day(other, beside.events)
        days = (beside_day - day).days
        days = days if beside.bond is Bond.AFTER else -days
        return days >= 0 and (beside.within is None or days <= beside.within)

    def over(self, event: Event) -> date:
        """The last day of an event: of one that lasts and has not ended, the day of judgement."""
        if event.last_day is not None:
            return event.last_day
        return max(self.as_of, event.day) if event.kind in LASTING_KINDS else event.day


def _day(event: Event, select: Select) -> date:
    if select.moment is Moment.ENDED and event.last_day is not None:
        return event.last_day
    return event.day


def _of(event: Event, field: str) -> Any:
    return event.agency if field == AGENCY else getattr(event.content, field)


def _falls(event: Event, moment: Moment, window: AnyWindow, as_of: date) -> bool:
    first, last = days_of_window(window, as_of)
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
