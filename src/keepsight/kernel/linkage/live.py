"""One record as it arrives, beside those who are known: the child whom it joins, or what is asked.

The rules are those of a run over everything. It only moves nobody else: an arrival that would join
two children links nothing, and a person is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from keepsight.kernel.linkage.cluster import Cluster, Membership, ScoredPair, clusters
from keepsight.kernel.linkage.judged import Judged, Two, two
from keepsight.kernel.linkage.questions import Kind, Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import LINK_WEIGHT
from keepsight.kernel.linkage.weighing import Weighed

Child = TypeVar("Child")


@dataclass(frozen=True, slots=True)
class Arrival(Generic[Child]):
    """What an arrival comes to: the child that it joins, or `None` for one of its own.

    `member` says beside whom and with what weight; `questions` are those about this record.
    """

    child: Child | None
    member: Membership
    questions: tuple[Question, ...]


def arrive(
    record: LinkageRecord,
    weighed: Sequence[Weighed],
    children: Mapping[Child, Sequence[LinkageRecord]],
    judged: Judged,
) -> Arrival[Child]:
    """Where the record belongs. `weighed` are its candidates; `children` are those that any of
    them, or any record that a person judged beside it, is linked to, each with all its records.
    """
    known = {each.subject: child for child, records in children.items() for each in records}
    others = [each for records in children.values() for each in records]
    found = clusters(
        [
            ScoredPair(record.subject, each.subject, each.weight)
            for each in weighed
            if each.subject in known
        ],
        [record, *others],
        LINK_WEIGHT,
        judged=Judged(judged.same | _held(children), judged.not_the_same, judged.unsure),
    )
    (mine,) = (each for each in found.clusters if record.subject in each.subjects)
    joined = list(dict.fromkeys(known[s] for s in mine.subjects if s != record.subject))
    asked = tuple(each for each in found.questions if record.subject in each.subjects)
    if len(joined) == 1:
        return Arrival(joined[0], _own(mine, record.subject), asked)
    between = _between(record.subject, weighed, known, joined)
    return Arrival(None, Membership(record.subject, record.subject), between + asked)


def _held(children: Mapping[Child, Sequence[LinkageRecord]]) -> frozenset[Two]:
    """The records of each child, held together as they stand."""
    return frozenset(
        two(records[0].subject, each.subject)
        for records in children.values()
        for each in records[1:]
    )


def _own(cluster: Cluster, subject: int) -> Membership:
    return next(member for member in cluster.members if member.subject == subject)


def _between(
    subject: int, weighed: Sequence[Weighed], known: Mapping[int, Child], joined: Sequence[Child]
) -> tuple[Question, ...]:
    """Of each child that would be joined with another, its strongest pair."""
    strongest: dict[Child, Weighed] = {}
    for each in sorted(weighed, key=lambda found: (-found.weight, found.subject)):
        child = known.get(each.subject)
        if child is not None and child in joined:
            strongest.setdefault(child, each)
    return tuple(
        Question(Kind.BETWEEN, two(subject, each.subject), each.weight)
        for each in strongest.values()
    )
