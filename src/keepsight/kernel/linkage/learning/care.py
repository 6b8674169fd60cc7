"""Which agencies often have a detail wrong, and how much less a difference then speaks against.

Of two records that differ neither says which is wrong. But among pairs that agree on all else,
expectation maximisation (Dempster, Laird, Rubin 1977) tells those of one child from those of two,
and so how often an agency’s records differ from others’ of the same child. It takes no number and
nobody’s judgement, so it is known of agencies that hold no identifiers too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Levels, Numbers, Pairs, Table, Weights
from keepsight.kernel.linkage.bulk.comparing import mistaken
from keepsight.kernel.linkage.bulk.scoring import Met
from keepsight.kernel.linkage.learning.chance import maximised
from keepsight.kernel.linkage.learning.evidence import Patterns, patterns_of
from keepsight.kernel.linkage.levels import LEVELS, MISTAKEN, NEARLY

SURE: Mapping[str, tuple[str, ...]] = {
    "date_of_birth": ("surname", "forename"),
    "surname": ("date_of_birth", "postcode"),
    "forename": ("date_of_birth", "postcode"),
}
"""Columns on which two records agree where a column’s mistakes are counted."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "date_of_birth": ("date_of_birth", "postcode", "sex"),
    "surname": ("surname", "forename", "sex"),
    "forename": ("forename", "surname", "sex"),
}
"""The columns that tell one child from two there."""

FEWEST = 1_000
"""Pairs with other agencies’ records from which an agency’s mistakes are counted."""

OFTEN = 1.4
"""An agency often has wrong what it has wrong so many times as often as the median agency (our own
choice)."""

LEAST = 0.005
"""Mistakes rarer than this are not often, however much rarer those of others are."""

Shares = Mapping[str, Mapping[int, float]]
"""For each column of `SURE` and agency, how often its records differ from others’ of one child."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The pairs that agree on what is sure and say the column, and the pattern of each."""

    patterns: Patterns
    place: Numbers
    pairs: Pairs


def mistakes(table: Table, met: Met, chance: Mapping[str, Weights]) -> Shares:
    """How often each agency’s records differ from those of others about the same child.

    `chance` is how often two people’s records agree on each level. Agencies of which too few pairs
    are known are left out.
    """
    codes, agencies = _agencies(table)
    return {
        column: _by_agency(_sure(met, column), column, codes, agencies, chance) for column in SURE
    }


def often_mistaken(shares: Shares) -> dict[int, frozenset[str]]:
    """The agencies that often have a column wrong, and which."""
    found: dict[int, set[str]] = {}
    for column, by_agency in shares.items():
        if len(by_agency) < 3:
            continue
        limit = max(OFTEN * float(np.median(list(by_agency.values()))), LEAST)
        for agency, share in by_agency.items():
            if share >= limit:
                found.setdefault(agency, set()).add(column)
    return {agency: frozenset(columns) for agency, columns in found.items()}


def heeding(table: Table, met: Met, chance: Mapping[str, Weights]) -> tuple[Table, Met]:
    """The same, once it is counted which agencies often have what wrong."""
    often = often_mistaken(mistakes(table, met, chance))
    codes, agencies = _agencies(table)
    careless = {
        column: np.array([column in often.get(agency, ()) for agency in agencies], bool)[codes]
        for column in SURE
    }
    heeded = replace(table, careless=careless)
    levels = met.levels | {
        name: mistaken(met.levels[column], heeded, column, met.pairs)
        for name, column in MISTAKEN.items()
    }
    return heeded, Met(met.pairs, levels)


def forgiven(table: Table, met: Met, chance: Mapping[str, Weights]) -> dict[str, Weights]:
    """What the levels of `MISTAKEN` weigh: how much more often one child’s records then differ."""
    return {
        name: _forgiven(table, _sure(met, column), column, chance)
        for name, column in MISTAKEN.items()
    }


def _sure(met: Met, column: str) -> _Counted:
    agree = met.levels[column] >= 0
    for name in SURE[column]:
        agree &= met.levels[name] == len(LEVELS[name]) - 1
    chosen = np.flatnonzero(agree)
    levels: dict[str, Levels] = {name: met.levels[name][chosen] for name in BESIDE[column]}
    patterns, place = patterns_of(levels, {})
    return _Counted(patterns, place, Pairs(met.pairs.left[chosen], met.pairs.right[chosen]))


def _by_agency(
    counted: _Counted,
    column: str,
    codes: Numbers,
    agencies: list[int],
    chance: Mapping[str, Weights],
) -> dict[int, float]:
    left, right = codes[counted.pairs.left], codes[counted.pairs.right]
    across = left != right
    size = len(counted.patterns)
    counts = np.zeros((len(agencies), size), np.int64)
    for side in (left[across], right[across]):
        keys = side * size + counted.place[across]
        counts += np.bincount(keys, minlength=counts.size).reshape(counts.shape)
    return {
        agency: 1.0 - float(_of_one_child(counted.patterns, row, column, chance)[-1])
        for agency, row in zip(agencies, counts, strict=True)
        if row.sum() >= FEWEST
    }


def _forgiven(
    table: Table, counted: _Counted, column: str, chance: Mapping[str, Weights]
) -> Weights:
    careless = table.careless.get(column)
    if careless is None:
        return np.zeros(2)
    either = careless[counted.pairs.left] | careless[counted.pairs.right]
    differing = []
    for chosen in (either, ~either):
        counts = np.bincount(counted.place[chosen], minlength=len(counted.patterns))
        if counts.sum() < FEWEST:
            return np.zeros(2)
        same = _of_one_child(counted.patterns, counts.astype(np.int64), column, chance)
        near = NEARLY[column]
        differing.append(np.array([same[:near].sum(), same[near:-1].sum()]))
    bits: Weights = np.maximum(np.log2(differing[0] / differing[1]), 0.0)
    return np.maximum.accumulate(bits)


def _of_one_child(
    patterns: Patterns, counts: Numbers, column: str, chance: Mapping[str, Weights]
) -> Weights:
    """How often records of one child are on each level of a column."""
    sizes = {name: len(LEVELS[name]) for name in BESIDE[column]}
    return maximised(replace(patterns, counts=counts), chance, sizes)[column]


def _agencies(table: Table) -> tuple[Numbers, list[int]]:
    """For each record the place of its agency, and the agencies."""
    agencies, codes = np.unique(table.agencies, return_inverse=True)
    return codes.astype(np.int64), agencies.tolist()
