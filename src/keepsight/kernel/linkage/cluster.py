"""From pairs to children: what people said first, then the strongest pairs, never past a guard.

Pairs alone would let A join C through B although A and C cannot be one child. So a pair joins two
groups only if nothing forbids any record of the one with any record of the other, if what is known
between all of them speaks for one child, and if neither fits another child as well. What is refused
so, and what lies between joining and not, is put before a person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from keepsight.kernel.linkage.groups import Group, alone
from keepsight.kernel.linkage.judged import NOTHING_JUDGED, Judged, Two, two
from keepsight.kernel.linkage.questions import Kind, Question
from keepsight.kernel.linkage.records import NO_AGENCY, LinkageRecord
from keepsight.kernel.linkage.rivals import Near, near_of, rivals
from keepsight.kernel.linkage.thresholds import ASKED_WITHIN, STAYS_WITHIN

SAID_THE_SAME = ("a person said that they are one child",)


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two subject records with the model's weight in bits and its reasons in words."""

    left: int
    right: int
    weight: float
    reasons: tuple[str, ...] = ()

    @property
    def two(self) -> Two:
        return two(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Membership:
    """One record's place in a cluster, and the pair that brought it in.

    `beside` is the other record of that pair. A record that stands alone has no weight, no reasons
    and nobody beside it; one that a person's word brought in has no weight.
    """

    subject: int
    cluster: int
    weight: float | None = None
    reasons: tuple[str, ...] = ()
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The records of one child, in order of subject. Named after the lowest subject in it."""

    number: int
    members: tuple[Membership, ...]

    @property
    def subjects(self) -> tuple[int, ...]:
        return tuple(member.subject for member in self.members)


@dataclass(frozen=True, slots=True)
class Clustering:
    """Every record in exactly one cluster, ordered by lowest subject; and what people are asked."""

    clusters: list[Cluster]
    questions: list[Question]


def clusters(
    pairs: Iterable[ScoredPair],
    records: Iterable[LinkageRecord],
    threshold: float,
    *,
    judged: Judged = NOTHING_JUDGED,
    standing: Collection[Two] = (),
) -> Clustering:
    """The records as children, and the pairs of which a person must say.

    A pair joins from `threshold` (bits) upwards, and one of those already `standing` a little
    below (`STAYS_WITHIN`). `pairs` holds all that were scored, weak ones too: they tell whether a
    group holds together. The order of the input does not matter; of equal weights the pair of the
    lowest subjects comes first. Raises `ValueError` for a pair that names one record twice, and
    `KeyError` for a scored pair whose records were not given.
    """
    groups = _singletons(records, judged)
    strongest_first = sorted(pairs, key=lambda pair: (-pair.weight, pair.two, pair.reasons))
    weights: dict[Two, float] = {}
    for pair in strongest_first:
        weights.setdefault(pair.two, pair.weight)
    brought_in: dict[int, Membership] = {}
    _join_judged(groups, judged, brought_in)
    kept = frozenset(standing)
    joining = [
        pair for pair in strongest_first if pair.weight >= _joins_from(pair, kept, threshold)
    ]
    floor = threshold - ASKED_WITHIN
    near = near_of(pair for pair in strongest_first if pair.weight >= floor)
    either = _join(groups, joining, weights, near, floor, brought_in)
    asked = _questions(groups, strongest_first, weights, kept, either, threshold)
    asked += _duplicates(groups, weights, judged) + _contradictions(groups, judged, weights)
    return Clustering(_clusters(groups, brought_in), sorted(set(asked), key=_order))


def _joins_from(pair: ScoredPair, standing: frozenset[Two], threshold: float) -> float:
    return threshold - STAYS_WITHIN if pair.two in standing else threshold


def _join_judged(
    groups: dict[int, Group], judged: Judged, brought_in: dict[int, Membership]
) -> None:
    """Join what people said is one child, across every guard, unless others said it is not."""
    for one, other in sorted(judged.same):
        if one not in groups or other not in groups:
            continue
        left, right = groups[one], groups[other]
        if left is right or left.told_apart(right):
            continue
        brought_in.setdefault(one, Membership(one, 0, None, SAID_THE_SAME, other))
        brought_in.setdefault(other, Membership(other, 0, None, SAID_THE_SAME, one))
        _merge(groups, left, right)


def _join(
    groups: dict[int, Group],
    joining: list[ScoredPair],
    weights: dict[Two, float],
    near: Near,
    floor: float,
    brought_in: dict[int, Membership],
) -> set[Two]:
    """Merge the groups in place, and note the pair that brought each record in.

    Returns the pairs that were not joined because something fits two children.
    """
    either: set[Two] = set()
    for pair in joining:
        left, right = groups[pair.left], groups[pair.right]
        if left is right or left.refusal(right, weights):
            continue
        if others := rivals(pair, near, groups, weights, floor):
            either.update((pair.two, *others))
            continue
        for own, beside in ((pair.left, pair.right), (pair.right, pair.left)):
            brought_in.setdefault(own, Membership(own, 0, pair.weight, pair.reasons, beside))
        _merge(groups, left, right)
    return either


def _merge(groups: dict[int, Group], left: Group, right: Group) -> None:
    large, small = (left, right) if len(left.records) >= len(right.records) else (right, left)
    large.absorb(small)
    groups.update((record.subject, large) for record in small.records)


def _questions(
    groups: dict[int, Group],
    strongest_first: list[ScoredPair],
    weights: dict[Two, float],
    standing: frozenset[Two],
    either: Collection[Two],
    threshold: float,
) -> list[Question]:
    """For each two groups the strongest pair between them, if a person is to say."""
    met: set[Two] = set()
    found = []
    for pair in strongest_first:
        left, right = groups[pair.left], groups[pair.right]
        if left is right or (pair.weight < threshold - ASKED_WITHIN and pair.two not in standing):
            continue
        both = two(id(left), id(right))
        if both in met:
            continue
        met.add(both)
        refusal = left.refusal(right, weights)
        kind = refusal.asks if refusal else _unrefused(pair, either, threshold)
        if kind:
            found.append(Question(kind, pair.two, pair.weight))
    return found


def _unrefused(pair: ScoredPair, either: Collection[Two], threshold: float) -> Kind:
    """A strong pair that is not refused at the end was refused before others came in."""
    if pair.two in either:
        return Kind.EITHER
    return Kind.DOES_NOT_HOLD if pair.weight >= threshold else Kind.BETWEEN


def _duplicates(
    groups: dict[int, Group], weights: dict[Two, float], judged: Judged
) -> list[Question]:
    """Two ids of one agency in one cluster, unless a person already said what they are."""
    agency = {
        record.subject: record.agency for group in groups.values() for record in group.records
    }
    return [
        Question(Kind.POSSIBLE_DUPLICATE, pair, weight)
        for pair, weight in weights.items()
        if groups[pair[0]] is groups[pair[1]]
        and agency[pair[0]] == agency[pair[1]] != NO_AGENCY
        and pair not in judged.same
    ]


def _contradictions(
    groups: dict[int, Group], judged: Judged, weights: dict[Two, float]
) -> list[Question]:
    """Pairs that one person said are one child, and others' words keep apart."""
    return [
        Question(Kind.DOES_NOT_HOLD, pair, weights.get(pair))
        for pair in judged.same
        if pair[0] in groups and pair[1] in groups and groups[pair[0]] is not groups[pair[1]]
    ]


def _order(question: Question) -> tuple[str, Two]:
    return question.kind.value, question.subjects


def _singletons(records: Iterable[LinkageRecord], judged: Judged) -> dict[int, Group]:
    groups = {record.subject: alone(record) for record in records}
    for one, other in judged.not_the_same:
        for subject, opponent in ((one, other), (other, one)):
            if subject in groups:
                groups[subject].not_the_same.add(opponent)
    for one, other in judged.unsure:
        for subject, opponent in ((one, other), (other, one)):
            if subject in groups:
                groups[subject].unsure.add(opponent)
    return groups


def _clusters(groups: dict[int, Group], brought_in: dict[int, Membership]) -> list[Cluster]:
    distinct = {id(group): group for group in groups.values()}.values()
    return sorted((_cluster(group, brought_in) for group in distinct), key=lambda c: c.number)


def _cluster(group: Group, brought_in: dict[int, Membership]) -> Cluster:
    subjects = sorted(record.subject for record in group.records)
    number = subjects[0]
    return Cluster(number, tuple(_placed(s, number, brought_in.get(s)) for s in subjects))


def _placed(subject: int, number: int, found: Membership | None) -> Membership:
    if found is None:
        return Membership(subject, number)
    return Membership(subject, number, found.weight, found.reasons, found.beside)
