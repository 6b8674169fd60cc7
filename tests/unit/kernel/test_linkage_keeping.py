"""Which child a cluster is."""

import itertools
from collections.abc import Mapping

import pytest

from keepsight.kernel.linkage.cluster import Cluster, Membership
from keepsight.kernel.linkage.keeping import children_of


def cluster(*subjects: int) -> Cluster:
    members = tuple(Membership(subject, min(subjects)) for subject in sorted(subjects))
    return Cluster(min(subjects), members)


CASES = {
    "nobody was anybody": ([(1, 2), (3,)], {}, {}, {1: "new 0", 3: "new 1"}),
    "most of its records": ([(1, 2, 3)], {1: "a", 2: "z", 3: "z"}, {}, {1: "z"}),
    "as many: the first that came": ([(1, 2)], {1: "z", 2: "a"}, {}, {1: "z"}),
    "as many of two each": ([(1, 2, 3, 4)], {1: "z", 2: "a", 3: "a", 4: "z"}, {}, {1: "z"}),
    "parted: most keep": ([(1, 3), (2,)], {1: "a", 2: "a", 3: "a"}, {}, {1: "a", 2: "new 0"}),
    "who it was before": ([(1,), (2,)], {1: "a", 2: "a"}, {2: "b"}, {1: "a", 2: "b"}),
    "not who another is": ([(1,), (2,)], {1: "a", 2: "a"}, {2: "a"}, {1: "a", 2: "new 0"}),
}


@pytest.mark.parametrize(("clusters", "held", "before", "found"), CASES.values(), ids=CASES.keys())
def test_the_child_of_each_cluster(
    clusters: list[tuple[int, ...]],
    held: Mapping[int, str],
    before: Mapping[int, str],
    found: Mapping[int, str],
) -> None:
    new = (f"new {number}" for number in itertools.count())
    given = children_of([cluster(*each) for each in clusters], held, before, lambda: next(new))
    assert given == found
