"""On which level two records agree, column by column: the levels of `kernel.linkage.levels`.

Splink's SQL says the same for DuckDB and Spark (`engines.linkage_comparisons`); tests hold both to
one another. Names are compared as their UTF-8 bytes, as DuckDB does.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from keepsight.kernel.linkage.bulk.columns import Codes, Column, Levels, Pairs, Table
from keepsight.kernel.linkage.levels import ALIKE, LITTLE_ALIKE, UNKNOWN

Comparing = Callable[[Column, Pairs], Levels]
Alike = npt.NDArray[np.float32]
CORES = -1
"""As many threads as there are cores compare strings."""


def levels_of(table: Table, pairs: Pairs) -> dict[str, Levels]:
    """For each column the level of each pair, `UNKNOWN` where one record or both do not say."""
    return {name: compare(table.columns[name], pairs) for name, compare in COMPARISONS.items()}


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


def _name(column: Column, pairs: Pairs) -> Levels:
    def level(one: Sequence[str], other: Sequence[str]) -> Levels:
        alike = process.cpdist(
            one, other, scorer=JaroWinkler.similarity, dtype=np.float64, workers=CORES
        )
        return ((alike >= LITTLE_ALIKE).astype(np.int8) + (alike >= ALIKE)).astype(np.int8)

    return _by_value(_as_bytes(column), pairs, exact=3, level=level)


def _date(column: Column, pairs: Pairs) -> Levels:
    def level(one: Sequence[str], other: Sequence[str]) -> Levels:
        apart = process.cpdist(one, other, scorer=OSA.distance, dtype=np.int32, workers=CORES)
        swapped = [f"{day[:5]}{day[8:]}-{day[5:7]}" for day in one]
        found = [day[:4] == beside[:4] for day, beside in zip(one, other, strict=True)]
        levels = np.array(found, np.int8)
        levels[apart <= 1] = 2
        levels[np.array(swapped) == np.array(other)] = 3
        return levels

    return _by_value(column, pairs, exact=4, level=level)


def _by_value(
    column: Column,
    pairs: Pairs,
    *,
    exact: int,
    level: Callable[[Sequence[str], Sequence[str]], Levels],
) -> Levels:
    """Ask `level` once for each two different values that meet."""
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    found = np.full(len(pairs), exact, np.int8)
    differ = np.flatnonzero((left != right) & (left >= 0) & (right >= 0))
    if differ.size:
        met = left[differ].astype(np.int64) * len(column.values) + right[differ]
        once, places = np.unique(met, return_inverse=True)
        one, other = np.divmod(once, len(column.values))
        values = column.values
        found[differ] = level([values[i] for i in one], [values[i] for i in other])[places]
    return _silent(found, left, right)


def _silent(found: Levels, left: Codes, right: Codes) -> Levels:
    found[(left < 0) | (right < 0)] = UNKNOWN
    return found


def _as_bytes(column: Column) -> Column:
    """Each byte of a value as one character."""
    return Column(column.codes, [value.encode().decode("latin-1") for value in column.values])


COMPARISONS: Mapping[str, Comparing] = {
    "nhs_number": _equal,
    "upn": _upn,
    "date_of_birth": _date,
    "surname": _name,
    "forename": _name,
    "postcode": _postcode,
    "sex": _equal,
}
