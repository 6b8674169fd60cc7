"""Which records are compared at all: those that agree on all parts of some rule."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Codes, Numbers, Pairs, Table

SILENT = -1
"""The key of a record that does not say some part of a rule."""


class Part(NamedTuple):
    """A column, or its first so many letters."""

    column: str
    letters: int = 0


Rule = tuple[Part, ...]


def pairs_of(table: Table, rule: Rule) -> int:
    """How many pairs a rule brings together, told without making them."""
    keys = keys_of(table, rule)
    counts = np.unique(keys[keys != SILENT], return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def blocked(table: Table, rules: Sequence[Rule]) -> Pairs:
    """Every pair that some rule brings together, once, rule by rule."""
    keys: list[Codes] = []
    found = [Pairs(np.empty(0, np.int32), np.empty(0, np.int32))]
    for rule in rules:
        keys.append(keys_of(table, rule))
        found += (_unmet(pairs, keys[:-1]) for pairs in _agreeing(keys[-1]))
    left = np.concatenate([each.left for each in found])
    right = np.concatenate([each.right for each in found])
    return Pairs(left, right)


def keys_of(table: Table, rule: Rule) -> Codes:
    """One number a record, equal where records agree on the rule, or `SILENT`."""
    keys = np.zeros(len(table), np.int64)
    silent = np.zeros(len(table), bool)
    for part in rule:
        column = table.columns[part.column]
        if part.letters:
            column = column.derived(_beginning(part.letters))
        silent |= column.codes < 0
        keys = _dense(keys * max(len(column.values), 1) + np.maximum(column.codes, 0))
    keys[silent] = SILENT
    return _dense(keys).astype(np.int32)


def _beginning(letters: int) -> Callable[[str], str]:
    return lambda value: value[:letters]


def _dense(keys: Numbers) -> Numbers:
    """The same keys with small numbers, so that another part still fits into 64 bits."""
    if not keys.size or keys.max() <= np.iinfo(np.int32).max:
        return keys
    once = np.sort(keys)
    once = once[np.append(True, once[1:] != once[:-1])]
    return np.searchsorted(once, keys)


def _agreeing(keys: Codes) -> Iterator[Pairs]:
    """Pairs of places within each block, the nearest in the block first."""
    size = len(keys)
    # Sorting key and place as one number is several times as fast as sorting places by key.
    both = np.sort(keys * np.int64(size) + np.arange(size)) if size else np.empty(0, np.int64)
    ordered, places = np.divmod(both[np.searchsorted(both, 0) :], max(size, 1))
    places = places.astype(np.int32)
    first = np.arange(len(places))
    step = 1
    while first.size:
        first = first[first + step < len(places)]
        first = first[ordered[first] == ordered[first + step]]
        # Within a block the places ascend, so the left one is the lower.
        yield Pairs(places[first], places[first + step])
        step += 1


def _unmet(pairs: Pairs, earlier: Sequence[Codes]) -> Pairs:
    """Those that no earlier rule brought together."""
    for keys in earlier:
        if not len(pairs):
            break
        left = keys[pairs.left]
        pairs = pairs.where((left != keys[pairs.right]) | (left == SILENT))
    return pairs
