"""The numbers and truths of rules as columns over one row per child."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import ibis
from ibis import Table

from keepsight.engines.matches import (
    MEASURES,
    Channel,
    Column,
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
    Number,
    Plus,
    SeveralOf,
    Times,
    Total,
    Truth,
    Unless,
    parts,
)

Ratio = tuple[Column, int]
"""A whole number over a positive whole number: rationals, exactly, with no division."""


def numbers_by_child(rules: Iterable[Truth], found: Table) -> Table:
    """A row per child with any match, and a whole-number column for every measure."""
    listed = list(rules)
    channels = number_channels(listed)
    columns = {
        column_of(measure, channels): _aggregate(
            measure, [channels[each] for each in channels_of(measure)], found
        )
        for measure in measures_of(listed)
    }
    return found.group_by("child_id").aggregate(**columns)


def column_of(measure: Measure, channels: Mapping[Channel, int]) -> str:
    numbers = "_".join(str(channels[each]) for each in channels_of(measure))
    return f"{type(measure).__name__.lower()}_{numbers}"


def _aggregate(measure: Measure, channels: Sequence[int], found: Table) -> Column:
    here = found.channel.isin(channels)
    match measure:
        case Count():
            return found.count(where=here)
        case Days():
            return found.match_day.nunique(where=here)
        case Total():
            return found.amount.sum(where=here).fill_null(0).cast("int64")
        case Different():
            return found.label.nunique(where=here)


@dataclass(frozen=True, slots=True)
class Reading:
    """The rules read off the numbers of every child at once."""

    numbers: Table
    channels: Mapping[Channel, int]

    def reasons(self, rule: Truth) -> dict[int, Column]:
        """Per channel, whether its events are evidence of the rule, which was then met."""
        paths: dict[int, list[Column]] = {}
        for channel, met in self.paths(rule, ibis.literal(True)):
            paths.setdefault(channel, []).append(met)
        return {channel: reduce(or_, met) for channel, met in paths.items()}

    def paths(self, truth: Truth, above: Column) -> Iterator[tuple[int, Column]]:
        """Each channel that a truth rests on, with the truths that must be met on the way."""
        here = above & self.truth(truth)
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

    def truth(self, truth: Truth) -> Column:
        match truth:
            case AtLeast(number, least):
                (top, bottom), (other_top, other_bottom) = self.number(number), self.number(least)
                return top * other_bottom >= other_top * bottom
            case AllOf(truths):
                return reduce(and_, map(self.truth, truths))
            case AnyOf(truths):
                return reduce(or_, map(self.truth, truths))
            case SeveralOf(least, truths):
                ones = [self.truth(each).ifelse(1, 0).cast("int64") for each in truths]
                return reduce(lambda some, one: some + one, ones) >= least
            case Unless(under):
                return ~self.truth(under)
            case Given(under):
                return self.truth(under)

    def number(self, number: Number | int) -> Ratio:
        match number:
            case int():
                return ibis.literal(number, "int64"), 1
            case Count() | Days() | Total() | Different():
                return self.numbers[column_of(number, self.channels)], 1
            case Times(under, _):
                (top, bottom), (factor, over) = self.number(under), number.ratio
                return top * factor, bottom * over
            case Plus(left, right):
                (top, bottom), (other_top, other_bottom) = self.number(left), self.number(right)
                return top * other_bottom + other_top * bottom, bottom * other_bottom
