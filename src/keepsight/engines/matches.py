"""What the selections of rules find: one long Ibis table, a row per selection and event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias

import ibis
from ibis import Table

from keepsight.engines.bonds import Bonded, Column, bonded_events
from keepsight.engines.company import shared_column, with_company
from keepsight.engines.covers import Cover
from keepsight.engines.kind_tables import kind_table
from keepsight.engines.measures import Channel
from keepsight.kernel.indicators.conditions import Condition, Operator
from keepsight.kernel.indicators.nodes import AGENCY
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Select
from keepsight.kernel.indicators.windows import AnyWindow, Moment, days_of_window
from keepsight.kernel.vocabulary.events import BY_KIND

Keep: TypeAlias = Callable[[str, Table], Table]
"""Says how a table that several parts of a query read is worked out once, under a name."""


@dataclass(frozen=True, slots=True)
class _Scans:
    """The selections that stand by themselves, numbered: what the tables of kinds are read for.

    A channel with nothing beside its events keeps its number. A bonded one begins from one of
    these, and its bonds lead to others.
    """

    numbers: Mapping[Channel, int]
    as_of: date

    @classmethod
    def of(cls, channels: Mapping[Channel, int], as_of: date) -> "_Scans":
        numbers = {channel: number for channel, number in channels.items() if not channel[0].beside}
        for select, field in channels:
            beside: list[Channel] = [(each.events, None) for each in select.beside]
            for channel in [_alone((select, field)), *beside]:
                numbers.setdefault(channel, len(channels) + len(numbers))
        return cls(numbers, as_of)

    def table(self, cover: Cover | None, keep: Keep) -> Table:
        """Columns child_id, event_id, scan, match_day, day, over, amount and label, of the children
        who have an event of the cover.

        Each table of a kind is read once, whatever the number of selections from it.
        """
        if cover is None:
            return self._of_kinds(self.by_kind)
        looked = {channel[0].kind for channel in cover}
        first = keep("looked", self._of_kinds(looked))
        held = first.scan.isin([self.numbers[_alone(channel)] for channel in cover])
        children = keep("children", first.filter(held).select("child_id").distinct())
        covered = first.filter(first.child_id.isin(children.child_id))
        rest = self.by_kind.keys() - looked
        if not rest:
            return covered
        return covered.union(self._of_kinds(rest, children))

    @property
    def by_kind(self) -> dict[str, list[Channel]]:
        kinds: dict[str, list[Channel]] = {}
        for channel in self.numbers:
            kinds.setdefault(channel[0].kind, []).append(channel)
        return kinds

    def _of_kinds(self, kinds: Iterable[str], children: Table | None = None) -> Table:
        scans = [self._of_kind(kind, self.by_kind[kind], children) for kind in sorted(kinds)]
        return ibis.union(*scans) if len(scans) > 1 else scans[0]

    def _of_kind(self, kind: str, channels: Sequence[Channel], children: Table | None) -> Table:
        events = kind_table(BY_KIND[kind])
        events = events.filter(_near(events, channels, self.as_of))
        if children is not None:
            events = events.filter(events.child_id.isin(children.child_id))
        events = with_company(events, [select for select, _ in channels], self.as_of)
        held = [
            reduce(and_, _chosen(events, select, self.as_of)).ifelse(
                self.numbers[select, field], -1
            )
            for select, field in channels
        ]
        listed = events.mutate(scan=ibis.array([each.cast("int64") for each in held]).unnest())
        listed = listed.filter(listed.scan >= 0)
        return listed.select(
            "child_id",
            "event_id",
            "scan",
            "day",
            match_day=self._where(
                listed, channels, listed.day, lambda each: _own_day(listed, each[0])
            ),
            over=_over(listed, kind, self.as_of),
            amount=self._where(
                listed, channels, ibis.null("int64"), lambda each: _amount(listed, each[1])
            ),
            label=self._where(
                listed, channels, ibis.null("string"), lambda each: _label(listed, each[1])
            ),
        )

    def _where(
        self,
        listed: Table,
        channels: Sequence[Channel],
        otherwise: Column,
        said: Callable[[Channel], Column | None],
    ) -> Column:
        """What each channel says of its own events, if it says anything."""
        told = [
            (listed.scan == self.numbers[channel], column)
            for channel in channels
            if (column := said(channel)) is not None
        ]
        return ibis.cases(*told, else_=otherwise) if told else otherwise


def matches(channels: Mapping[Channel, int], as_of: date, cover: Cover | None, keep: Keep) -> Table:
    """Columns child_id, event_id, channel, match_day; `amount` where the channel adds up, and
    `label` where it tells apart. Of those who have nothing of the cover there is no row.
    """
    scans = _Scans.of(channels, as_of)
    scanned = keep("scanned", scans.table(cover, keep))
    found = _told(scanned.filter(scanned.scan < len(channels)), "scan")
    bonded = {
        number: Bonded(
            scans.numbers[_alone((select, field))],
            tuple((each, scans.numbers[each.events, None]) for each in select.beside),
        )
        for (select, field), number in channels.items()
        if select.beside
    }
    if not bonded:
        return found
    return found.union(_told(bonded_events(scanned, bonded), "channel"))


def _told(events: Table, channel: str) -> Table:
    return events.select("child_id", "event_id", "match_day", "amount", "label", channel=channel)


def _alone(channel: Channel) -> Channel:
    """The same events with nothing beside them."""
    select, field = channel
    return replace(select, beside=()), field


def _chosen(events: Table, select: Select, as_of: date) -> tuple[Column, ...]:
    conditions = (
        *_falls(events, select.moment, select.window, as_of),
        *(_says(events, condition) for condition in select.where),
        *([events[shared_column(select.shared)]] if select.shared else []),
    )
    if not select.weekdays:
        return conditions
    day = events.last_day if select.moment is Moment.ENDED else events.day
    return (*conditions, day.day_of_week.index().isin(select.weekdays))


def _own_day(events: Table, select: Select) -> Column | None:
    """The day that its moment names, where that is not the first."""
    return events.last_day if select.moment is Moment.ENDED else None


def _amount(events: Table, field: str | None) -> Column | None:
    if field in (None, AGENCY) or not events[field].type().is_integer():
        return None
    return events[field].cast("int64")


def _label(events: Table, field: str | None) -> Column | None:
    if field is None or (field != AGENCY and events[field].type().is_integer()):
        return None
    return events[field].cast("string")


def _over(events: Table, kind: str, as_of: date) -> Column:
    """The last day of an event: of one that lasts and has not ended, the day of judgement."""
    if kind not in LASTING_KINDS:
        return ibis.coalesce(events.last_day, events.day)
    return ibis.coalesce(events.last_day, ibis.greatest(events.day, ibis.literal(as_of)))


def _near(events: Table, channels: Sequence[Channel], as_of: date) -> Column:
    """That it began no later than any channel's window ends, and not before all of them unless it
    lasts: what a file of rows can be skipped by.
    """
    windows = [(select.moment, *days_of_window(select.window, as_of)) for select, _ in channels]
    last = max(last for _, _, last in windows)
    moments = {moment for moment, _, _ in windows}
    first = min(first for _, first, _ in windows)
    if moments == {Moment.BEGAN}:
        return (events.day >= ibis.literal(first)) & (events.day <= ibis.literal(last))
    return events.day <= ibis.literal(last)


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
