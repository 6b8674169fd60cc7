"""Where the guards of `kernel.linkage.guard` bind, over a whole area: the same rules in arrays."""

from collections.abc import Callable, Collection

import numpy as np

from keepsight.kernel.linkage.bulk.columns import AGENCY, Codes, Column, Found, Levels, Pairs, Table
from keepsight.kernel.linkage.bulk.comparing import by_value
from keepsight.kernel.linkage.guard import different_forenames, no_single_slip, not_one_name


def permanent(upn: Column) -> Column:
    """The permanent UPNs alone: a temporary one may differ for the same pupil."""
    return upn.derived(lambda value: value if value[-1:].isdigit() else None)


def like_twins(table: Table, pairs: Pairs) -> Found:
    """Which pairs look like twins: see `guard.looks_like_twins`."""
    alike = _same(table.columns["date_of_birth"], pairs) & _same(table.columns["surname"], pairs)
    for number in ("nhs_number", "upn"):
        alike &= ~_same(table.columns[number], pairs)
    found = np.zeros(len(pairs), bool)
    places = np.flatnonzero(alike)
    alike_pairs = pairs.where(alike)
    forename = table.columns["forename"]
    two = _differ(table.columns["sex"], alike_pairs)
    two &= _by_names(forename, alike_pairs, not_one_name)
    two |= _by_names(forename, alike_pairs, different_forenames)
    if AGENCY in table.columns:
        one_agency = _same(table.columns[AGENCY], alike_pairs)
        two |= one_agency & _by_names(forename, alike_pairs, no_single_slip)
    found[places] = two
    return found


def one_number_on_two_names(table: Table, pairs: Pairs) -> Found:
    """Which pairs share a permanent number and have two forenames, swapped ones among them."""
    alike = np.zeros(len(pairs), bool)
    for number in (table.columns["nhs_number"], permanent(table.columns["upn"])):
        alike |= _same(number, pairs)
    found = np.zeros(len(pairs), bool)
    places = np.flatnonzero(alike)
    found[places] = _by_names(table.columns["forename"], pairs.where(alike), different_forenames)
    return found


def with_two_numbers(number: Column, groups: Codes) -> Codes:
    """The groups in which two records carry different numbers."""
    said = np.flatnonzero(number.codes >= 0)
    size = len(number.values)
    once = np.sort(groups[said].astype(np.int64) * size + number.codes[said])
    held = once[np.append(True, once[1:] != once[:-1])] // max(size, 1) if once.size else once
    return np.unique(held[1:][held[1:] == held[:-1]]).astype(np.int32)


def places_of(table: Table, forbidden: Collection[tuple[int, int]]) -> Pairs:
    """Pairs of subjects as places in the table; those of which one is not in it are left out."""
    both = np.array(sorted(forbidden), np.int64).reshape(-1, 2)
    both = both[np.isin(both, table.subjects).all(axis=1)]
    places = np.searchsorted(table.subjects, both).astype(np.int32)
    return Pairs(places[:, 0], places[:, 1])


def _same(column: Column, pairs: Pairs) -> Found:
    left = column.codes[pairs.left]
    answer: Found = (left == column.codes[pairs.right]) & (left >= 0)
    return answer


def _differ(column: Column, pairs: Pairs) -> Found:
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    answer: Found = (left != right) & (left >= 0) & (right >= 0)
    return answer


def _by_names(column: Column, pairs: Pairs, holds: Callable[[str, str], bool]) -> Found:
    """Which pairs have two forenames of which something holds, each two asked once."""
    values = column.values

    def level(one: Codes, other: Codes) -> Levels:
        found = (
            holds(values[i], values[j]) for i, j in zip(one.tolist(), other.tolist(), strict=True)
        )
        return np.fromiter(found, np.int8, len(one))

    answer: Found = by_value(column, pairs, exact=0, level=level) == 1
    return answer
