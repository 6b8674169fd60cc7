"""Raising questions that the model may not decide, and closing those that no longer stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.utils import timezone

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.identity.models import (
    Judgement,
    LinkQuestion,
    LinkQuestionRecord,
    SubjectRecord,
)
from keepsight.kernel.linkage.questions import kept_by_its_number
from keepsight.kernel.reviewing import LEAST_RECORDS, MOST_RECORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReasons:
    """Why two records may be one child: the weight in bits, and each level in words with its own.

    Bits above nothing strengthen that they are one child; below, they speak against it.
    """

    one: int
    other: int
    weight: float
    levels: tuple[tuple[str, float], ...] = ()

    @property
    def as_json(self) -> dict[str, Any]:
        levels = [{"words": words, "bits": bits} for words, bits in self.levels]
        return {"one": self.one, "other": self.other, "weight": self.weight, "levels": levels}


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedQuestion:
    """A question about two to eight subject records, with the reasons of its pairs."""

    kind: LinkQuestion.Kind
    records: frozenset[int]
    model_version: str
    weight: float | None = None
    pairs: tuple[PairReasons, ...] = field(default=())

    def __post_init__(self) -> None:
        if not LEAST_RECORDS <= len(self.records) <= MOST_RECORDS:
            raise ValueError(f"A question is about {LEAST_RECORDS} to {MOST_RECORDS} records.")

    @property
    def key(self) -> str:
        return ",".join(map(str, sorted(self.records)))


@action
def raise_questions(*, by: Actor, questions: Sequence[RaisedQuestion], whole: bool = True) -> int:
    """Raise what is in question, once for its kind and records; returns how many are new.

    With `whole` these are all questions there are: what stands open and is not among them, and
    waits for no second person, is closed. A question whose pairs people have judged already, or
    whose records are of two identities that were severed, is not raised; nor is a duplicate that is
    none, of a pupil whom one of the agency’s formats names by the number that another gives.
    """
    asked = {(each.kind.value, each.key): each for each in _unanswered(questions)}
    standing = LinkQuestion.objects.filter(closed=None)
    if not whole:
        kinds, keys = zip(*asked, strict=True) if asked else ((), ())
        standing = standing.filter(kind__in=kinds, records_key__in=keys)
    held = {(each.kind, each.records_key): each for each in standing}
    if whole:
        gone = [each.pk for key, each in held.items() if key not in asked]
        standing.filter(pk__in=gone).exclude(
            decisions__lifted=None, decisions__isnull=False
        ).update(closed=timezone.now(), outcome=LinkQuestion.Outcome.GONE)
    for key in asked.keys() & held.keys():
        _weighed_anew(held[key].pk, asked[key])
    new = [each for key, each in asked.items() if key not in held]
    _begin(new)
    note = Note(act=Act.WRITE, what=f"questions about links: {len(new)} raised")
    record(by=by, notes=[note])
    return len(new)


def _unanswered(questions: Sequence[RaisedQuestion]) -> list[RaisedQuestion]:
    subjects = {subject for each in questions for subject in each.records}
    records = SubjectRecord.objects.filter(pk__in=subjects)
    known = {each[0]: each[1:] for each in records.values_list("pk", "severance", "key", "upn")}
    judgements = Judgement.objects.filter(lifted=None, one__in=subjects, other__in=subjects)
    judged = set(judgements.values_list("one_id", "other_id"))
    return [
        each
        for each in questions
        if len({known[subject][0] for subject in each.records}) == 1
        and not set(combinations(sorted(each.records), 2)) <= judged
        and not (
            each.kind is LinkQuestion.Kind.POSSIBLE_DUPLICATE
            and kept_by_its_number(*(known[subject][1:] for subject in each.records))
        )
    ]


def _weighed_anew(question_id: int, asked: RaisedQuestion) -> None:
    LinkQuestion.objects.filter(pk=question_id).update(
        weight=asked.weight,
        reasons=[pair.as_json for pair in asked.pairs],
        model_version=asked.model_version,
    )


def _begin(new: Sequence[RaisedQuestion]) -> None:
    now = timezone.now()
    made = LinkQuestion.objects.bulk_create(
        LinkQuestion(
            kind=each.kind,
            records_key=each.key,
            weight=each.weight,
            reasons=[pair.as_json for pair in each.pairs],
            model_version=each.model_version,
            raised=now,
        )
        for each in new
    )
    LinkQuestionRecord.objects.bulk_create(
        LinkQuestionRecord(question=question, subject_record_id=subject)
        for question, each in zip(made, new, strict=True)
        for subject in sorted(each.records)
    )
