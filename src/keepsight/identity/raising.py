"""Raising questions that the model may not decide, and closing those that no longer stand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db import connection
from django.utils import timezone

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.identity.models import LinkQuestion
from keepsight.kernel.linkage.questions import kept_by_its_number
from keepsight.kernel.reviewing import LEAST_RECORDS, MOST_RECORDS

MOST = 1_000
"""Questions in one statement."""

IN_QUESTION = "SELECT * FROM identity_in_question(%s)"

RAISE = "SELECT identity_raise(%s, %s)"


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

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "key": self.key,
            "weight": self.weight,
            "reasons": [pair.as_json for pair in self.pairs],
            "version": self.model_version,
        }


@action
def raise_questions(*, by: Actor, questions: Sequence[RaisedQuestion], whole: bool = True) -> int:
    """Raise what is in question, once for its kind and records; returns how many are new.

    With `whole` these are all questions there are: what stands open and is not among them, and
    waits for no second person, is closed. A question whose pairs people have judged already, or
    whose records are of two identities that were severed, is not raised; nor is a duplicate that is
    none, of a pupil whom one of the agency’s formats names by the number that another gives.
    """
    asked = {(each.kind.value, each.key): each for each in _unanswered(questions)}
    if whole:
        standing = LinkQuestion.objects.filter(closed=None)
        rows = standing.values_list("pk", "kind", "records_key")
        gone = [pk for pk, kind, key in rows if (kind, key) not in asked]
        standing.filter(pk__in=gone).exclude(
            decisions__lifted=None, decisions__isnull=False
        ).update(closed=timezone.now(), outcome=LinkQuestion.Outcome.GONE)
    new = _begin(list(asked.values()))
    note = Note(act=Act.WRITE, what=f"questions about links: {new} raised")
    record(by=by, notes=[note])
    return new


def _unanswered(questions: Sequence[RaisedQuestion]) -> list[RaisedQuestion]:
    subjects = {subject for each in questions for subject in each.records}
    with connection.cursor() as cursor:
        cursor.execute(IN_QUESTION, [list(subjects)])
        rows = cursor.fetchall()
    known = {subject: said for subject, *said, _ in rows}
    judged = {(subject, other) for subject, *_, others in rows for other in others}
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


def _begin(asked: Sequence[RaisedQuestion]) -> int:
    """Write them down, those that stand open as they weigh now; returns how many are new."""
    now, new = timezone.now(), 0
    with connection.cursor() as cursor:
        for start in range(0, len(asked), MOST):
            said = [each.as_json for each in asked[start : start + MOST]]
            cursor.execute(RAISE, [json.dumps(said), now])
            new += cursor.fetchone()[0]
    return new
