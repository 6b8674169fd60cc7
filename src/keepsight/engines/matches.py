"""What the selections of rules find: one long Ibis table, a row per selection and event."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import ibis
from ibis import Table

from keepsight.engines.kind_tables import kind_table
from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.nodes import (
    AGENCY,
    Count,
    Days,
    Different,
    Total,
    Truth,
    parts,
)
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Beside, Bond, Select
from keepsight.kernel.indicators.windows import AnyWindow, Moment, days_of_window
from keepsight.kernel.vocabulary.events import BY_KIND

Column: TypeAlias = Any
"""An Ibis value. Its own types say too little of what its operators give."""

Measure = Count | Days | Total | Different
MEASURES = (Count, Days, Total, Different)
Channel = tuple[Select, str | None]
"""A selection, with the field that is added up or told apart over it if one is."""


def channels_of(measure: Measure) -> tuple[Channel, ...]:
    match measure:
        case Count(events) | Days(events):
            return ((events, None),)
        case Total(events, field):
            return ((events, field),)
        case Different(selections, field):
            return tuple((each, field) for each in selections)


def measures_of(rules: Iterable[Truth]) -> list[Measure]:
    """Every number that the rules make of events, once each, in the order first met."""
    found = (part for rule in rules for part in parts(rule))
    return list(dict.fromkeys(part for part in found if isinstance(part, MEASURES)))


def number_channels(rules: Iterable[Truth]) -> dict[Channel, int]:
    found = (channel for measure in measures_of(rules) for channel in channels_of(measure))
    return {channel: number for number, channel in enumerate(dict.fromkeys(found))}


def matches(channels: Mapping[Channel, int], as_of: date) -> Table:
    """Columns child_id, event_id, channel, match_day; `amount` where the channel adds up, and
    `label` where it tells apart.
    """
    found = []
    for (select, field), number in channels.items():
        events = selected(select, as_of)
        whole = field not in (None, AGENCY) and events[field].type().is_integer()
        told = ibis.null("string") if field is None or whole else events[field].cast("string")
        found.append(
            events.select(
                "child_id",
                "event_id",
                "match_day",
                channel=ibis.literal(number, "int64"),
                amount=events[field] if whole else ibis.null("int64"),
                label=told,
            )
        )
    return ibis.union(*found) if len(found) > 1 else found[0]


def selected(select: Select, as_of: date) -> Table:
    """The events that a selection means, with `match_day`, the day that its moment names."""
    table = kind_table(BY_KIND[select.kind])
    events = table.filter(
        *_falls(table, select.moment, select.window, as_of),
        *(_says(table, condition) for condition in select.where),
    )
    day = events.last_day if select.moment is Moment.ENDED else events.day
    events = events.mutate(match_day=day)
    if select.weekdays:
        events = events.filter(events.match_day.day_of_week.index().isin(select.weekdays))
    for beside in select.beside:
        events = _standing(events, select, beside, as_of)
    return events


def _standing(events: Table, select: Select, beside: Beside, as_of: date) -> Table:
    """Keeps the events to which another stands so, or to which none does.

    The others are a view of their own: two bonds may be to the same selection.
    """
    others = selected(beside.events, as_of)
    others = others.select(
        other_child="child_id",
        other_event="event_id",
        other_day="day" if beside.bond is Bond.DURING else "match_day",
        other_over=_over(others, beside.events, as_of),
    ).view()
    bound = (
        events.child_id == others.other_child,
        events.event_id != others.other_event,
        *_bound(events, others, select, beside, as_of),
    )
    return events.semi_join(others, bound) if beside.there else events.anti_join(others, bound)


def _bound(
    events: Table, others: Table, select: Select, beside: Beside, as_of: date
) -> tuple[Column, ...]:
    if beside.bond is Bond.DURING:
        return (
            events.day <= others.other_over,
            others.other_day <= _over(events, select, as_of),
        )
    early, late = events.match_day, others.other_day
    if beside.bond is Bond.BEFORE:
        early, late = late, early
    if beside.within is None:
        return (early <= late,)
    return early <= late, late.delta(early, unit="day") <= beside.within


def _over(events: Table, select: Select, as_of: date) -> Column:
    """The last day of an event: of one that lasts and has not ended, the day of judgement."""
    if select.kind not in LASTING_KINDS:
        return ibis.coalesce(events.last_day, events.day)
    return ibis.coalesce(events.last_day, ibis.greatest(events.day, ibis.literal(as_of)))


def _falls(events: Table, moment: Moment, window: AnyWindow, as_of: date) -> tuple[Column, ...]:
    first, last = map(ibis.literal, days_of_window(window, as_of))
    match moment:
        case Moment.BEGAN:
            return events.day >= first, events.day <= last
        case Moment.ENDED:
            return events.last_day >= first, events.last_day <= last
        case Moment.IN_PROGRESS:
            return events.day <= last, events.last_day.isnull() | (events.last_day >= first)


def _says(events: Table, condition: Condition) -> Column:
    said: Column = events[condition.field]
    wanted: Any = condition.value
    match condition.operator:
        case Operator.IS:
            return said == wanted
        case Operator.IS_NOT:
            return said != wanted
        case Operator.IN:
            return said.isin(wanted)
        case Operator.HAS_ANY:
            return reduce(or_, [said.contains(each) for each in wanted])
        case Operator.AT_LEAST:
            return said >= wanted
        case Operator.AT_MOST:
            return said <= wanted
        case Operator.PRESENT:
            return ~_is_empty(said)
        case Operator.EMPTY:
            return _is_empty(said)


def _is_empty(said: Column) -> Column:
    if said.type().is_array():
        return said.isnull() | (said.length() == 0)
    return said.isnull()
