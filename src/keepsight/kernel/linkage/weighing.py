"""What one record weighs beside each of many others: the bulk core's weights, one pair at a time.

A value that comes more than once among the others is compared once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from keepsight.kernel.linkage.comparing import (
    COMPARE,
    Compare,
    Level,
    former_level,
    mistaken_level,
    permanent,
    siblings_level,
)
from keepsight.kernel.linkage.levels import FORMER, LEVELS, MISTAKEN, UNKNOWN
from keepsight.kernel.linkage.model import Model
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.speaking import Evidence, evidence_of

Values = tuple[str | None, ...]
"""What a record says in each column of `COMPARE`, a date as ISO text."""

Earlier = tuple[Collection[str], ...]
"""What a record said before, in each column of `FORMER`."""

NOTHING_BEFORE: Earlier = ((),) * len(FORMER)

UNSAID: Mapping[str, Level] = dict.fromkeys((*FORMER, *MISTAKEN), UNKNOWN)
"""Of most pairs nothing is known but what they say now."""


class Beside(NamedTuple):
    """Another record, as it is weighed beside one. `careless` is as a `LinkageRecord` says it."""

    subject: int
    values: Values
    earlier: Earlier = NOTHING_BEFORE
    careless: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """How many records there are in all, and of the names in hand the share that each has."""

    records: int
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def share(self, column: str, value: str) -> float:
        """The share of those that say one; 0 for a value that nobody was known to have."""
        return self.shares.get(column, {}).get(value, 0.0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Another subject's record, with its weight in bits, and the level of each column."""

    subject: int
    weight: float
    levels: Mapping[str, Level]


class Scales:
    """One record, to be weighed beside others."""

    def __init__(self, model: Model, record: LinkageRecord, population: Population) -> None:
        self._model = model
        self._subject = record.subject
        self._prior = model.prior_bits(population.records)
        said = zip(COMPARE, values_of(record), strict=True)
        self._columns = [_Column(model, name, value, population) for name, value in said]
        # An unknown level picks the last entry: no bits.
        self._siblings = [*model.comparisons["siblings"].bits.tolist(), 0.0]
        self._careless = record.careless
        self._mistaken = {name: [*model.comparisons[name].bits.tolist(), 0.0] for name in MISTAKEN}
        self._said_before = any(earlier_of(record))
        self._former = [
            _Former(model, name, record, before)
            for name, before in zip(FORMER, earlier_of(record), strict=True)
        ]

    def weigh(self, others: Iterable[Beside]) -> list[Weighed]:
        """Each of the others, in the order given."""
        return [self._weigh(other) for other in others]

    def evidence(self, weighed: Weighed) -> tuple[Evidence, ...]:
        """What speaks for and against, in words and bits."""
        rarity = {
            column.name: column.rarity
            for column in self._columns
            if weighed.levels[column.name] == column.exact
        }
        return evidence_of(self._model, weighed.levels, rarity)

    def _weigh(self, other: Beside) -> Weighed:
        subject, values, earlier, careless = other
        lower = subject < self._subject
        levels: dict[str, Level] = {}
        weight = self._prior
        for column, value in zip(self._columns, values, strict=True):
            level, bits = column.against(value, lower)
            levels[column.name] = level
            weight += bits
        levels |= UNSAID
        if self._said_before or earlier is not NOTHING_BEFORE:
            weight += self._weigh_former(levels, values, earlier)
        if self._careless or careless:
            weight += self._weigh_mistaken(levels, careless)
        siblings = siblings_level(levels)
        levels["siblings"] = siblings
        return Weighed(subject, weight + self._siblings[siblings], levels)

    def _weigh_former(self, levels: dict[str, Level], values: Values, earlier: Earlier) -> float:
        weight = 0.0
        for former, before in zip(self._former, earlier, strict=True):
            level = former_level(former.mine, values[former.place], former.before, before)
            levels[former.name] = level
            weight += former.bits[level]
        return weight

    def _weigh_mistaken(self, levels: dict[str, Level], careless: Collection[str]) -> float:
        weight = 0.0
        for name, of in MISTAKEN.items():
            if of in self._careless or of in careless:
                levels[name] = mistaken_level(of, levels[of])
                weight += self._mistaken[name][levels[name]]
        return weight


class _Former:
    """What the record said before in one column, and what it weighs where another says it now."""

    __slots__ = ("before", "bits", "mine", "name", "place")

    def __init__(
        self, model: Model, name: str, record: LinkageRecord, before: Collection[str]
    ) -> None:
        column = FORMER[name]
        self.name = name
        self.before = before
        # An unknown level picks the last entry: no bits.
        self.bits = [*model.comparisons[name].bits.tolist(), 0.0]
        self.place = list(COMPARE).index(column)
        self.mine: str | None = getattr(record, column)


class _Column:
    """One column of the record, and what values met so far came to."""

    __slots__ = ("_bits", "_compare", "_met", "_mine", "exact", "name", "rarity")

    def __init__(self, model: Model, name: str, mine: str | None, population: Population) -> None:
        comparison = model.comparisons[name]
        self.name = name
        self.rarity = 0.0
        self.exact = _exact(name, mine)
        self._mine = mine
        self._bits = [*comparison.bits.tolist(), 0.0]
        self._compare: Compare = COMPARE[name]
        if mine is not None and comparison.rarest is not None:
            share = np.array([population.share(name, mine)])
            self.rarity = float(comparison.rarity_bits(share)[0])
        self._met: dict[tuple[str | None, bool], tuple[Level, float]] = {}

    def against(self, value: str | None, lower: bool) -> tuple[Level, float]:
        """The level of another record's value and its bits; the lower subject's stands first."""
        found = self._met.get((value, lower))
        if found is None:
            found = self._met[value, lower] = self._look(value, lower)
        return found

    def _look(self, value: str | None, lower: bool) -> tuple[Level, float]:
        mine = self._mine
        if value is None or mine is None:
            return UNKNOWN, 0.0
        if value == mine:
            return self.exact, self._bits[self.exact] + self.rarity
        level = self._compare(value, mine) if lower else self._compare(mine, value)
        return level, self._bits[level]


def values_of(record: LinkageRecord) -> Values:
    """What a record says, as it is compared."""
    born = record.date_of_birth
    return (
        record.nhs_number,
        record.upn,
        born.isoformat() if born else None,
        record.surname,
        record.forename,
        record.postcode,
        record.sex,
    )


def beside(record: LinkageRecord) -> Beside:
    """A record as others are weighed."""
    return Beside(record.subject, values_of(record), earlier_of(record), record.careless)


def earlier_of(record: LinkageRecord) -> Earlier:
    """What it said before, as it is compared."""
    return record.former_surnames, record.former_postcodes


def _exact(name: str, value: str | None) -> Level:
    """The level of equal values: a temporary UPN has one of its own."""
    if name == "upn" and value is not None and not permanent(value):
        return 1
    return len(LEVELS[name]) - 1
