"""In whatever order facts come, are judged, lifted and linked anew: it ends as if known at once.

The facts are records, the weight of each pair, and what people judged. Children stand in between on
whatever was linked by then, one by one as it came or all anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, count

from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.linkage.cluster import ScoredPair, clusters
from keepsight.kernel.linkage.judged import Two, judged
from keepsight.kernel.linkage.keeping import children_of
from keepsight.kernel.linkage.live import arrive
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import BREAK_WEIGHT, LINK_WEIGHT, REVIEW_WEIGHT
from keepsight.kernel.linkage.weighing import Weighed

SUBJECTS = range(1, 8)
PAIRS = list(combinations(SUBJECTS, 2))
BETWEEN = (REVIEW_WEIGHT + BREAK_WEIGHT) / 2
WEIGHTS = [-12.0, REVIEW_WEIGHT, BETWEEN, BREAK_WEIGHT, LINK_WEIGHT - 0.5, LINK_WEIGHT, 8.0, 30.0]
VERDICTS = ["same", "not_the_same", "unsure"]


@dataclass
class Place:
    """What is known by now, and which child each record is held to be."""

    people: Mapping[int, LinkageRecord]
    weights: Mapping[Two, float]
    come: set[int] = field(default_factory=set)
    said: dict[Two, str] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)
    standing: set[Two] = field(default_factory=set)
    new: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def judged(self):
        return judged(**{
            verdict: [pair for pair, said in self.said.items() if said == verdict]
            for verdict in VERDICTS
        })  # fmt: skip

    def comes(self, subject):
        """One record is matched with all that came before."""
        self.come.add(subject)
        weighed = [
            Weighed(other, weight, {})
            for other in sorted(self.come - {subject})
            if (weight := self.weights.get(tuple(sorted((subject, other))), -99.0)) > -99
        ]
        children = {}
        for other, child in self.held.items():
            children.setdefault(child, []).append(self.people[other])
        found = arrive(self.people[subject], weighed, children, self.judged)
        self.held[subject] = found.child if found.child is not None else next(self.new)

    def linked_anew(self):
        found = clusters(
            self.scored, [self.people[s] for s in sorted(self.come)], LINK_WEIGHT,
            judged=self.judged, standing=self.standing,
        )  # fmt: skip
        children = children_of(found.clusters, self.held, self.before, lambda: next(self.new))
        placed = {s: children[each.number] for each in found.clusters for s in each.subjects}
        for subject, child in self.held.items():
            if placed[subject] != child:
                self.before[subject] = child
        self.held = placed
        self.standing = {
            pair.two
            for pair in self.scored
            if placed[pair.left] == placed[pair.right]
            and (pair.weight >= LINK_WEIGHT or (pair.two in self.standing and pair.weight >= 0))
        }

    @property
    def scored(self):
        return [
            ScoredPair(*pair, weight)
            for pair, weight in self.weights.items()
            if set(pair) <= self.come
        ]

    @property
    def partition(self):
        found = {}
        for subject, child in self.held.items():
            found.setdefault(child, set()).add(subject)
        return {frozenset(each) for each in found.values()}


@st.composite
def populations(draw):
    maybe = st.none()
    return {
        subject: LinkageRecord(
            subject=subject,
            agency=draw(st.integers(1, 4)),
            forename=draw(maybe | st.sampled_from(["maya", "hassan"])),
            surname=draw(maybe | st.just("ahmed")),
            date_of_birth=draw(maybe | st.just(date(2012, 3, 4))),
            nhs_number=draw(maybe | st.sampled_from(["9434765919", "9434765870"])),
        )
        for subject in SUBJECTS
    }


STEPS = st.lists(
    st.tuples(st.just("judge"), st.sampled_from(PAIRS), st.sampled_from(VERDICTS))
    | st.tuples(st.just("lift"), st.sampled_from(PAIRS), st.none())
    | st.tuples(st.just("link"), st.none(), st.none()),
    max_size=14,
)


@given(
    populations(),
    st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(WEIGHTS), max_size=len(PAIRS)),
    st.permutations(list(SUBJECTS)),
    STEPS,
    st.randoms(use_true_random=False),
)
def test_any_order_ends_as_the_same_facts_at_once(people, weights, order, steps, random):
    bit_by_bit, at_once = Place(people, weights), Place(people, weights)
    todo = [("come", subject, None) for subject in order]
    for step in steps:
        todo.insert(random.randint(0, len(todo)), step)
    for what, about, verdict in todo:
        if what == "come":
            bit_by_bit.comes(about)
        elif what == "judge":
            bit_by_bit.said[about] = verdict
        elif what == "lift":
            bit_by_bit.said.pop(about, None)
        else:
            bit_by_bit.linked_anew()
    bit_by_bit.linked_anew()
    at_once.come, at_once.said = set(SUBJECTS), dict(bit_by_bit.said)
    at_once.linked_anew()
    assert bit_by_bit.partition == at_once.partition


@given(populations(), st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(WEIGHTS)), STEPS)
def test_what_is_said_and_lifted_leaves_every_child_who_it_was(people, weights, steps):
    place = Place(people, weights, come=set(SUBJECTS))
    place.linked_anew()
    before = dict(place.held)
    for what, about, verdict in steps:
        if what == "judge":
            place.said[about] = verdict
            place.linked_anew()
    place.said.clear()
    place.linked_anew()
    assert {frozenset(s for s in before if before[s] == child) for child in before.values()} == (
        place.partition
    )


@given(populations(), st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(WEIGHTS)))
def test_linking_the_same_again_moves_nobody(people, weights):
    place = Place(people, weights, come=set(SUBJECTS))
    place.linked_anew()
    before = dict(place.held)
    place.linked_anew()
    assert place.held == before
