"""Which child each cluster is: ids survive every run, and as few records move as can be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from keepsight.kernel.linkage.cluster import Cluster

Child = TypeVar("Child")


def children_of(
    clusters: Sequence[Cluster],
    held: Mapping[int, Child],
    before: Mapping[int, Child],
    new: Callable[[], Child],
    kept: Collection[Child] = (),
) -> dict[int, Child]:
    """The child of each cluster, by its number.

    A child goes to the cluster that keeps most of its records, by `held`, and of children with as
    many stays the one whose record came first. A cluster that has none so is the child that most
    of its records were `before` that, if nobody is that child now: what is parted again is who it
    was. Any other is a `new` child. `kept` are children that records outside the clusters are.
    """
    taken: dict[int, Child] = {}
    _give(clusters, held, taken, ())
    _give(clusters, before, taken, kept)
    return {each.number: taken[each.number] if each.number in taken else new() for each in clusters}


def _give(
    clusters: Sequence[Cluster],
    known: Mapping[int, Child],
    taken: dict[int, Child],
    kept: Collection[Child],
) -> None:
    """Give children to the clusters without one, the most votes first."""
    given = {*taken.values(), *kept}
    claims = []
    for cluster in clusters:
        if cluster.number not in taken:
            voters = sorted(subject for subject in cluster.subjects if subject in known)
            votes = Counter(known[subject] for subject in voters)
            first = {known[subject]: subject for subject in reversed(voters)}
            claims += [
                (-count, cluster.number, first[child], child) for child, count in votes.items()
            ]
    for _, number, _, child in sorted(claims, key=lambda claim: claim[:3]):
        if number not in taken and child not in given:
            taken[number] = child
            given.add(child)


def followed(
    by_hand: Mapping[int, Child | None],
    held: Mapping[int, Child],
    now: Mapping[int, Child],
) -> dict[int, Child]:
    """Where records go that a person linked by hand, and of which nothing is compared.

    `by_hand` holds the child for whom each was begun, if it was; `now` is the child of every other
    record. Each is with that child if there still is such a one, else it stays, and where all
    others left, it goes where most of them went.
    """
    there = set(now.values())
    went: dict[Child, Counter[Child]] = defaultdict(Counter)
    for subject, child in now.items():
        if subject in held:
            went[held[subject]][child] += 1
    found = {}
    for subject, home in by_hand.items():
        child = held[subject]
        if home is not None and home in there:
            child = home
        elif child not in there and went[child]:
            child = min(went[child], key=lambda each: (-went[held[subject]][each], str(each)))
        found[subject] = child
    return found
