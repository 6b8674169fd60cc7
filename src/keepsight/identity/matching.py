"""Matching one record as it arrives with everything that is known, in the worker's transaction.

Who matches reads records of every agency, so it is the worker's role that does, and never the
pages'. Names are weighed by how often they came at the last nightly run; before the first one, only
an exact number joins (`identity_join_arrived`).
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.linkage_model import MODEL_VERSION, model_in_force
from keepsight.identity.asking import raised
from keepsight.identity.compared import judgements, records_of
from keepsight.identity.linking import MODEL
from keepsight.identity.models import (
    Child,
    Link,
    LinkedPair,
    NameCount,
    SubjectRecord,
    Unmatched,
)
from keepsight.identity.raising import raise_questions
from keepsight.identity.sending import join_arrived
from keepsight.kernel.linkage.cluster import Membership
from keepsight.kernel.linkage.judged import Judged, two
from keepsight.kernel.linkage.levels import UNKNOWN, reasons
from keepsight.kernel.linkage.live import Arrival, arrive
from keepsight.kernel.linkage.questions import Question
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.speaking import Asked
from keepsight.kernel.linkage.thresholds import REVIEW_WEIGHT
from keepsight.kernel.linkage.weighing import Population, Scales, Values, Weighed

FEW = 2_000
"""Records that wait to be matched up to which they are matched one by one: our own assumption.

Where more wait a large file came, and the nightly run over everything is quicker."""

CANDIDATES = """
SELECT id, child_id, nhs_number, upn, date_of_birth, surname, forename, postcode, sex
FROM identity_candidates(%s)"""

COUNTS = """
SELECT "column", value, count FROM identity_namecount
WHERE value = '' OR ("column" = 'surname' AND value = %s) OR ("column" = 'forename' AND value = %s)
"""

HELD = """
SELECT l.child_id, l.decided_by = 'model' AND NOT EXISTS (
  SELECT 1 FROM identity_link o WHERE o.child_id = l.child_id AND o.recorded_until IS NULL
    AND o.id <> l.id)
FROM identity_link l WHERE l.subject_record_id = %s AND l.recorded_until IS NULL"""


@dataclass(frozen=True, slots=True)
class _Held:
    """The child that a record is linked to; `free` if by the model, and nobody else is."""

    child: uuid.UUID
    free: bool


@action
def match_next(*, by: Actor) -> bool:
    """Match one record of those that wait; False if none does, or so many that the night is
    quicker, or linking at night is at work.
    """
    if population_of(None, None) is None:
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
        cursor.execute("SELECT identity_hold_blocks(%s)", [subject_id])
        if not cursor.fetchone()[0]:
            return False
    own = records_of([subject_id]).get(subject_id)
    population = own and population_of(own.surname, own.forename)
    if own is None or population is None:
        return join_arrived(by=by, subject_id=subject_id)
    held = _held(subject_id)
    if held is None or held.free:
        _settle(by, own, population, held)
    Unmatched.objects.filter(pk=subject_id).delete()
    return True


def population_of(surname: str | None, forename: str | None) -> Population | None:
    """How many records there were at the last run, and how often these names came."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [surname, forename])
        counts = {(column, value): count for column, value, count in cursor.fetchall()}
    if (NameCount.RECORDS, "") not in counts:
        return None
    shares = {
        column: {value: counts[column, value] / counts[column, ""]}
        for column, value in (("surname", surname), ("forename", forename))
        if value and (column, value) in counts
    }
    return Population(counts[NameCount.RECORDS, ""], shares)


def candidates_of(subject_id: int) -> tuple[list[tuple[int, Values]], dict[int, uuid.UUID]]:
    """The records that a blocking rule brings together with one; and whose children they are."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [subject_id])
        rows = cursor.fetchall()
    return [(row[0], row[2:]) for row in rows], {row[0]: row[1] for row in rows if row[1]}


def _settle(by: Actor, own: LinkageRecord, population: Population, held: _Held | None) -> None:
    scales = Scales(model_in_force(), own, population)
    candidates, linked = candidates_of(own.subject)
    likely = [each for each in scales.weigh(candidates) if each.weight >= REVIEW_WEIGHT]
    said = judgements([own.subject])
    arrival = arrive(own, likely, _children(own.subject, likely, linked, said), said)
    by_subject = {each.subject: each for each in likely}
    _write(own, arrival, held, by_subject.get(arrival.member.beside or 0))
    asked = [_asked(question, own.subject, scales, by_subject) for question in arrival.questions]
    if asked:
        raise_questions(by=by, questions=raised(asked), whole=False)


def _children(
    own: int, likely: Sequence[Weighed], linked: Mapping[int, uuid.UUID], said: Judged
) -> dict[uuid.UUID, list[LinkageRecord]]:
    """The children of likely candidates, and of records judged beside it, with all records."""
    judged = {subject for pair in said.all for subject in pair if subject != own}
    near = Link.objects.filter(subject_record__in=judged, recorded_until=None)
    children = {linked[each.subject] for each in likely if each.subject in linked}
    children.update(near.values_list("child_id", flat=True))
    links = Link.objects.filter(child__in=children, recorded_until=None).exclude(subject_record=own)
    places = dict(links.values_list("subject_record_id", "child_id"))
    found: dict[uuid.UUID, list[LinkageRecord]] = defaultdict(list)
    for subject, record in sorted(records_of(places).items()):
        found[places[subject]].append(record)
    return dict(found)


def _write(
    own: LinkageRecord,
    arrival: Arrival[uuid.UUID],
    held: _Held | None,
    beside: Weighed | None,
) -> None:
    """The record's link, if it is now another child than it was held to be."""
    if held is not None and arrival.child in (None, held.child):
        return
    now = timezone.now()
    child = arrival.child or Child.objects.create(recorded=now).pk
    Link.objects.filter(subject_record=own.subject, recorded_until=None).update(recorded_until=now)
    subject = SubjectRecord.objects.get(pk=own.subject)
    Link.objects.create(
        subject_record=subject,
        child_id=child,
        agency_id=subject.agency_id,
        area_id=subject.area_id,
        tier=subject.tier,
        weight=arrival.member.weight,
        reasons=list(_reasons(arrival.member, beside)),
        model_version=MODEL_VERSION,
        decided_by=MODEL,
        recorded_from=now,
    )
    if beside is not None and arrival.member.weight is not None:
        one, other = two(own.subject, beside.subject)
        LinkedPair.objects.get_or_create(one_id=one, other_id=other, defaults={"since": now})


def _reasons(member: Membership, beside: Weighed | None) -> tuple[str, ...]:
    if member.weight is None or beside is None:
        return member.reasons
    return reasons({name: level for name, level in beside.levels.items() if level != UNKNOWN})


def _asked(
    question: Question, own: int, scales: Scales, by_subject: Mapping[int, Weighed]
) -> Asked:
    other = sum(question.subjects) - own
    found = by_subject.get(other)
    return Asked(question, () if found is None else scales.evidence(found))


def _held(subject_id: int) -> _Held | None:
    with connection.cursor() as cursor:
        cursor.execute(HELD, [subject_id])
        found = cursor.fetchone()
    return None if found is None else _Held(*found)
