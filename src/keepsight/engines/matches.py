"""What the selections of rules find: one long Ibis table, a row per selection and event."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import ibis
from ibis import Table

from keepsight.engines.kind_tables import kind_table
from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.nodes import (
    Count,
    Days,
    Moment,
    Select,
    Total,
    Truth,
    Window,
    parts,
)
from keepsight.kernel.vocabulary.events import BY_KIND

Column: TypeAlias = Any
"""An Ibis value. Its own types say too little of what its operators give."""

Measure = Count | Days | Total
Channel = tuple[Select, str | None]
"""A selection, with the field that is added up over it if one is."""


def channel_of(measure: Measure) -> Channel:
    return measure.events, measure.field if isinstance(measure, Total) else None


def measures_of(rules: Iterable[Truth]) -> list[Measure]:
    """Every count, days and total that the rules make, once each, in the order first met."""
    found = (part for rule in rules for part in parts(rule))
    return list(dict.fromkeys(part for part in found if isinstance(part, Count | Days | Total)))


def number_channels(rules: Iterable[Truth]) -> dict[Channel, int]:
    channels = dict.fromkeys(channel_of(measure) for measure in measures_of(rules))
    return {channel: number for number, channel in enumerate(channels)}


def matches(channels: Mapping[Channel, int], as_of: date) -> Table:
    """Columns child_id, event_id, channel, match_day, and amount where the channel adds up."""
    found = []
    for (select, field), number in channels.items():
        events = selected(select, as_of)
        amount = events[field] if field else ibis.null("int64")
        found.append(
            events.select(
                "child_id",
                "event_id",
                "match_day",
                channel=ibis.literal(number, "int64"),
                amount=amount,
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
    return _without_answer(events, select.unanswered_by, as_of)


def _without_answer(events: Table, answer: Select | None, as_of: date) -> Table:
    """Keeps what no answer came after: what is later than the child's latest answer."""
    if answer is None:
        return events
    latest = (
        selected(answer, as_of)
        .group_by("child_id")
        .aggregate(latest_answer=lambda answers: answers.match_day.max())
        .rename(answered_child="child_id")
    )
    both = events.left_join(latest, events.child_id == latest.answered_child)
    return both.filter(both.latest_answer.isnull() | (both.latest_answer < both.match_day)).select(
        *events.columns
    )


def _falls(events: Table, moment: Moment, window: Window, as_of: date) -> tuple[Column, ...]:
    first = ibis.literal(as_of - timedelta(days=window.first))
    last = ibis.literal(as_of - timedelta(days=window.last))
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
