"""Truths that only ask whether a number is reached, as bits of a few whole numbers per child."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add

import ibis
from ibis import Table

from keepsight.engines.bonds import Column
from keepsight.engines.measures import Channel, Measure, channels_of
from keepsight.kernel.indicators.nodes import AtLeast, Count, Days, Total, Truth, parts

WIDTH = 60
"""Bits in one word: fewer than a signed whole number of 64 bits has."""


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(words: int) -> int:
    """Every engine’s own function of this name, which Ibis does not know of Spark."""
    return words


def is_plain(truth: AtLeast) -> bool:
    """Whether it asks for so many of one channel."""
    return isinstance(truth.number, Count | Days | Total) and isinstance(truth.least, int)


def bits_of(rules: Iterable[Truth]) -> dict[AtLeast, int]:
    """A bit for each plain truth, in the order first met."""
    found = (part for rule in rules for part in parts(rule) if isinstance(part, AtLeast))
    return {truth: bit for bit, truth in enumerate(dict.fromkeys(filter(is_plain, found)))}


def words_of(
    bits: Mapping[AtLeast, int], by_channel: Table, channels: Mapping[Channel, int]
) -> dict[str, Column]:
    """The words as aggregates over a child's rows, one for each channel."""
    said: dict[str, dict[int, list[Column]]] = {}
    for truth, bit in bits.items():
        match truth:
            case AtLeast(Count() | Days() | Total() as measure, int(least)):
                (channel,) = channels_of(measure)
                reached = measured(measure, by_channel) >= least
                worth = reached.ifelse(1 << bit % WIDTH, 0).cast("int64")
                word = said.setdefault(_word(bit), {})
                word.setdefault(channels[channel], []).append(worth)
    return {word: bit_or(_of_rows(by_channel, worths)) for word, worths in said.items()}


def _of_rows(by_channel: Table, worths: Mapping[int, list[Column]]) -> Column:
    told = [(by_channel.channel == number, reduce(add, each)) for number, each in worths.items()]
    return ibis.cases(*told, else_=ibis.literal(0, "int64")).cast("int64")


def has_bit(children: Table, bit: int) -> Column:
    return (children[_word(bit)] & ibis.literal(1 << bit % WIDTH, "int64")) != 0


def measured(measure: Measure, by_channel: Table) -> Column:
    """The column of a channel's row in which a measure of it stands."""
    return by_channel[type(measure).__name__.lower()]


def _word(bit: int) -> str:
    return f"word_{bit // WIDTH}"
