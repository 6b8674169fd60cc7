"""Records that fit two children about as well: they join neither, and a person is asked.

To join the stronger of two that cannot be one child is a guess wherever the weights are close.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from keepsight.kernel.linkage.groups import Group
from keepsight.kernel.linkage.judged import Two, two
from keepsight.kernel.linkage.thresholds import ALIKE_WITHIN


class Pair(Protocol):
    """Two subject records with their weight in bits."""

    @property
    def left(self) -> int: ...
    @property
    def right(self) -> int: ...
    @property
    def weight(self) -> float: ...


Near = Mapping[int, list[tuple[float, int]]]
"""For each subject the others that it was weighed with, the strongest first, with the bits."""


def near_of(strongest_first: Iterable[Pair]) -> Near:
    """Whom each record may be, from pairs in order of weight."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair in strongest_first:
        found[pair.left].append((pair.weight, pair.right))
        found[pair.right].append((pair.weight, pair.left))
    return found


def rivals(
    pair: Pair, near: Near, groups: Mapping[int, Group], weights: Mapping[Two, float], floor: float
) -> list[Two]:
    """The pairs that speak about as much as this one for another child; none if it may join.

    A third group is a rival where one of the two fits it no more than `ALIKE_WITHIN` bits worse
    than the other of the two, and it is another child than that other: by what a person said, by
    two numbers, or as twins are. Where a person is asked whether those two are one child, they
    mostly are, and the stronger pair joins. No pair below `floor` counts.
    """
    least = max(pair.weight - ALIKE_WITHIN, floor)
    left, right = groups[pair.left], groups[pair.right]
    return [
        *_elsewhere(left, right, least, near, groups, weights),
        *_elsewhere(right, left, least, near, groups, weights),
    ]


def _elsewhere(
    own: Group,
    other: Group,
    least: float,
    near: Near,
    groups: Mapping[int, Group],
    weights: Mapping[Two, float],
) -> list[Two]:
    """Where else a group may belong, than with the other."""
    found = []
    for record in own.records:
        for weight, subject in near.get(record.subject, ()):
            if weight < least:
                break
            third = groups[subject]
            if third is own or third is other:
                continue
            if other.is_another(third, weights) and own.fits(third, weights):
                found.append(two(record.subject, subject))
    return found
