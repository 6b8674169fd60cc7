"""Whatever the pairs say: no cluster breaks what binds, and the order of the input is nothing."""

from datetime import date
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.linkage.cluster import ScoredPair, clusters
from keepsight.kernel.linkage.guard import FAR_OVER, conflict, numbers_differ
from keepsight.kernel.linkage.judged import judged, two
from keepsight.kernel.linkage.questions import Kind
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import ALIKE_WITHIN, ASKED_WITHIN

THRESHOLD = 8.0
COUNT = 9
SUBJECTS = st.integers(1, COUNT)
TWO = st.tuples(SUBJECTS, SUBJECTS).filter(lambda two: two[0] != two[1])


@st.composite
def people(draw, count=COUNT):
    maybe = st.none()
    return [
        LinkageRecord(
            subject=subject,
            agency=draw(st.integers(1, 3)),
            forename=draw(maybe | st.sampled_from(["maya", "hassan"])),
            surname=draw(maybe | st.sampled_from(["ahmed", "khan"])),
            date_of_birth=draw(maybe | st.just(date(2012, 3, 4))),
            nhs_number=draw(maybe | st.sampled_from(["9434765919", "9434765870"])),
            upn=draw(maybe | st.sampled_from(["A801400001001", "B801400001002", "C80140000100A"])),
        )
        for subject in range(1, count + 1)
    ]


WEIGHTS = st.sampled_from([2.0, 8.0, 9.0, 20.0, FAR_OVER, 50.0])
PAIRS = st.lists(st.builds(lambda two, weight: ScoredPair(*two, weight), TWO, WEIGHTS), max_size=40)
FORBIDDEN = st.sets(TWO, max_size=5)


@given(PAIRS, people(), FORBIDDEN)
def test_every_record_is_in_exactly_one_cluster_and_nothing_that_binds_is_broken(
    pairs, records, forbidden
):
    found = clusters(pairs, records, THRESHOLD, judged=judged(not_the_same=forbidden)).clusters
    assert sorted(s for c in found for s in c.subjects) == list(range(1, COUNT + 1))
    by_subject = {record.subject: record for record in records}
    for cluster in found:
        assert cluster.number == min(cluster.subjects)
        for one, other in combinations(cluster.subjects, 2):
            assert not {(one, other), (other, one)} & forbidden
            # Weight may outvote the look of twins, but never two numbers.
            assert conflict(by_subject[one], by_subject[other], FAR_OVER) is None


@given(PAIRS, people(), FORBIDDEN, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(pairs, records, forbidden, random):
    expected = clusters(pairs, records, THRESHOLD, judged=judged(not_the_same=forbidden)).clusters
    turned = [ScoredPair(p.right, p.left, p.weight, p.reasons) for p in pairs]
    for each in (turned, shuffled := list(records)):
        random.shuffle(each)
    swapped = {(other, one) for one, other in forbidden}
    assert (
        clusters(turned, shuffled, THRESHOLD, judged=judged(not_the_same=swapped)).clusters
        == expected
    )


@given(PAIRS, people())
def test_every_record_that_was_brought_in_says_by_which_pair(pairs, records):
    given_pairs = {(frozenset((p.left, p.right)), p.weight) for p in pairs}
    for cluster in clusters(pairs, records, THRESHOLD).clusters:
        for member in cluster.members:
            if len(cluster.members) == 1:
                assert member.weight is None
                continue
            assert member.weight >= THRESHOLD
            assert (frozenset((member.subject, member.beside)), member.weight) in given_pairs
            assert member.beside in cluster.subjects


@given(
    people(count=3),
    st.tuples(WEIGHTS, WEIGHTS, WEIGHTS),
    st.sets(st.sampled_from(list(combinations(range(1, 4), 2)))),
)
def test_nobody_who_joined_one_child_fits_another_as_well(records, weights, apart):
    """Whoever is between two numbers, or two whom a person told apart, is with neither."""
    by_two = dict(zip(combinations(range(1, 4), 2), weights, strict=True))
    pairs = [ScoredPair(*pair, weight) for pair, weight in by_two.items()]
    found = clusters(pairs, records, THRESHOLD, judged=judged(not_the_same=apart)).clusters
    record = {each.subject: each for each in records}
    for cluster in (each for each in found if len(each.members) == 2):
        for own, other in permutations(cluster.subjects):
            [third] = {1, 2, 3} - {own, other}
            near = by_two[two(own, third)]
            told = two(other, third) in apart or numbers_differ(record[other], record[third])
            fits = two(own, third) not in apart and not conflict(record[own], record[third], near)
            close = near >= max(by_two[two(own, other)] - ALIKE_WITHIN, THRESHOLD - ASKED_WITHIN)
            assert not (told and fits and close)


@given(people())
def test_twins_stay_apart_through_any_third_record_that_is_not_far_over(records):
    pairs = [ScoredPair(a, b, 20.0) for a, b in combinations(range(1, COUNT + 1), 2)]
    by_subject = {record.subject: record for record in records}
    for cluster in clusters(pairs, records, THRESHOLD).clusters:
        for one, other in combinations(cluster.subjects, 2):
            assert conflict(by_subject[one], by_subject[other], 20.0) is None


JUDGED = st.builds(
    lambda pairs: judged(**{
        verdict: {pair for pair, said in pairs.items() if said == verdict}
        for verdict in ("same", "not_the_same", "unsure")
    }),
    st.dictionaries(
        TWO.map(lambda pair: tuple(sorted(pair))),
        st.sampled_from(["same", "not_the_same", "unsure"]),
        max_size=6,
    ),
)  # fmt: skip


@given(PAIRS, people(), JUDGED, st.sets(TWO.map(lambda pair: tuple(sorted(pair))), max_size=5))
def test_what_people_judged_binds_whatever_the_pairs_say(pairs, records, said, standing):
    found = clusters(pairs, records, THRESHOLD, judged=said, standing=standing)
    cluster = {s: c.number for c in found.clusters for s in c.subjects}
    for one, other in said.not_the_same:
        assert cluster[one] != cluster[other]
    asked = {question.subjects for question in found.questions}
    for one, other in said.same:
        assert cluster[one] == cluster[other] or (one, other) in asked
    for one, other in said.unsure:
        assert (one, other) not in asked
        brought = [m for c in found.clusters for m in c.members if m.weight is not None]
        assert all({m.subject, m.beside} != {one, other} for m in brought)


@given(PAIRS, people(), JUDGED)
def test_what_was_linked_stays_linked_when_the_same_is_weighed_again(pairs, records, said):
    once = clusters(pairs, records, THRESHOLD, judged=said)
    cluster = {s: c.number for c in once.clusters for s in c.subjects}
    stood = {p.two for p in pairs if p.weight >= THRESHOLD and cluster[p.left] == cluster[p.right]}
    assert clusters(pairs, records, THRESHOLD, judged=said, standing=stood) == once


@given(PAIRS, people(), JUDGED)
def test_nobody_is_asked_of_one_pair_twice_or_of_two_in_one_cluster(pairs, records, said):
    found = clusters(pairs, records, THRESHOLD, judged=said)
    cluster = {s: c.number for c in found.clusters for s in c.subjects}
    asked = [question.subjects for question in found.questions]
    assert len(asked) == len(set(asked))
    for question in found.questions:
        one, other = question.subjects
        together = cluster[one] == cluster[other]
        assert not together or question.kind is Kind.POSSIBLE_DUPLICATE
