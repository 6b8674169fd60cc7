"""What pairs of records show, as patterns: how many pairs show the same on every column.

Millions of pairs show some thousands of patterns, so that everything is learnt from these.
"""

from dataclasses import dataclass

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Codes, Levels, Numbers, Pairs, Table, Weights
from keepsight.kernel.linkage.levels import UNKNOWN

RARITY_STEP = 0.5
"""Bits; rarities of names nearer than this count as equal in learning."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """A row a pattern: the level on each column, the rarity of each equal name, how many pairs.

    `rarity` is the binary logarithm of the name's chance over its share, and 0 where names differ.
    """

    levels: dict[str, Levels]
    rarity: dict[str, Weights]
    counts: Numbers

    def __len__(self) -> int:
        return len(self.counts)


def patterns_of(levels: dict[str, Levels], rarity: dict[str, Weights]) -> tuple[Patterns, Numbers]:
    """The patterns of some pairs, and for each pair which pattern it shows."""
    size = len(next(iter(levels.values())))
    code = np.zeros(size, np.int64)
    for found in levels.values():
        code = code * (int(found.max(initial=UNKNOWN)) + 2) + (found + 1)
    for bits in rarity.values():
        code = code * 64 + np.clip(np.round(bits / RARITY_STEP) + 32, 0, 63).astype(np.int64)
    once, first, place = np.unique(code, return_index=True, return_inverse=True)
    counts = np.bincount(place, minlength=len(once)).astype(np.int64)
    found_levels = {name: found[first] for name, found in levels.items()}
    found_rarity = {
        name: np.round(bits[first] / RARITY_STEP) * RARITY_STEP for name, bits in rarity.items()
    }
    return Patterns(found_levels, found_rarity, counts), place


def rarity_of(table: Table, pairs: Pairs, name: str, chance: float, rarest: float) -> Weights:
    """How much rarer than `chance` the name is that both records carry; 0 where they differ."""
    column = table.columns[name]
    left: Codes = column.codes[pairs.left]
    bits = np.zeros(len(pairs))
    same = np.flatnonzero((left == column.codes[pairs.right]) & (left >= 0))
    share = np.maximum(column.frequencies()[left[same]], rarest)
    bits[same] = np.log2(chance / share)
    return bits
