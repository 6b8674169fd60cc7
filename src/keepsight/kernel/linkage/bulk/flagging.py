"""Groups of records in which something may forbid that all are one child, over a whole area.

It may flag a group in which nothing is forbidden, and never misses one: those flagged are put
together pair by pair, by `kernel.linkage.cluster`.
"""

import numpy as np

from keepsight.kernel.linkage.bulk.columns import Codes, Found, Numbers, Pairs, Table
from keepsight.kernel.linkage.bulk.guarding import (
    like_twins,
    one_number_on_two_names,
    permanent,
    with_two_numbers,
)
from keepsight.kernel.linkage.bulk.scoring import Scored
from keepsight.kernel.linkage.guard import FAR_OVER
from keepsight.kernel.linkage.records import NO_AGENCY
from keepsight.kernel.linkage.thresholds import HOLDS_FROM, LINK_WITHIN_AGENCY, UNMET

CLOSE = 1e-6
"""Bits by which sums in another order may differ."""


def in_question(table: Table, scored: Scored, groups: Codes, joining: Numbers) -> Codes:
    """The groups to look at pair by pair; `joining` are the places of the pairs that made them."""
    columns, pairs = table.columns, scored.pairs
    within = groups[pairs.left] == groups[pairs.right]
    twins = pairs.where(within & (scored.weight < FAR_OVER))
    twins = twins.where(like_twins(table, twins))
    copied = pairs.where(within)
    copied = copied.where(one_number_on_two_names(table, copied))
    return np.concatenate(
        [
            with_two_numbers(columns["nhs_number"], groups),
            with_two_numbers(permanent(columns["upn"]), groups),
            groups[twins.left],
            groups[copied.left],
            _of_one_agency(table, scored, groups, within),
            _loose(scored, groups, within, joining),
        ]
    )


def within_agency(table: Table, pairs: Pairs) -> Found:
    """Which pairs are of one agency, as far as it is told who sent them."""
    agencies = table.agencies
    left = agencies[pairs.left]
    answer: Found = (left == agencies[pairs.right]) & (left != NO_AGENCY)
    return answer


def _of_one_agency(table: Table, scored: Scored, groups: Codes, within: Found) -> Codes:
    """Groups with two ids of one agency of which it is not strongly said that they are one."""
    agencies = table.agencies
    known = agencies != NO_AGENCY
    both = np.stack([groups[known], agencies[known]])
    held, counts = np.unique(both, axis=1, return_counts=True)
    size = int(groups.max(initial=0)) + 1
    there = np.bincount(held[0], counts * (counts - 1) // 2, minlength=size)
    strong = within & (scored.weight >= LINK_WITHIN_AGENCY)
    pairs = scored.pairs.where(strong)
    found = np.bincount(groups[pairs.left[within_agency(table, pairs)]], minlength=size)
    return np.flatnonzero(there > found).astype(np.int32)


def _loose(scored: Scored, groups: Codes, within: Found, joining: Numbers) -> Codes:
    """Groups that some cut might find not to hold together.

    Whatever the cut, at least the weakest joining pair lies across it, and at most all that
    speaks against.
    """
    left = groups[scored.pairs.left]
    size = np.bincount(groups)
    over = np.minimum(scored.weight, FAR_OVER) - HOLDS_FROM
    unmet = size * (size - 1) // 2 - np.bincount(left[within], minlength=len(size))
    against = unmet * (UNMET - HOLDS_FROM) + np.bincount(
        left[within], np.minimum(over[within], 0.0), minlength=len(size)
    )
    least = np.full(len(size), np.inf)
    np.minimum.at(least, left[joining], over[joining])
    return np.flatnonzero((size > 2) & (least + against < CLOSE)).astype(np.int32)
