"""A record that fits two children about as well joins neither, at night and as it arrives alike."""

from datetime import date
from itertools import combinations

import pytest

from keepsight.kernel.linkage.cluster import ScoredPair, clusters
from keepsight.kernel.linkage.judged import judged
from keepsight.kernel.linkage.live import arrive
from keepsight.kernel.linkage.questions import Kind, Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import ALIKE_WITHIN, LINK_WEIGHT, REVIEW_WEIGHT
from keepsight.kernel.linkage.weighing import Weighed

ONE, OTHER, COMES = 1, 2, 3
NHS, OTHER_NHS = "9434765919", "9434765870"
BORN = date(2012, 3, 4)

NUMBERS = ({"nhs_number": NHS}, {"nhs_number": OTHER_NHS})
TWINS = tuple(
    {"forename": name, "surname": "ahmed", "date_of_birth": BORN} for name in ("maya", "zoe")
)
NOBODY = ({}, {})
FORMER = ({"nhs_number": NHS}, {"nhs_number": OTHER_NHS, "former_numbers": frozenset({NHS})})

CASES = {
    # What tells the two children apart, the weights of the record with each and of the two, what
    # was judged; whom the record joins, and the pairs in question.
    "equally of two numbers": (NUMBERS, (12.0, 12.0, None), {}, None, {(1, 3), (2, 3)}),
    "equally of twins": (TWINS, (9.0, 9.0, 5.0), {}, None, {(1, 3), (2, 3)}),
    "nearly equally": (NUMBERS, (12.0 - ALIKE_WITHIN, 12.0, None), {}, None, {(1, 3), (2, 3)}),
    "the second more": (NUMBERS, (11.9 - ALIKE_WITHIN, 12.0, None), {}, OTHER, set()),
    "the first more": (NUMBERS, (12.0, 11.9 - ALIKE_WITHIN, None), {}, ONE, set()),
    "one joins, one is asked about": (
        NUMBERS, (LINK_WEIGHT, REVIEW_WEIGHT, None), {}, None, {(1, 3), (2, 3)}
    ),
    "one joins, one is not asked about": (
        NUMBERS, (LINK_WEIGHT, REVIEW_WEIGHT - 0.1, None), {}, ONE, set()
    ),
    "a person said that the two are two": (
        NOBODY, (12.0, 12.0, 30.0), {"not_the_same": [(1, 2)]}, None, {(1, 3), (2, 3)}
    ),
    "a person was unsure whether the two are one": (
        NOBODY, (12.0, 12.0, 30.0), {"unsure": [(1, 2)]}, None, {(1, 3), (2, 3)}
    ),
    "a person said which": (NUMBERS, (12.0, 12.0, None), {"same": [(2, 3)]}, OTHER, set()),
    "a person said which not": (
        NUMBERS, (12.0, 12.0, None), {"not_the_same": [(2, 3)]}, ONE, set()
    ),
    "a person was unsure of one": (
        NUMBERS, (12.0, 12.0, None), {"unsure": [(2, 3)]}, None, {(1, 3)}
    ),
    "the two have a number each, one a former one": (
        FORMER, (12.0, 12.0, None), {}, ONE, {(2, 3)}
    ),
}  # fmt: skip


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request):
    apart, weights, said, joins, asked = request.param
    records = {
        subject: LinkageRecord(subject=subject, agency=subject, **known)
        for subject, known in ((ONE, apart[0]), (OTHER, apart[1]), (COMES, {}))
    }
    pairs = ((ONE, COMES), (OTHER, COMES), (ONE, OTHER))
    weighed = {
        pair: weight for pair, weight in zip(pairs, weights, strict=True) if weight is not None
    }
    return records, weighed, judged(**said), joins, asked


def about(questions):
    return {each.subjects for each in questions if COMES in each.subjects}


def test_a_run_over_everything(case):
    records, weighed, said, joins, asked = case
    pairs = [ScoredPair(*pair, weight) for pair, weight in weighed.items()]
    found = clusters(pairs, records.values(), LINK_WEIGHT, judged=said)
    [mine] = [each.subjects for each in found.clusters if COMES in each.subjects]
    assert set(mine) == {COMES, joins or COMES}
    assert about(found.questions) == asked


def test_as_it_arrives(case):
    records, weighed, said, joins, asked = case
    near = [Weighed(pair[0], weight, {}) for pair, weight in weighed.items() if COMES in pair]
    children = {"one": [records[ONE]], "other": [records[OTHER]]}
    found = arrive(records[COMES], near, children, said)
    assert found.child == {ONE: "one", OTHER: "other", None: None}[joins]
    assert about(found.questions) == asked


def people(count, **nhs):
    return [
        LinkageRecord(subject=s, agency=s, nhs_number=nhs.get(f"s{s}")) for s in range(1, count + 1)
    ]


def test_the_questions_say_that_it_may_be_either():
    pairs = [ScoredPair(1, 3, 12.0), ScoredPair(2, 3, 11.0), ScoredPair(2, 4, LINK_WEIGHT)]
    found = clusters(pairs, people(4, s1=NHS, s2=OTHER_NHS), LINK_WEIGHT)
    assert [each.subjects for each in found.clusters] == [(1,), (2, 4), (3,)]
    assert found.questions == [
        Question(Kind.EITHER, (1, 3), 12.0), Question(Kind.EITHER, (2, 3), 11.0)
    ]  # fmt: skip


def test_two_records_that_are_one_child_may_be_either_of_two_together():
    pairs = [ScoredPair(3, 4, 20.0)]
    pairs += [ScoredPair(one, other, 12.0) for one in (1, 2) for other in (3, 4)]
    found = clusters(pairs, people(4, s1=NHS, s2=OTHER_NHS), LINK_WEIGHT)
    assert [each.subjects for each in found.clusters] == [(1,), (2,), (3, 4)]
    assert [each.kind for each in found.questions] == [Kind.EITHER, Kind.EITHER]


def test_of_two_that_may_be_one_child_the_record_joins_both():
    pairs = [ScoredPair(one, other, 12.0) for one, other in combinations((1, 2, 3), 2)]
    found = clusters(pairs, people(3), LINK_WEIGHT)
    assert [each.subjects for each in found.clusters] == [(1, 2, 3)]


def test_what_stood_before_the_other_came_does_not_stand_on():
    pairs = [ScoredPair(1, 3, 12.0), ScoredPair(2, 3, 12.0)]
    found = clusters(pairs, people(3, s1=NHS, s2=OTHER_NHS), LINK_WEIGHT, standing=[(1, 3)])
    assert [each.subjects for each in found.clusters] == [(1,), (2,), (3,)]
