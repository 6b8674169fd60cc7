"""The strongest pair first, and what it was that brought each record in."""

from itertools import permutations

import pytest

from keepsight.kernel.linkage.cluster import SAID_THE_SAME, Membership, ScoredPair, clusters
from keepsight.kernel.linkage.judged import judged
from keepsight.kernel.linkage.questions import Kind, Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import ASKED_WITHIN, LINK_WITHIN_AGENCY, STAYS_WITHIN


def records(count, **nhs):
    return [
        LinkageRecord(subject=s, agency=s, nhs_number=nhs.get(f"s{s}")) for s in range(1, count + 1)
    ]


def test_a_link_has_its_weight_and_reasons():
    pairs = [ScoredPair(1, 2, 9.0, ("same UPN",)), ScoredPair(2, 3, 4.0)]
    together, alone = clusters(pairs, records(3), threshold=8.0).clusters
    assert together.members == (
        Membership(1, 1, 9.0, ("same UPN",), 2),
        Membership(2, 1, 9.0, ("same UPN",), 1),
    )
    assert alone.members == (Membership(3, 3),)


def test_a_bridge_between_two_numbers_goes_to_the_stronger_side():
    people = records(3, s1="9434765919", s3="9434765870")
    pairs = [ScoredPair(1, 2, 10.0), ScoredPair(2, 3, 14.0)]
    assert [c.subjects for c in clusters(pairs, people, 8.0).clusters] == [(1,), (2, 3)]


def test_not_the_same_person_binds_through_a_third_record():
    pairs = [ScoredPair(1, 2, 20.0), ScoredPair(2, 3, 16.0), ScoredPair(1, 3, 30.0)]
    found = clusters(pairs, records(3), 8.0, judged=judged(not_the_same=[(3, 1)])).clusters
    assert [c.subjects for c in found] == [(1, 2), (3,)]


def test_of_ties_the_lowest_subjects_come_first_and_nobody_joins_either_of_two_in_any_order():
    people = records(4, s1="9434765919", s4="9434765870")
    pairs = [ScoredPair(1, 2, 12.0), ScoredPair(2, 3, 12.0), ScoredPair(4, 3, 12.0)]
    for order in permutations(pairs):
        assert [c.subjects for c in clusters(order, people, 8.0).clusters] == [(1, 2), (3,), (4,)]


def test_a_record_beside_itself_is_refused():
    with pytest.raises(ValueError, match="paired with itself"):
        clusters([ScoredPair(1, 1, 9.0)], records(1), 8.0)


def test_a_link_that_stands_is_kept_a_little_below_and_no_further():
    for weight, standing, together in (
        (7.9, [], False),
        (7.9, [(1, 2)], True),
        (8.0 - STAYS_WITHIN, [(1, 2)], True),
        (7.9 - STAYS_WITHIN, [(1, 2)], False),
    ):
        found = clusters([ScoredPair(2, 1, weight)], records(2), 8.0, standing=standing)
        assert (len(found.clusters) == 1) is together
        asked = [] if together else [Question(Kind.BETWEEN, (1, 2), weight)]
        assert found.questions == asked


def test_what_lies_between_is_asked_once_for_two_groups_and_not_below():
    pairs = [ScoredPair(1, 2, 20.0), ScoredPair(2, 3, 6.0), ScoredPair(1, 3, 7.0)]
    pairs.append(ScoredPair(1, 4, 7.9 - ASKED_WITHIN))
    assert clusters(pairs, records(4), 8.0).questions == [Question(Kind.BETWEEN, (1, 3), 7.0)]


def test_what_people_said_is_one_child_is_joined_across_every_guard():
    people = records(3, s1="9434765919", s3="9434765870")
    pairs = [ScoredPair(2, 3, 20.0), ScoredPair(1, 2, 15.0), ScoredPair(1, 3, 15.0)]
    apart = clusters(pairs, people, 8.0)
    assert [c.subjects for c in apart.clusters] == [(1,), (2, 3)]
    assert apart.questions == []
    (child,) = clusters(pairs, people, 8.0, judged=judged(same=[(3, 1)])).clusters
    assert child.members[0] == Membership(1, 1, None, SAID_THE_SAME, 3)
    assert child.members[1] == Membership(2, 1, 20.0, (), 3)


def test_who_said_the_same_and_who_said_it_is_not_contradict_each_other():
    said = judged(same=[(1, 2), (2, 3)], not_the_same=[(1, 3)])
    found = clusters([], records(3), 8.0, judged=said)
    assert [c.subjects for c in found.clusters] == [(1, 2), (3,)]
    assert found.questions == [Question(Kind.DOES_NOT_HOLD, (2, 3))]


def test_of_what_a_person_was_unsure_nobody_is_asked_again():
    pairs = [ScoredPair(1, 2, 20.0), ScoredPair(2, 3, 16.0), ScoredPair(1, 3, 7.0)]
    found = clusters(pairs, records(3), 8.0, judged=judged(unsure=[(1, 3)]))
    assert [c.subjects for c in found.clusters] == [(1, 2), (3,)]
    assert found.questions == []


def test_a_chain_of_weak_links_is_broken_at_the_weakest_and_asked():
    pairs = [ScoredPair(1, 2, 9.5), ScoredPair(2, 3, 9.0), ScoredPair(1, 3, -16.0)]
    found = clusters(pairs, records(3), 8.0)
    assert [c.subjects for c in found.clusters] == [(1, 2), (3,)]
    assert found.questions == [Question(Kind.DOES_NOT_HOLD, (2, 3), 9.0)]
    strong = [ScoredPair(1, 2, 9.5), ScoredPair(2, 3, 30.0), ScoredPair(1, 3, -9.0)]
    assert len(clusters(strong, records(3), 8.0).clusters) == 1


def test_a_former_number_is_asked_about_and_another_is_not():
    for former, asked in ((frozenset(), []), (frozenset({"9434765919"}), [Kind.TWO_NUMBERS])):
        people = [
            LinkageRecord(subject=1, agency=1, nhs_number="9434765919"),
            LinkageRecord(subject=2, agency=2, nhs_number="9434765870", former_numbers=former),
        ]
        found = clusters([ScoredPair(1, 2, 20.0)], people, 8.0)
        assert len(found.clusters) == 2
        assert [question.kind for question in found.questions] == asked


def test_two_ids_of_one_agency_need_more_and_are_reported_either_way():
    people = [LinkageRecord(subject=subject, agency=1) for subject in (1, 2)]
    for weight, children in ((LINK_WITHIN_AGENCY - 0.1, 2), (LINK_WITHIN_AGENCY, 1)):
        found = clusters([ScoredPair(1, 2, weight)], people, 2.0)
        assert len(found.clusters) == children
        assert found.questions == [Question(Kind.POSSIBLE_DUPLICATE, (1, 2), weight)]
    said = clusters([ScoredPair(1, 2, 20.0)], people, 8.0, judged=judged(same=[(1, 2)]))
    assert said.questions == []
