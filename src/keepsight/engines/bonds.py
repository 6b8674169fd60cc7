"""Which events stand to which: every bond of every rule, in one join.

A bond asks whether another event of the child falls in a span of days about an event. So each
event asks for a span, once for each of its bonds, and what falls there is looked for once for all:
a query with a join of its own for each bond takes seconds to plan.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, TypeAlias

import ibis
from ibis import Table

from keepsight.kernel.indicators.selecting import Beside, Bond

Column: TypeAlias = Any
"""An Ibis value. Its own types say too little of what its operators give."""

NO_LIMIT = 1_000_000
"""Days: further than any two events of a child are apart."""

NO_DAY = date(1970, 1, 1)
"""Days are counted from here; any day would do."""

EVENT = ("child_id", "event_id", "scan")


@dataclass(frozen=True, slots=True)
class Bonded:
    """From which scan a channel begins, and its bonds, each with the scan that it leads to."""

    scan: int
    besides: tuple[tuple[Beside, int], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One bond of one scan: those of several channels that ask the same are one."""

    scan: int
    other_scan: int
    bond: Bond
    within: int | None

    def span(self, events: Table) -> tuple[Column, Column]:
        """The first and the last day between which another event must fall."""
        limit = NO_LIMIT if self.within is None else self.within
        match self.bond:
            case Bond.AFTER:
                return events.match_day, events.match_day + limit
            case Bond.BEFORE:
                return events.match_day - limit, events.match_day
            case Bond.DURING:
                return events.day, events.over


def each_that_holds(events: Table, name: str, held: Iterable[tuple[Column, int]]) -> Table:
    """A row per event and number whose condition it meets, the number in a column of this name."""
    numbers = [condition.ifelse(number, -1).cast("int64") for condition, number in held]
    listed = events.mutate(**{name: ibis.array(numbers).unnest()})
    return listed.filter(listed[name] >= 0)


def bonded_events(scanned: Table, bonded: Mapping[int, Bonded]) -> Table:
    """The rows of `scanned` to which others stand as a channel asks, with that channel."""
    asked = _asked(bonded.values())
    met = _met(_with_day_numbers(scanned), asked)
    standing = scanned.filter(scanned.scan.isin({each.scan for each in asked})).left_join(
        met, list(EVENT)
    )
    held = [
        (reduce(and_, _conditions(standing, channel, asked)), number)
        for number, channel in bonded.items()
    ]
    return each_that_holds(standing, "channel", held)


def _asked(bonded: Iterable[Bonded]) -> dict[_Asked, int]:
    every = (
        _of(channel.scan, beside, other) for channel in bonded for beside, other in channel.besides
    )
    return {asked: number for number, asked in enumerate(dict.fromkeys(every))}


def _of(scan: int, beside: Beside, other: int) -> _Asked:
    return _Asked(scan, other, beside.bond, beside.within)


def _with_day_numbers(scanned: Table) -> Table:
    return scanned.select(
        *EVENT,
        **{
            name: scanned[name].delta(ibis.literal(NO_DAY), unit="day").cast("int64")
            for name in ("match_day", "day", "over")
        },
    )


def _met(days: Table, asked: Mapping[_Asked, int]) -> Table:
    """A row per event that any bond of it was met, and a column for each bond: whether it was."""
    begun = days.filter(days.scan.isin({each.scan for each in asked}))
    asking = each_that_holds(
        begun, "bond", [(begun.scan == each.scan, number) for each, number in asked.items()]
    )
    asking = asking.select(
        *EVENT,
        "bond",
        first=_by_bond(asking, asked, lambda each: each.span(asking)[0]),
        last=_by_bond(asking, asked, lambda each: each.span(asking)[1]),
        other_scan=_by_bond(asking, asked, lambda each: ibis.literal(each.other_scan, "int64")),
    )
    others = (
        days.filter(days.scan.isin({each.other_scan for each in asked}))
        .select(
            other_child="child_id",
            other_event="event_id",
            at="scan",
            begun="day",
            gone="over",
            other_day="match_day",
        )
        .view()
    )
    spans = asking.bond.isin([number for each, number in asked.items() if each.bond is Bond.DURING])
    pairs = asking.join(
        others,
        (
            asking.child_id == others.other_child,
            asking.other_scan == others.at,
            asking.event_id != others.other_event,
            spans.ifelse(others.begun, others.other_day) <= asking.last,
            spans.ifelse(others.gone, others.other_day) >= asking.first,
        ),
    )
    return pairs.group_by(*EVENT).aggregate(
        **{_column(number): (pairs.bond == number).any() for number in asked.values()}
    )


def _by_bond(
    asking: Table, asked: Mapping[_Asked, int], said: Callable[[_Asked], Column]
) -> Column:
    return ibis.cases(*((asking.bond == number, said(each)) for each, number in asked.items()))


def _conditions(
    standing: Table, channel: Bonded, asked: Mapping[_Asked, int]
) -> tuple[Column, ...]:
    """That the event is of the channel’s scan, and that each bond is met, or is not."""
    conditions = [standing.scan == channel.scan]
    for beside, other in channel.besides:
        met = standing[_column(asked[_of(channel.scan, beside, other)])].fill_null(False)
        conditions.append(met if beside.there else ~met)
    return tuple(conditions)


def _column(bond: int) -> str:
    return f"bond_{bond}"
