"""Matching one record as it arrives with everything that is known, in the worker's transaction.

Who matches reads records of every agency, so it is the worker's role that does, and never the
pages'. Names are weighed by how often they came at the last nightly run; before the first one, only
an exact number joins (`identity_join_arrived`).
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.linkage_model import MODEL_VERSION, model_in_force
from keepsight.identity.asking import raised
from keepsight.identity.compared import careless_of, former_of, record_of
from keepsight.identity.following import follow_records
from keepsight.identity.models import NameCount, Unmatched
from keepsight.identity.raising import raise_questions
from keepsight.identity.sending import join_arrived
from keepsight.kernel.linkage.cluster import Membership
from keepsight.kernel.linkage.judged import Judged, judged
from keepsight.kernel.linkage.levels import FORMER, UNKNOWN, reasons
from keepsight.kernel.linkage.live import arrive
from keepsight.kernel.linkage.questions import Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.speaking import Asked
from keepsight.kernel.linkage.thresholds import REVIEW_WEIGHT
from keepsight.kernel.linkage.weighing import (
    NOTHING_BEFORE,
    Beside,
    Earlier,
    Population,
    Scales,
    Weighed,
)

FEW = 2_000
"""Records that wait to be matched up to which they are matched one by one: our own assumption.

Where more wait a large file came, and the nightly run over everything is quicker."""

GATHER = "SELECT identity_gather(%s)::text"

MEMBERS = "SELECT * FROM identity_members(%s, %s)"

WRITE = "SELECT identity_write_link(%s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record to be matched, and all that is known near it.

    `held` is the child that it is linked to, `free` if by the model and nobody else is.
    """

    own: LinkageRecord
    held: uuid.UUID | None
    free: bool
    population: Population | None
    candidates: Sequence[Beside]
    judged: Judged


@action
def match_next(*, by: Actor) -> bool:
    """Match one record of those that wait; False if none does, or so many that the night is
    quicker, or linking at night is at work.
    """
    if not NameCount.objects.filter(column=NameCount.RECORDS).exists():
        return False
    waiting = Unmatched.objects.order_by("since", "pk").values_list("pk", flat=True)
    if len(waiting[: FEW + 1]) > FEW:
        return False
    first = waiting.select_for_update(skip_locked=True).first()
    return first is not None and match_arrived(by=by, subject_id=first)


@action
def match_arrived(*, by: Actor, subject_id: int) -> bool:
    """Match a record, and write its link or what is asked; False while linking at night is at work.

    One that shares its child with others stays: it is the nightly run that may part them.
    """
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [subject_id])
        said = cursor.fetchone()[0]
    if said is None:
        return False
    near = gathered(subject_id, json.loads(said))
    if near is None or near.population is None:
        return join_arrived(by=by, subject_id=subject_id)
    if near.held is None or near.free:
        _settle(by, near, near.population)
    return True


def gathered(subject: int, said: Mapping[str, Any]) -> Gathered | None:
    """What the database said of a record and what is near it; nothing of one that is forgotten."""
    if not said:
        return None
    held, free = said["held"] or (None, True)
    careless = careless_of(said["careless"])
    return Gathered(
        own=_own(subject, said["own"], said["former"] or (), careless),
        held=held and uuid.UUID(held),
        free=free,
        population=_population(said["counts"]),
        candidates=[
            Beside(row[0], tuple(row[2:-1]), _earlier(row[-1]), careless.get(row[1], ()))
            for row in said["candidates"]
        ],
        judged=_judged(said["judged"]),
    )


def likely_of(scales: Scales, near: Gathered) -> list[Weighed]:
    """The candidates that may be one child with the record."""
    return [each for each in scales.weigh(near.candidates) if each.weight >= REVIEW_WEIGHT]


def children_near(near: Gathered, likely: Sequence[Weighed]) -> dict[str, list[LinkageRecord]]:
    """The children of likely candidates, and of records judged beside it, with all records."""
    own = near.own.subject
    subjects = {each.subject for each in likely}
    subjects.update(each for pair in near.judged.all for each in pair)
    found: dict[str, list[LinkageRecord]] = defaultdict(list)
    if others := subjects - {own}:
        with connection.cursor() as cursor:
            cursor.execute(MEMBERS, [list(others), own])
            for child, *row, former in cursor.fetchall():
                found[str(child)].append(record_of(row, former_of(json.loads(former or "[]"))))
    return dict(found)


def _settle(by: Actor, near: Gathered, population: Population) -> None:
    scales = Scales(model_in_force(), near.own, population)
    likely = likely_of(scales, near)
    found = arrive(near.own, likely, children_near(near, likely), near.judged)
    by_subject = {each.subject: each for each in likely}
    if near.held is None or found.child is not None:
        _write(found.child, found.member, by_subject)
    if near.held is not None and found.child is not None:
        follow_records(by=by, subjects=[near.own.subject])
    asked = [_asked(question, near.own, scales, by_subject) for question in found.questions]
    if asked:
        raise_questions(by=by, questions=raised(asked), whole=False)


def _write(child: str | None, member: Membership, by_subject: Mapping[int, Weighed]) -> None:
    because = member.reasons
    beside = by_subject.get(member.beside or 0)
    if beside is not None and member.weight is not None:
        known = {name: level for name, level in beside.levels.items() if level != UNKNOWN}
        because = reasons(known)
    values = [
        member.subject,
        uuid.UUID(child) if child else uuid.uuid4(),
        member.weight,
        json.dumps(because),
        member.beside,
        MODEL_VERSION,
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)


def _asked(
    question: Question, own: LinkageRecord, scales: Scales, by_subject: Mapping[int, Weighed]
) -> Asked:
    found = by_subject.get(sum(question.subjects) - own.subject)
    return Asked(question, () if found is None else scales.evidence(found))


def _earlier(said: Sequence[tuple[str, str]] | None) -> Earlier:
    if not said:
        return NOTHING_BEFORE
    return tuple([value for name, value in said if name == of] for of in FORMER.values())


def _own(
    subject: int,
    said: Sequence[Any],
    former: Sequence[tuple[str, str]],
    careless: Mapping[int, frozenset[str]],
) -> LinkageRecord:
    agency, nhs_number, upn, born, surname, forename, postcode, sex = said
    return LinkageRecord(
        subject=subject,
        agency=agency,
        forename=forename,
        surname=surname,
        date_of_birth=born and date.fromisoformat(born),
        sex=sex,
        nhs_number=nhs_number,
        upn=upn,
        postcode=postcode,
        careless=careless.get(agency, frozenset()),
        **former_of(former),
    )


def _population(rows: Sequence[tuple[str, str, int]]) -> Population | None:
    """How many records there were at the last run, and how often the record's names came."""
    counts = {(column, value): count for column, value, count in rows}
    records = counts.pop((NameCount.RECORDS, ""), None)
    if records is None:
        return None
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for (column, value), count in counts.items():
        if value:
            shares[column][value] = count / counts[column, ""]
    return Population(records, shares)


def _judged(rows: Sequence[tuple[int, int, str]]) -> Judged:
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one, other, verdict in rows:
        said[verdict].append((one, other))
    return judged(same=said["same"], not_the_same=said["not_same"], unsure=said["unsure"])
