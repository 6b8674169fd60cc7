"""From scored pairs to children over a whole area: what `kernel.linkage.cluster` does, in arrays.

Records that strong pairs hold together are one group. Where nothing in a group is forbidden or in
question, that group is the cluster; only the few others are put together pair by pair.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from keepsight.kernel.linkage.bulk.columns import Codes, Found, Numbers, Pairs, Table, Weights
from keepsight.kernel.linkage.bulk.flagging import in_question, within_agency
from keepsight.kernel.linkage.bulk.guarding import places_of
from keepsight.kernel.linkage.bulk.scoring import Scored
from keepsight.kernel.linkage.cluster import Clustering, ScoredPair, clusters
from keepsight.kernel.linkage.judged import NOTHING_JUDGED, Judged, Two
from keepsight.kernel.linkage.questions import Kind, Question
from keepsight.kernel.linkage.thresholds import ASKED_WITHIN, STAYS_WITHIN

ALONE = -1
"""The pair of a record that nothing brought in."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """For each record of a table its cluster, named after the lowest subject in it, and the place
    in the scored pairs of the pair that brought it in, or `ALONE`.

    `joining` are the places of the pairs that are strong enough to join. `said` are the few that a
    person's word brought in: by place, the subject that they are beside.
    """

    cluster: Numbers
    brought_in: Numbers
    joining: Numbers
    said: dict[int, int] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Graph:
    """Places of pairs that join, and of those that at least ask; and the groups that each makes."""

    joining: Numbers
    groups: Codes
    asking: Numbers
    around: Codes


def cluster_records(
    table: Table,
    scored: Scored,
    threshold: float,
    *,
    judged: Judged = NOTHING_JUDGED,
    standing: Collection[Two] = (),
) -> Clustered:
    """The records as children; the same answer as `cluster.clusters` gives.

    `scored` holds every pair that the model's rules bring together, weak ones too: the guards
    read them.
    """
    graph = _graph(table, scored, threshold, judged, standing)
    apart = _one_by_one(table, scored, graph, judged)
    order = graph.joining[_strongest_first(scored, graph.joining)]
    cluster = table.subjects[_lowest(graph.groups)]
    brought_in = _heaviest(len(table), scored.pairs, order)
    cluster[apart], brought_in[apart] = table.subjects[apart], ALONE
    answer = Clustered(cluster, brought_in, graph.joining)
    among = np.flatnonzero(apart[scored.pairs.left] & apart[scored.pairs.right])
    pairs = _pairs(table, scored, among)
    records = [table.record(place) for place in np.flatnonzero(apart).tolist()]
    found = clusters(pairs, records, threshold, judged=judged, standing=standing)
    numbers = {pair.two: number for pair, number in zip(pairs, among.tolist(), strict=True)}
    _take_over(table, found, numbers, answer)
    answer.questions.extend(found.questions + _duplicates(table, scored, graph.groups, apart))
    answer.questions.sort(key=lambda asked: (asked.kind.value, asked.subjects))
    return answer


def _graph(
    table: Table,
    scored: Scored,
    threshold: float,
    judged: Judged,
    standing: Collection[Two],
) -> _Graph:
    stands = _standing(table, scored.pairs, standing)
    joins = scored.weight >= threshold
    joins |= stands & (scored.weight >= threshold - STAYS_WITHIN)
    asks = stands | (scored.weight >= threshold - ASKED_WITHIN)
    joining, asking = np.flatnonzero(joins), np.flatnonzero(asks)
    same, size = places_of(table, judged.same), len(table)
    groups = _groups(size, scored.pairs, joining, same)
    return _Graph(joining, groups, asking, _groups(size, scored.pairs, asking, same))


def _standing(table: Table, pairs: Pairs, standing: Collection[Two]) -> Found:
    if not standing:
        return np.zeros(len(pairs), bool)
    places, size = places_of(table, standing), np.int64(len(table))
    kept = places.left * size + places.right
    answer: Found = np.isin(pairs.left * size + pairs.right, kept)
    return answer


def _one_by_one(table: Table, scored: Scored, graph: _Graph, judged: Judged) -> Found:
    """The records near which anything is forbidden, judged or in question."""
    left, right = (side[graph.asking] for side in (scored.pairs.left, scored.pairs.right))
    between = left[graph.groups[left] != graph.groups[right]]
    judged_of = np.array(sorted({each for pair in judged.all for each in pair}), np.int64)
    places = np.flatnonzero(np.isin(table.subjects, judged_of))
    flagged = np.isin(graph.groups, in_question(table, scored, graph.groups, graph.joining))
    near = np.concatenate([graph.around[between], graph.around[places], graph.around[flagged]])
    answer: Found = np.isin(graph.around, np.unique(near))
    return answer


def _strongest_first(scored: Scored, chosen: Numbers) -> Numbers:
    pairs = scored.pairs
    return np.lexsort((pairs.right[chosen], pairs.left[chosen], -scored.weight[chosen]))


def _groups(size: int, pairs: Pairs, chosen: Numbers, same: Pairs) -> Codes:
    left = np.concatenate([pairs.left[chosen], same.left])
    right = np.concatenate([pairs.right[chosen], same.right])
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


def _take_over(
    table: Table, found: Clustering, numbers: Mapping[Two, int], answer: Clustered
) -> None:
    """Write what was put together pair by pair into the arrays."""
    for each in found.clusters:
        for member in each.members:
            place = int(np.searchsorted(table.subjects, member.subject))
            answer.cluster[place] = each.number
            if member.beside is None:
                continue
            if member.weight is None:
                answer.said[place] = member.beside
                continue
            pair = sorted((member.subject, member.beside))
            answer.brought_in[place] = numbers[pair[0], pair[1]]


def _duplicates(table: Table, scored: Scored, groups: Codes, apart: Found) -> list[Question]:
    """Two ids of one agency in one group, where nothing was in question."""
    pairs = scored.pairs
    chosen = np.flatnonzero(
        within_agency(table, pairs) & (groups[pairs.left] == groups[pairs.right])
        & ~apart[pairs.left]
    )  # fmt: skip
    return [
        Question(Kind.POSSIBLE_DUPLICATE, pair.two, pair.weight)
        for pair in _pairs(table, scored, chosen)
    ]


def _pairs(table: Table, scored: Scored, chosen: Numbers) -> list[ScoredPair]:
    left, right = (table.subjects[side[chosen]].tolist() for side in
                   (scored.pairs.left, scored.pairs.right))  # fmt: skip
    weights: Weights = scored.weight[chosen]
    return [
        ScoredPair(one, other, weight)
        for one, other, weight in zip(left, right, weights.tolist(), strict=True)
    ]
