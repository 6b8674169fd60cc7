"""How often two records of two people agree by chance: `u`, and of one person: `m`.

`u` is learnt from random pairs of one agency's records, which hold few true pairs. `m` is learnt
by expectation maximisation (Dempster, Laird, Rubin 1977) among the pairs that a rule brings
together, rule by rule, on the columns that the rule does not fix; the rules' answers are averaged.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from keepsight.kernel.linkage.bulk.blocking import Rule, blocked
from keepsight.kernel.linkage.bulk.columns import Levels, Pairs, Table, Weights
from keepsight.kernel.linkage.bulk.comparing import levels_of
from keepsight.kernel.linkage.learning.evidence import Patterns, patterns_of

RANDOM_PAIRS = 1_000_000
PAIRS_A_RECORD = 100
"""Few records have no more to tell than so many random pairs for each of them."""

SEED = 20_141_119
ROUNDS = 60
SMALLEST = 1e-9
"""No chance is nothing: a level that no random pair showed may still come."""


def by_chance(table: Table, sizes: Mapping[str, int]) -> dict[str, Weights]:
    """`u` of each column's levels among random pairs of these records."""
    rng = np.random.default_rng(SEED)
    count = min(RANDOM_PAIRS, PAIRS_A_RECORD * len(table))
    drawn = rng.integers(0, len(table), (2, count), np.int32)
    drawn = drawn[:, drawn[0] != drawn[1]]
    pairs = Pairs(drawn.min(axis=0), drawn.max(axis=0))
    return shares(levels_of(table, pairs), sizes)


def shares(
    levels: Mapping[str, Levels], sizes: Mapping[str, int], weights: Weights | None = None
) -> dict[str, Weights]:
    """For each column how often each level comes among the pairs that say something of it."""
    found = {}
    for name, size in sizes.items():
        said = levels[name] >= 0
        counts = np.bincount(
            levels[name][said], None if weights is None else weights[said], minlength=size
        )
        found[name] = np.maximum(counts / max(counts.sum(), 1), SMALLEST)
    return found


def by_expectation(
    table: Table, rules: Sequence[Rule], chance: Mapping[str, Weights], sizes: Mapping[str, int]
) -> dict[str, Weights]:
    """`m` of each column's levels, by rules of which each leaves the others' columns free."""
    found: dict[str, list[Weights]] = {name: [] for name in sizes}
    for rule in rules:
        pairs = blocked(table, [rule])
        fixed = {part.column for part in rule}
        free = {name: size for name, size in sizes.items() if name not in fixed}
        if not len(pairs):
            continue
        levels = levels_of(table, pairs)
        patterns, _ = patterns_of({name: levels[name] for name in free}, {})
        for name, m in maximised(patterns, chance, free).items():
            found[name].append(m)
    return {name: _mean(each) for name, each in found.items() if each}


def maximised(
    patterns: Patterns, chance: Mapping[str, Weights], sizes: Mapping[str, int]
) -> dict[str, Weights]:
    """`m` of these columns among the pairs that the patterns count."""
    counts = patterns.counts.astype(float)
    same = {name: _guess(size) for name, size in sizes.items()}
    share = 0.5
    for _ in range(ROUNDS):
        odds = np.full(len(patterns), share / (1 - share))
        for name in sizes:
            ratio = np.append(same[name] / chance[name], 1.0)
            odds = odds * ratio[patterns.levels[name]]
        believed = counts * odds / (1 + odds)
        share = float(np.clip(believed.sum() / counts.sum(), SMALLEST, 1 - SMALLEST))
        same = shares(patterns.levels, sizes, believed)
    return same


def _guess(size: int) -> Weights:
    """Where expectation begins: one person's records mostly agree wholly."""
    rest = np.full(size - 1, 0.1 / (size - 1))
    return np.append(rest, 0.9)


def _mean(found: Sequence[Weights]) -> Weights:
    logged: Weights = np.exp(np.mean(np.log(found), axis=0))
    answer: Weights = logged / logged.sum()
    return answer
