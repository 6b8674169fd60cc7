"""The strongest pair first, and what it was that brought each record in."""

from itertools import permutations

import pytest

from keepsight.kernel.linkage.cluster import Membership, ScoredPair, clusters
from keepsight.kernel.linkage.records import LinkageRecord


def records(count, **nhs):
    return [
        LinkageRecord(subject=s, agency=s, nhs_number=nhs.get(f"s{s}")) for s in range(1, count + 1)
    ]


def test_a_link_has_its_weight_and_reasons():
    pairs = [ScoredPair(1, 2, 9.0, ("same UPN",)), ScoredPair(2, 3, 4.0)]
    together, alone = clusters(pairs, records(3), threshold=8.0)
    assert together.members == (
        Membership(1, 1, 9.0, ("same UPN",), 2),
        Membership(2, 1, 9.0, ("same UPN",), 1),
    )
    assert alone.members == (Membership(3, 3),)


def test_a_bridge_between_two_numbers_goes_to_the_stronger_side():
    people = records(3, s1="9434765919", s3="9434765870")
    pairs = [ScoredPair(1, 2, 10.0), ScoredPair(2, 3, 12.0)]
    assert [c.subjects for c in clusters(pairs, people, 8.0)] == [(1,), (2, 3)]


def test_not_the_same_person_binds_through_a_third_record():
    pairs = [ScoredPair(1, 2, 20.0), ScoredPair(2, 3, 19.0), ScoredPair(1, 3, 30.0)]
    found = clusters(pairs, records(3), 8.0, forbidden={(3, 1)})
    assert [c.subjects for c in found] == [(1, 2), (3,)]


def test_ties_go_to_the_lowest_subjects_in_any_order():
    people = records(4, s1="9434765919", s4="9434765870")
    pairs = [ScoredPair(1, 2, 9.0), ScoredPair(2, 3, 9.0), ScoredPair(4, 3, 9.0)]
    for order in permutations(pairs):
        assert [c.subjects for c in clusters(order, people, 8.0)] == [(1, 2, 3), (4,)]


def test_a_record_beside_itself_is_refused():
    with pytest.raises(ValueError, match="paired with itself"):
        clusters([ScoredPair(1, 1, 9.0)], records(1), 8.0)
