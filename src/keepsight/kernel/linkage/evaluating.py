"""How well records were linked, where the truth is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from keepsight.kernel.linkage.bulk.columns import Found, Weights

Labels = npt.NDArray[Any]
"""For each record a value, equal for records that belong together."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision: how many of the links are true. Recall: how many of the true links are found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall of scored pairs by the weight from which they are linked.

    Entry by entry from the strongest pair down; pairs of equal weight are linked together.
    """

    weight: Weights
    precision: Weights
    recall: Weights

    def recall_at(self, precision: float) -> float:
        """The best recall at which so many of the links are true; 0 where none is."""
        good = self.recall[self.precision >= precision]
        return float(good.max()) if good.size else 0.0

    def weight_at(self, precision: float) -> float:
        """The lowest weight from which so many of the links are true."""
        good = np.flatnonzero(self.precision >= precision)
        return float(self.weight[good[-1]]) if good.size else float("inf")

    def at(self, weight: float) -> Score:
        """Linking from this weight."""
        linked = int(np.searchsorted(-self.weight, -weight, side="right"))
        if not linked:
            return Score(1.0, 0.0)
        return Score(float(self.precision[linked - 1]), float(self.recall[linked - 1]))

    def best(self) -> tuple[float, Score]:
        """The weight of the best F1, and what it comes to."""
        if not self.weight.size:
            return float("inf"), Score(1.0, 0.0)
        f1 = 2 * self.precision * self.recall / np.maximum(self.precision + self.recall, 1e-12)
        place = int(f1.argmax())
        return float(self.weight[place]), Score(
            float(self.precision[place]), float(self.recall[place])
        )


def curve_of(weight: Weights, same: Found, possible: int) -> Curve:
    """`same` says of each pair whether it is true; `possible` are all true pairs there are."""
    order = np.argsort(-weight, kind="stable")
    true = np.cumsum(same[order])
    last = np.append(np.diff(weight[order]) != 0, True) if len(order) else np.empty(0, bool)
    linked = np.arange(1, len(order) + 1)
    return Curve(weight[order][last], (true / linked)[last], (true / max(possible, 1))[last])


def pairs_within(*labels: Labels) -> int:
    """How many pairs of records are equal in every one of these labels."""
    combined = np.zeros(len(labels[0]), np.int64)
    for each in labels:
        codes = np.unique(each, return_inverse=True)[1]
        combined = np.unique(combined * (codes.max(initial=0) + 1) + codes, return_inverse=True)[1]
    counts = np.bincount(combined)
    return int((counts * (counts - 1) // 2).sum())


def cluster_score(cluster: Labels, truth: Labels) -> Score:
    """Over all pairs of records that a cluster holds together."""
    both, held, true = pairs_within(cluster, truth), pairs_within(cluster), pairs_within(truth)
    return Score(both / held if held else 1.0, both / true if true else 1.0)


@dataclass(frozen=True, slots=True)
class Clusters:
    """How whole clusters stand to the truth.

    `wrong` clusters hold records of two or more people; `whole` are those that hold all records of
    one person and no others; `split` are people whose records are in two or more clusters.
    """

    clusters: int
    people: int
    whole: int
    split: int
    wrong: int


def clusters_of(cluster: Labels, truth: Labels) -> Clusters:
    """Counted over all records; a person with one record is among the people."""
    clusters, people = (np.unique(each, return_inverse=True)[1] for each in (cluster, truth))
    both = np.unique(np.stack([clusters, people]), axis=1)
    in_cluster, of_person = (np.bincount(each) for each in both)
    whole = (in_cluster[both[0]] == 1) & (of_person[both[1]] == 1)
    return Clusters(
        clusters=len(in_cluster),
        people=len(of_person),
        whole=int(whole.sum()),
        split=int((of_person > 1).sum()),
        wrong=int((in_cluster > 1).sum()),
    )


def commonest(values: Labels, truth: Labels) -> Labels:
    """For each record what most records of its person say, of those that say something.

    Where as many say one thing as another, the first in order; empty where none says anything.
    """
    names, codes = np.unique(values.astype(str), return_inverse=True)
    people = np.unique(truth, return_inverse=True)[1]
    both, counts = np.unique(np.stack([people, codes]), axis=1, return_counts=True)
    counts = np.where(names[both[1]] == "", 0, counts)
    order = np.lexsort((both[1], -counts, both[0]))
    _, first = np.unique(both[0][order], return_index=True)
    answer: Labels = names[both[1][order][first]][people]
    return answer


def false_by_group(cluster: Labels, truth: Labels, group: Labels) -> Mapping[str, int]:
    """For each value of a group, the false links of which at least one record is of it."""
    false = _false(cluster, truth)
    return {
        str(value): false - _false(cluster[group != value], truth[group != value])
        for value in np.unique(group)
    }


def false_pairs(cluster: Labels, truth: Labels) -> list[tuple[int, int]]:
    """The places of every two records of two people that one cluster holds."""
    clusters, people = (np.unique(each, return_inverse=True)[1] for each in (cluster, truth))
    both = np.unique(np.stack([clusters, people]), axis=1)
    mixed = np.flatnonzero(np.bincount(both[0]) > 1)
    places = np.flatnonzero(np.isin(clusters, mixed))
    members: dict[int, list[int]] = {}
    for place in places.tolist():
        members.setdefault(int(clusters[place]), []).append(place)
    return [
        (one, other)
        for held in members.values()
        for one, other in combinations(held, 2)
        if people[one] != people[other]
    ]


def _false(cluster: Labels, truth: Labels) -> int:
    return pairs_within(cluster) - pairs_within(cluster, truth)


def recall_by_group(cluster: Labels, truth: Labels, group: Labels) -> Mapping[str, float]:
    """For each value of a group, how many of the true links among its records are found."""
    found = {}
    for value in np.unique(group):
        chosen = group == value
        possible = pairs_within(truth[chosen])
        if possible:
            linked = pairs_within(cluster[chosen], truth[chosen])
            found[str(value)] = linked / possible
    return found


def false_by_kind(
    cluster: Labels, truth: Labels, household: Labels, birth: Labels
) -> Mapping[str, int]:
    """Pairs in one cluster that are two people: born on one day in one home, of one home, others.

    `birth` is the true date of birth.
    """
    false = _false(cluster, truth)
    home = pairs_within(cluster, household) - pairs_within(cluster, household, truth)
    twins = pairs_within(cluster, household, birth) - pairs_within(cluster, household, birth, truth)
    return {"twins": twins, "siblings": home - twins, "strangers": false - home}
