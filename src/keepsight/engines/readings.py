"""The numbers and truths of rules as columns over one row per child."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import TypeGuard

import ibis
from ibis import Table

from keepsight.engines.bits import bits_of, has_bit, is_plain, measured, words_of
from keepsight.engines.bonds import Column
from keepsight.engines.measures import (
    MEASURES,
    Channel,
    Measure,
    channels_of,
    measures_of,
    number_channels,
)
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Different,
    Given,
    Node,
    Number,
    Plus,
    SeveralOf,
    Times,
    Total,
    Truth,
    Unless,
    parts,
)

TRUTHS = (AtLeast, AllOf, AnyOf, SeveralOf, Unless, Given)

Ratio = tuple[Column, int]
"""A whole number over a positive whole number: rationals, exactly, with no division."""


def numbers_by_child(rules: Iterable[Truth], found: Table) -> Table:
    """A row per child with any match: a whole-number column for every measure that is reckoned
    with, and words in whose bits stand the measures that only have to reach a number.

    Days are told apart once for all channels together, and the numbers then turned into columns:
    a query with an aggregate of its own for the days of each channel takes seconds to plan. And an
    aggregate of its own for each number costs more than all else that is done with it.
    """
    listed = list(rules)
    channels, measures = number_channels(listed), measures_of(listed)
    on_days = [channels[each.events, None] for each in measures if isinstance(each, Days)]
    by_channel = found.group_by("child_id", "channel").aggregate(
        count=found.count(),
        total=found.amount.sum(),
        **{"days": found.match_day.nunique(where=found.channel.isin(on_days))} if on_days else {},
    )
    reckoned = dict.fromkeys(_reckoned_with(listed))
    numbers = by_channel.group_by("child_id").aggregate(
        **words_of(bits_of(listed), by_channel, channels),
        **{
            column_of(measure, channels): _of_channel(measure, by_channel, channels)
            for measure in reckoned
            if not isinstance(measure, Different)
        },
    )
    different = {
        column_of(measure, channels): found.label.nunique(
            where=found.channel.isin([channels[each] for each in channels_of(measure)])
        )
        for measure in measures
        if isinstance(measure, Different)
    }
    if not different:
        return numbers
    return numbers.join(found.group_by("child_id").aggregate(**different), "child_id")


def _reckoned_with(rules: Iterable[Truth]) -> Iterator[Measure]:
    for rule in rules:
        for part in parts(rule):
            if isinstance(part, AtLeast) and not is_plain(part):
                yield from (each for each in parts(part) if isinstance(each, MEASURES))


def column_of(measure: Measure, channels: Mapping[Channel, int]) -> str:
    numbers = "_".join(str(channels[each]) for each in channels_of(measure))
    return f"{type(measure).__name__.lower()}_{numbers}"


def _of_channel(measure: Measure, by_channel: Table, channels: Mapping[Channel, int]) -> Column:
    (channel,) = channels_of(measure)
    made = measured(measure, by_channel)
    here = by_channel.channel == channels[channel]
    return made.max(where=here).fill_null(0).cast("int64")


def truths_by_child(rules: Iterable[Truth], numbers: Table) -> "Reading":
    """The rules read off the numbers: a truth that several ask for is worked out once.

    Truths are columns in layers, each read from the one under it. Written out in each place where
    it is asked for, the text of the query would grow by the square of the rules.
    """
    listed = list(rules)
    truths = dict.fromkeys(part for rule in listed for part in parts(rule) if _is_truth(part))
    columns = {truth: f"truth_{number}" for number, truth in enumerate(truths)}
    reading = Reading(numbers, number_channels(listed), columns, bits_of(listed))
    for layer in range(1 + max(map(_height, columns))):
        here = [truth for truth in columns if _height(truth) == layer]
        added = {columns[truth]: reading.truth(truth) for truth in here}
        reading = replace(reading, children=reading.children.mutate(**added))
    return reading


def _is_truth(part: Node) -> TypeGuard[Truth]:
    return isinstance(part, TRUTHS)


def _height(truth: Truth) -> int:
    """How many layers of truths stand under it."""
    return max((1 + _height(under) for under in _under(truth)), default=0)


def _under(truth: Truth) -> tuple[Truth, ...]:
    match truth:
        case AllOf(truths) | AnyOf(truths) | SeveralOf(_, truths):
            return truths
        case Unless(under) | Given(under):
            return (under,)
        case AtLeast():
            return ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A row per child: its numbers, and a column for each truth that is worked out."""

    children: Table
    channels: Mapping[Channel, int]
    columns: Mapping[Truth, str]
    bits: Mapping[AtLeast, int]

    def reasons(self, rule: Truth) -> dict[int, Column]:
        """Per channel, whether its events are evidence of the rule, which was then met."""
        paths: dict[int, list[Column]] = {}
        for channel, met in self.paths(rule, ibis.literal(True)):
            paths.setdefault(channel, []).append(met)
        return {channel: reduce(or_, met) for channel, met in paths.items()}

    def paths(self, truth: Truth, above: Column) -> Iterator[tuple[int, Column]]:
        """Each channel that a truth rests on, with the truths that must be met on the way."""
        here = above & self.met(truth)
        match truth:
            case AtLeast():
                counted = (part for part in parts(truth) if isinstance(part, MEASURES))
                channels = (each for measure in counted for each in channels_of(measure))
                yield from ((self.channels[each], here) for each in channels)
            case AllOf(truths) | AnyOf(truths) | SeveralOf(_, truths):
                for each in truths:
                    yield from self.paths(each, here)
            case Unless() | Given():
                return

    def met(self, truth: Truth) -> Column:
        return self.children[self.columns[truth]]

    def truth(self, truth: Truth) -> Column:
        """Worked out from the layer under it."""
        match truth:
            case AtLeast() if truth in self.bits:
                return has_bit(self.children, self.bits[truth])
            case AtLeast(number, least):
                (top, bottom), (other_top, other_bottom) = self.number(number), self.number(least)
                return top * other_bottom >= other_top * bottom
            case AllOf(truths):
                return reduce(and_, map(self.met, truths))
            case AnyOf(truths):
                return reduce(or_, map(self.met, truths))
            case SeveralOf(least, truths):
                ones = [self.met(each).ifelse(1, 0).cast("int64") for each in truths]
                return reduce(lambda some, one: some + one, ones) >= least
            case Unless(under):
                return ~self.met(under)
            case Given(under):
                return self.met(under)

    def number(self, number: Number | int) -> Ratio:
        match number:
            case int():
                return ibis.literal(number, "int64"), 1
            case Count() | Days() | Total() | Different():
                return self.children[column_of(number, self.channels)], 1
            case Times(under, _):
                (top, bottom), (factor, over) = self.number(under), number.ratio
                return top * factor, bottom * over
            case Plus(left, right):
                (top, bottom), (other_top, other_bottom) = self.number(left), self.number(right)
                return top * other_bottom + other_top * bottom, bottom * other_bottom
