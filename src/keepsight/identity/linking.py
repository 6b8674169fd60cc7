"""Linking every subject record anew, and writing down only what changed of the beliefs."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.utils import timezone

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.engines.linkage import link
from keepsight.engines.linkage_model import MODEL_VERSION
from keepsight.identity.models import Child, Link, NotTheSame, SubjectRecord
from keepsight.identity.tracing.keeping import IN_WORDS, traced_numbers
from keepsight.kernel.linkage.cluster import Cluster, Membership
from keepsight.kernel.linkage.records import LinkageRecord

MODEL = "model"
"""Who decided a link that no person did; what a person decided, the model does not undo."""

FIELDS = (
    "id",
    "agency_id",
    "forename",
    "surname",
    "date_of_birth",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking did."""

    records: int
    children: int
    links_begun: int
    links_ended: int


@dataclass(frozen=True, slots=True)
class _Subject:
    agency_id: int
    area_id: int
    tier: str
    first_received: datetime


@action
def link_records(*, by: Actor, replayed: bool = False) -> Linked:
    """Link all subject records into children by the model in force.

    A cluster keeps the child that most of its records were; where it is new it is a new child.
    Links that still hold are not touched. With `replayed` (a demo that plays back the past) a
    link is recorded from when its record first came, as it would have been then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(43)")
    subjects = _subjects()
    forbidden = [
        (min(pair), max(pair))
        for pair in NotTheSame.objects.filter(lifted=None).values_list("one_id", "other_id")
    ]
    traced = traced_numbers()
    found = link(_records(traced), forbidden=forbidden)
    links = Link.objects.filter(recorded_until=None)
    held = dict(links.values_list("subject_record", "child"))
    by_people = set(links.exclude(decided_by=MODEL).values_list("subject_record", flat=True))
    children = _children(found, held)
    moved = [
        (_told(member, traced), children[each.number])
        for each in found
        for member in each.members
        if held.get(member.subject) != children[each.number] and member.subject not in by_people
    ]
    ended = _end([member.subject for member, _ in moved if member.subject in held])
    _begin(moved, subjects, set(held.values()), replayed=replayed)
    said = f"links: {len(moved)} begun, {ended} ended, model {MODEL_VERSION}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return Linked(len(subjects), len(found), len(moved), ended)


def _records(traced: Mapping[int, str]) -> list[LinkageRecord]:
    rows = SubjectRecord.objects.filter(forgotten=None).values_list(*FIELDS)
    return [
        LinkageRecord(
            subject=row[0],
            agency=row[1],
            forename=row[2],
            surname=row[3],
            date_of_birth=row[4],
            sex=row[5],
            nhs_number=row[6] or traced.get(row[0]),
            upn=row[7],
            postcode=row[8],
        )
        for row in rows.iterator(chunk_size=5000)
    ]


def _told(member: Membership, traced: Mapping[int, str]) -> Membership:
    """A link of which a traced number was part says so."""
    pair = {member.subject, member.beside}
    if member.beside is None or pair.isdisjoint(traced):
        return member
    return replace(member, reasons=(*member.reasons, IN_WORDS))


def _subjects() -> dict[int, _Subject]:
    records = SubjectRecord.objects.filter(forgotten=None)
    rows = records.values_list("id", "agency_id", "area_id", "tier", "first_received")
    return {row[0]: _Subject(*row[1:]) for row in rows.iterator(chunk_size=5000)}


def _children(found: Sequence[Cluster], held: dict[int, uuid.UUID]) -> dict[int, uuid.UUID]:
    """Which child each cluster is; a child goes to the cluster that keeps most of its records."""
    claims = []
    for cluster in found:
        votes = Counter(held[subject] for subject in cluster.subjects if subject in held)
        claims += [(-count, cluster.number, child) for child, count in votes.items()]
    taken: dict[int, uuid.UUID] = {}
    given: set[uuid.UUID] = set()
    for _, number, child in sorted(claims, key=lambda claim: (claim[0], claim[1], str(claim[2]))):
        if number not in taken and child not in given:
            taken[number] = child
            given.add(child)
    return {cluster.number: taken.get(cluster.number) or uuid.uuid4() for cluster in found}


def _end(subjects: Sequence[int]) -> int:
    links = Link.objects.filter(subject_record__in=subjects, recorded_until=None)
    return links.update(recorded_until=timezone.now())


def _begin(
    moved: Sequence[tuple[Membership, uuid.UUID]],
    subjects: dict[int, _Subject],
    existing: set[uuid.UUID],
    *,
    replayed: bool,
) -> None:
    now = timezone.now()
    new = {child for _, child in moved} - existing
    Child.objects.bulk_create(
        [Child(id=child, recorded=now) for child in new], batch_size=2000, ignore_conflicts=True
    )
    Link.objects.bulk_create(
        [_link(member, child, subjects[member.subject], now, replayed) for member, child in moved],
        batch_size=2000,
    )


def _link(
    member: Membership, child: uuid.UUID, subject: _Subject, now: datetime, replayed: bool
) -> Link:
    return Link(
        subject_record_id=member.subject,
        child_id=child,
        agency_id=subject.agency_id,
        area_id=subject.area_id,
        tier=subject.tier,
        weight=member.weight,
        reasons=list(member.reasons),
        model_version=MODEL_VERSION,
        decided_by=MODEL,
        recorded_from=subject.first_received if replayed else now,
    )
