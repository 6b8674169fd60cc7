"""From pairs to children: the strongest pairs first, and never past what forbids.

Pairs alone would let A join C through B although A and C cannot be one child. So a pair joins
two groups only if nothing forbids any record of the one with any record of the other.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from keepsight.kernel.linkage.guard import conflict
from keepsight.kernel.linkage.records import LinkageRecord


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two subject records with the model's weight in bits and its reasons in words."""

    left: int
    right: int
    weight: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """One record's place in a cluster, and the pair that brought it in.

    `beside` is the other record of that pair. A record that stands alone has no weight, no
    reasons and nobody beside it.
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


@dataclass(slots=True)
class _Group:
    """Records held to be one child so far, with what no further member may bring."""

    records: list[LinkageRecord]
    nhs_numbers: set[str] = field(default_factory=set)
    upns: set[str] = field(default_factory=set)
    not_the_same: set[int] = field(default_factory=set)

    def accepts(self, other: "_Group", weights: dict[tuple[int, int], float]) -> bool:
        if len(self.nhs_numbers | other.nhs_numbers) > 1 or len(self.upns | other.upns) > 1:
            return False
        if any(record.subject in self.not_the_same for record in other.records):
            return False
        return all(
            conflict(one, two, weights.get(_ordered(one.subject, two.subject))) is None
            for one in self.records
            for two in other.records
        )

    def absorb(self, other: "_Group") -> None:
        self.records += other.records
        self.nhs_numbers |= other.nhs_numbers
        self.upns |= other.upns
        self.not_the_same |= other.not_the_same


def clusters(
    pairs: Iterable[ScoredPair],
    records: Iterable[LinkageRecord],
    threshold: float,
    forbidden: Collection[tuple[int, int]] = (),
) -> list[Cluster]:
    """The records as children: every record in exactly one cluster, ordered by lowest subject.

    A pair joins from `threshold` (bits) upwards. `forbidden` are pairs of subjects that a person
    decided are not the same; they bind through third records too. The order of the input does
    not matter; of equal weights the pair of the lowest subjects comes first. Raises `ValueError`
    for a pair, or a forbidden pair, that names one record twice, and `KeyError` for a scored
    pair whose records were not given.
    """
    groups = _singletons(records, forbidden)
    strong = sorted(
        (pair for pair in pairs if pair.weight >= threshold),
        key=lambda pair: (-pair.weight, _ordered(pair.left, pair.right), pair.reasons),
    )
    brought_in = _join(groups, strong)
    distinct = {id(group): group for group in groups.values()}.values()
    return sorted((_cluster(group, brought_in) for group in distinct), key=lambda c: c.number)


def _join(groups: dict[int, _Group], strong: list[ScoredPair]) -> dict[int, ScoredPair]:
    """Merge the groups in place; returns the pair that brought each record in."""
    weights: dict[tuple[int, int], float] = {}
    for pair in strong:
        weights.setdefault(_ordered(pair.left, pair.right), pair.weight)
    brought_in: dict[int, ScoredPair] = {}
    for pair in strong:
        left, right = groups[pair.left], groups[pair.right]
        if left is right or not left.accepts(right, weights):
            continue
        brought_in.setdefault(pair.left, pair)
        brought_in.setdefault(pair.right, pair)
        large, small = (left, right) if len(left.records) >= len(right.records) else (right, left)
        large.absorb(small)
        groups.update((record.subject, large) for record in small.records)
    return brought_in


def _singletons(
    records: Iterable[LinkageRecord], forbidden: Collection[tuple[int, int]]
) -> dict[int, _Group]:
    groups = {record.subject: _singleton(record) for record in records}
    for one, other in forbidden:
        _ordered(one, other)
        for subject, opponent in ((one, other), (other, one)):
            if subject in groups:
                groups[subject].not_the_same.add(opponent)
    return groups


def _singleton(record: LinkageRecord) -> _Group:
    nhs = {record.nhs_number} if record.nhs_number else set()
    upn = {record.permanent_upn} if record.permanent_upn else set()
    return _Group([record], nhs, upn)


def _cluster(group: _Group, brought_in: dict[int, ScoredPair]) -> Cluster:
    subjects = sorted(record.subject for record in group.records)
    number = subjects[0]
    return Cluster(number, tuple(_membership(s, number, brought_in.get(s)) for s in subjects))


def _membership(subject: int, cluster: int, pair: ScoredPair | None) -> Membership:
    if pair is None:
        return Membership(subject, cluster)
    beside = pair.right if subject == pair.left else pair.left
    return Membership(subject, cluster, pair.weight, pair.reasons, beside)


def _ordered(one: int, other: int) -> tuple[int, int]:
    if one == other:
        raise ValueError(f"Subject record {one} is paired with itself.")
    return (one, other) if one < other else (other, one)
