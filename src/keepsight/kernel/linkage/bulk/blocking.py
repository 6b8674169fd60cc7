"""Which records are compared at all: those that agree on all parts of some rule."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Numbers, Pairs, Table


class Part(NamedTuple):
    """A column, or its first so many letters."""

    column: str
    letters: int = 0


Rule = tuple[Part, ...]


def blocked(table: Table, rules: Sequence[Rule]) -> Pairs:
    """Every pair that some rule brings together, once, ordered by left and right."""
    size = len(table)
    found = [left * size + right for rule in rules for left, right in _agreeing(table, rule)]
    if not found:
        return Pairs(np.empty(0, np.int32), np.empty(0, np.int32))
    once = np.unique(np.concatenate(found))
    left, right = np.divmod(once, size)
    return Pairs(left.astype(np.int32), right.astype(np.int32))


def keys_of(table: Table, rule: Rule) -> Numbers:
    """One number a record, equal where records agree on the rule; -1 where a part says nothing."""
    keys = np.zeros(len(table), np.int64)
    silent = np.zeros(len(table), bool)
    for part in rule:
        column = table.columns[part.column]
        if part.letters:
            column = column.derived(_beginning(part.letters))
        silent |= column.codes < 0
        keys = _dense(keys * len(column.values) + column.codes)
    keys[silent] = -1
    return keys


def _beginning(letters: int) -> Callable[[str], str]:
    return lambda value: value[:letters]


def _dense(keys: Numbers) -> Numbers:
    """The same keys with small numbers, so that another part still fits into 64 bits."""
    if keys.size and keys.max() > np.iinfo(np.int32).max:
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)
    return keys


def _agreeing(table: Table, rule: Rule) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of places within each block, the nearest in the block first."""
    keys = keys_of(table, rule)
    order = np.argsort(keys, kind="stable")
    order = order[np.searchsorted(keys[order], 0) :]
    keys = keys[order]
    first = np.arange(len(keys))
    step = 1
    while first.size:
        first = first[first + step < len(keys)]
        first = first[keys[first] == keys[first + step]]
        # Stable order: within a block the places ascend, so the left one is the lower.
        yield order[first], order[first + step]
        step += 1
