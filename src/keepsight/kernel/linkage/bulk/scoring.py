"""What pairs weigh, in bits, by the model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from keepsight.kernel.linkage.bulk.blocking import Rule, blocked
from keepsight.kernel.linkage.bulk.columns import Levels, Pairs, Table, Weights
from keepsight.kernel.linkage.bulk.comparing import levels_of
from keepsight.kernel.linkage.model import Model


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their weight, and for each column the level found."""

    pairs: Pairs
    weight: Weights
    levels: dict[str, Levels]


@dataclass(frozen=True, slots=True)
class Met:
    """The pairs that some rules bring together, and for each column the level found."""

    pairs: Pairs
    levels: dict[str, Levels]


def meet(table: Table, rules: Sequence[Rule]) -> Met:
    """Compare every pair that the rules bring together."""
    pairs = blocked(table, rules)
    return Met(pairs, levels_of(table, pairs))


def score(table: Table, model: Model, *, least: float = -np.inf, met: Met | None = None) -> Scored:
    """Every pair that the model's rules bring together, from `least` bits upwards.

    `met` is what `meet` found by these rules, where it is known already.
    """
    found = met or meet(table, model.blocking)
    pairs, levels = found.pairs, found.levels
    weight = weigh(table, pairs, levels, model)
    chosen = weight >= least
    return Scored(
        pairs.where(chosen), weight[chosen], {name: got[chosen] for name, got in levels.items()}
    )


def weigh(table: Table, pairs: Pairs, levels: dict[str, Levels], model: Model) -> Weights:
    """Fellegi and Sunter's weight: the prior, each level's bits, and rare names weighing more."""
    weight = np.full(len(pairs), model.prior_bits(len(table)))
    for name, comparison in model.comparisons.items():
        # The level -1, unknown, picks the last entry: no bits.
        weight += np.append(comparison.bits, 0.0)[levels[name]]
        if comparison.rarest is not None:
            column = table.columns[name]
            same = np.flatnonzero(levels[name] == len(comparison.bits) - 1)
            share = column.frequencies()[column.codes[pairs.left[same]]]
            weight[same] += comparison.rarity_bits(share)
    return weight
