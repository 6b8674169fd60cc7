"""From scored pairs to children over a whole area: what `kernel.linkage.cluster` does, in arrays.

Records that strong pairs hold together are one group. Where nothing in a group is forbidden, that
group is the cluster; only the few others are put together pair by pair.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from keepsight.kernel.linkage.bulk.columns import Codes, Found, Numbers, Pairs, Table, Weights
from keepsight.kernel.linkage.bulk.guarding import (
    like_twins,
    permanent,
    places_of,
    with_two_numbers,
)
from keepsight.kernel.linkage.bulk.scoring import Scored
from keepsight.kernel.linkage.cluster import ScoredPair, clusters
from keepsight.kernel.linkage.guard import FAR_OVER

ALONE = -1
"""The pair of a record that nothing brought in."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """For each record of a table its cluster, named after the lowest subject in it, and the place
    in the scored pairs of the pair that brought it in, or `ALONE`.
    """

    cluster: Numbers
    brought_in: Numbers


def cluster_records(
    table: Table,
    scored: Scored,
    threshold: float,
    forbidden: Collection[tuple[int, int]] = (),
) -> Clustered:
    """The records as children; the same answer as `cluster.clusters` gives.

    `scored` holds every pair that the model's rules bring together, weak ones too: the guard
    against twins reads them.
    """
    strong = np.flatnonzero(scored.weight >= threshold)
    order = strong[_strongest_first(scored, strong)]
    groups = _groups(len(table), scored.pairs, strong)
    brought_in = _heaviest(len(table), scored.pairs, order)
    held = _forbidden_groups(table, scored, groups, forbidden)
    apart = np.isin(groups, held)
    cluster = table.subjects[_lowest(groups)]
    cluster[apart] = table.subjects[apart]
    brought_in[apart] = ALONE
    _one_by_one(table, scored, order[apart[scored.pairs.left[order]]], apart, forbidden,
                threshold, Clustered(cluster, brought_in))  # fmt: skip
    return Clustered(cluster, brought_in)


def _strongest_first(scored: Scored, chosen: Numbers) -> Numbers:
    pairs = scored.pairs
    return np.lexsort((pairs.right[chosen], pairs.left[chosen], -scored.weight[chosen]))


def _groups(size: int, pairs: Pairs, strong: Numbers) -> Codes:
    left, right = pairs.left[strong], pairs.right[strong]
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    groups: Codes = connected_components(graph, directed=False)[1]
    return groups


def _lowest(groups: Codes) -> Numbers:
    """For each record the place of the lowest record of its group."""
    _, first = np.unique(groups, return_index=True)
    answer: Numbers = first[groups]
    return answer


def _heaviest(size: int, pairs: Pairs, strongest_first: Numbers) -> Numbers:
    """For each record the strongest pair that it is in: it is the one that brings it in."""
    found = np.full(size, ALONE, np.int64)
    backwards = strongest_first[::-1]
    both = np.stack((pairs.left[backwards], pairs.right[backwards]), axis=1)
    # Where a record comes more than once, the last one said stands.
    found[both.ravel()] = np.repeat(backwards, 2)
    return found


def _forbidden_groups(
    table: Table, scored: Scored, groups: Codes, forbidden: Collection[tuple[int, int]]
) -> Codes:
    """The groups in which something forbids that two records are one child."""
    columns = table.columns
    pairs = scored.pairs
    within: Found = groups[pairs.left] == groups[pairs.right]
    within &= scored.weight < FAR_OVER
    twins = pairs.where(within)
    twins = twins.where(like_twins(table, twins))
    decided = places_of(table, forbidden)
    decided = decided.where(groups[decided.left] == groups[decided.right])
    return np.concatenate(
        [
            with_two_numbers(columns["nhs_number"], groups),
            with_two_numbers(permanent(columns["upn"]), groups),
            groups[twins.left],
            groups[decided.left],
        ]
    )


def _one_by_one(
    table: Table,
    scored: Scored,
    strongest_first: Numbers,
    apart: Found,
    forbidden: Collection[tuple[int, int]],
    threshold: float,
    answer: Clustered,
) -> None:
    """Put the records `apart` together pair by pair, into `answer`."""
    places = {int(subject): i for i, subject in enumerate(table.subjects) if apart[i]}
    pairs = _pairs(table, scored, strongest_first)
    numbers = {
        (pair.left, pair.right): number
        for pair, number in zip(pairs, strongest_first.tolist(), strict=True)
    }
    records = [table.record(place) for place in places.values()]
    for found in clusters(pairs, records, threshold, forbidden):
        for member in found.members:
            place = places[member.subject]
            answer.cluster[place] = found.number
            if member.beside is not None:
                pair = sorted((member.subject, member.beside))
                answer.brought_in[place] = numbers[pair[0], pair[1]]


def _pairs(table: Table, scored: Scored, chosen: Numbers) -> list[ScoredPair]:
    left, right = (table.subjects[side[chosen]].tolist() for side in
                   (scored.pairs.left, scored.pairs.right))  # fmt: skip
    weights: Weights = scored.weight[chosen]
    return [
        ScoredPair(one, other, weight)
        for one, other, weight in zip(left, right, weights.tolist(), strict=True)
    ]
