"""On which level two records agree, column by column: the levels of `kernel.linkage.levels`.

Splink's SQL says the same for DuckDB and Spark (`engines.linkage_comparisons`); tests hold both to
one another. Names are compared as their UTF-8 bytes, as DuckDB does.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from keepsight.kernel.linkage.bulk.columns import (
    Before,
    Codes,
    Column,
    Found,
    Levels,
    Numbers,
    Pairs,
    Table,
    Way,
    encode,
)
from keepsight.kernel.linkage.levels import (
    ALIKE,
    FORMER,
    LEVELS,
    LITTLE_ALIKE,
    MISTAKEN,
    NEARLY,
    SOUNDING_ALIKE,
    UNKNOWN,
)
from keepsight.kernel.linkage.nicknames import forms_of
from keepsight.kernel.linkage.phonetic import sound_of

Comparing = Callable[[Column, Pairs], Levels]
Spelt = npt.NDArray[np.uint8]

CORES = -1
"""As many threads as there are cores compare strings."""

WIDEST = 8_000
"""Distinct values up to which a table of all their pairs (a byte each) is quicker than sorting."""

TOGETHER = 1_000_000
"""Pairs of values that are compared in one go; memory stays flat however many there are."""


def levels_of(table: Table, pairs: Pairs) -> dict[str, Levels]:
    """For each column the level of each pair, `UNKNOWN` where one record or both do not say."""
    with ThreadPoolExecutor(os.cpu_count()) as columns:
        waiting = {
            name: columns.submit(compare, table.columns[name], pairs)
            for name, compare in COMPARISONS.items()
        }
    found = {name: each.result() for name, each in waiting.items()}
    found["siblings"] = _siblings(found)
    for name, column in FORMER.items():
        found[name] = _former(table.columns[column], table.before.get(column), pairs)
    for name, column in MISTAKEN.items():
        found[name] = mistaken(found[column], table, column, pairs)
    further = table.further.items()
    return found | {name: FURTHER[way](table.columns[name], pairs) for name, way in further}


def _siblings(found: Mapping[str, Levels]) -> Levels:
    """One date of birth, two forenames, and one postcode or else one surname."""
    twin = (found["date_of_birth"] == 4) & (found["forename"] >= 0) & (found["forename"] < 2)
    beside, named = found["postcode"] == 3, found["surname"] >= 2
    answer = np.full(len(twin), UNKNOWN, np.int8)
    answer[twin & named] = 1
    answer[twin & beside] = 0
    return answer


def mistaken(level: Levels, table: Table, column: str, pairs: Pairs) -> Levels:
    """Of pairs of which an agency often has a column wrong: whether they nearly agree there."""
    found = np.full(len(pairs), UNKNOWN, np.int8)
    careless = table.careless.get(column)
    if careless is None or not careless.any():
        return found
    differ = (level >= 0) & (level < len(LEVELS[column]) - 1)
    told = differ & (careless[pairs.left] | careless[pairs.right])
    found[told] = level[told] >= NEARLY[column]
    return found


def _former(column: Column, before: Before | None, pairs: Pairs) -> Levels:
    """Of records that now differ: whether one says what the other said, or both said one thing."""
    found = np.full(len(pairs), UNKNOWN, np.int8)
    if before is None or not len(before.places):
        return found
    said = _SaidBefore(before, len(column.codes), len(column.values))
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    both = np.flatnonzero((said.counts[pairs.left] > 0) & (said.counts[pairs.right] > 0))
    found[both[said.one_thing(pairs.left[both], pairs.right[both])]] = 0
    for earlier, now in ((pairs.left, right), (pairs.right, left)):
        asked = np.flatnonzero((said.counts[earlier] > 0) & (now >= 0))
        found[asked[said.has(earlier[asked], now[asked])]] = 1
    found[(left == right) & (left >= 0)] = UNKNOWN
    return found


class _SaidBefore:
    """What records said before, to be asked of many at once."""

    def __init__(self, before: Before, records: int, values: int) -> None:
        self._size = np.int64(values)
        self._known = np.unique(before.places * self._size + before.codes)
        self._codes = (self._known % self._size).astype(np.int32)
        self.counts = np.bincount(self._known // self._size, minlength=records)
        self._first = np.cumsum(self.counts) - self.counts

    def has(self, places: Codes, codes: Codes) -> Found:
        """Whether each record said the value beside it."""
        keys = places * self._size + codes
        place = np.minimum(np.searchsorted(self._known, keys), len(self._known) - 1)
        answer: Found = self._known[place] == keys
        return answer

    def one_thing(self, one: Codes, other: Codes) -> Found:
        """Whether two records said one value."""
        counts = self.counts[one]
        pair = np.repeat(np.arange(len(one)), counts)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
        met = self.has(other[pair], self._codes[self._first[one[pair]] + step])
        answer = np.zeros(len(one), bool)
        answer[pair[met]] = True
        return answer


def _equal(column: Column, pairs: Pairs) -> Levels:
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    return _silent((left == right).astype(np.int8), left, right)


def _upn(column: Column, pairs: Pairs) -> Levels:
    """Two numbers of which one is temporary say nothing when they differ."""
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    permanent = np.array([value[-1:].isdigit() for value in column.values] + [False])
    found = np.where(left == right, 1 + permanent[left], 0).astype(np.int8)
    found[(left != right) & ~(permanent[left] & permanent[right])] = UNKNOWN
    return _silent(found, left, right)


def _postcode(column: Column, pairs: Pairs) -> Levels:
    district = column.derived(lambda value: value.partition(" ")[0])
    sector = column.derived(lambda value: value[:-2])
    return _silent(
        sum(
            (each.codes[pairs.left] == each.codes[pairs.right]).astype(np.int8)
            for each in (district, sector, column)
        ),
        column.codes[pairs.left],
        column.codes[pairs.right],
    )


def _surname(column: Column, pairs: Pairs) -> Levels:
    return by_value(column, pairs, exact=3, level=_likeness(column))


def _forename(column: Column, pairs: Pairs) -> Levels:
    likeness = _likeness(column)
    forms = [forms_of(value) for value in column.values]
    several = np.array([len(each) > 1 for each in forms], bool)

    def level(one: Codes, other: Codes) -> Levels:
        found = likeness(one, other)
        # Two different names of which each is a form of itself alone are no forms of one name.
        may = np.flatnonzero(several[one] | several[other])
        both = zip(one[may].tolist(), other[may].tolist(), strict=True)
        forming = (not forms[i].isdisjoint(forms[j]) for i, j in both)
        found[may[np.fromiter(forming, bool, len(may))]] = 3
        return found

    return by_value(column, pairs, exact=4, level=level)


def _likeness(column: Column) -> Callable[[Codes, Codes], Levels]:
    """How alike two different values are written or sound: not, a little, or alike."""
    # Each byte as one character.
    spelt = [value.encode().decode("latin-1") for value in column.values]
    sound = encode(sound_of(value) for value in column.values).codes

    def likeness(one: Codes, other: Codes) -> Levels:
        alike = process.cpdist(
            [spelt[i] for i in one.tolist()],
            [spelt[i] for i in other.tolist()],
            scorer=JaroWinkler.similarity,
            dtype=np.float64,
            workers=CORES,
        )
        sounding = (sound[one] == sound[other]) & (sound[one] >= 0) & (alike >= SOUNDING_ALIKE)
        found = (alike >= LITTLE_ALIKE).astype(np.int8)
        found[(alike >= ALIKE) | sounding] = 2
        return found

    return likeness


def _date(column: Column, pairs: Pairs) -> Levels:
    """ISO dates, ten characters each: one apart is one replaced or two neighbours swapped."""
    spelt = np.array([list(value.encode()) for value in column.values], np.uint8).reshape(-1, 10)
    turned = spelt[:, [0, 1, 2, 3, 4, 8, 9, 7, 5, 6]]

    def level(one: Codes, other: Codes) -> Levels:
        first, second = spelt[one], spelt[other]
        differ = first != second
        found: Levels = (~differ[:, :4].any(axis=1)).astype(np.int8)
        found[(differ.sum(axis=1) == 1) | _neighbours_swapped(first, second, differ)] = 2
        found[(turned[one] == second).all(axis=1)] = 3
        return found

    return by_value(column, pairs, exact=4, level=level)


def _neighbours_swapped(first: Spelt, second: Spelt, differ: Found) -> Found:
    two = differ.sum(axis=1) == 2
    crossed = (first[:, :-1] == second[:, 1:]) & (first[:, 1:] == second[:, :-1])
    answer: Found = two & (crossed & differ[:, :-1] & differ[:, 1:]).any(axis=1)
    return answer


def by_value(
    column: Column, pairs: Pairs, *, exact: int, level: Callable[[Codes, Codes], Levels]
) -> Levels:
    """Ask `level` once for each two different values that meet, by their codes."""
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    found = np.full(len(pairs), exact, np.int8)
    differ = np.flatnonzero((left != right) & (left >= 0) & (right >= 0))
    if differ.size:
        size = len(column.values)
        met = left[differ].astype(np.int64) * size + right[differ]
        ask = partial(_ask, size, level)
        found[differ] = _by_table(met, size, ask) if size <= WIDEST else _by_sorting(met, ask)
    return _silent(found, left, right)


def _ask(size: int, level: Callable[[Codes, Codes], Levels], met: Numbers) -> Levels:
    one, other = np.divmod(met, size)
    answer: Levels = np.concatenate(
        [
            level(one[start : start + TOGETHER], other[start : start + TOGETHER])
            for start in range(0, len(met), TOGETHER)
        ]
    )
    return answer


def _by_table(met: Numbers, size: int, ask: Callable[[Numbers], Levels]) -> Levels:
    table = np.zeros(size * size, np.int8)
    table[met] = 1
    once = np.flatnonzero(table)
    table[once] = ask(once)
    answer: Levels = table[met]
    return answer


def _by_sorting(met: Numbers, ask: Callable[[Numbers], Levels]) -> Levels:
    once, places = np.unique(met, return_inverse=True)
    answer: Levels = ask(once)[places]
    return answer


def _silent(found: Levels, left: Codes, right: Codes) -> Levels:
    found[(left < 0) | (right < 0)] = UNKNOWN
    return found


COMPARISONS: Mapping[str, Comparing] = {
    "nhs_number": _equal,
    "upn": _upn,
    "date_of_birth": _date,
    "surname": _surname,
    "forename": _forename,
    "postcode": _postcode,
    "sex": _equal,
}

FURTHER: Mapping[Way, Comparing] = {
    Way.TEXT: _surname,
    Way.CODE: _equal,
    Way.IDENTIFIER: _surname,
}
"""How further columns are compared: a text as a surname is, a number likewise since it is mistyped.
"""

FURTHER_LEVELS: Mapping[Way, int] = {Way.TEXT: 4, Way.CODE: 2, Way.IDENTIFIER: 4}
"""How many levels each has."""
