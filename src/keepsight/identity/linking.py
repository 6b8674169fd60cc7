"""Linking every subject record anew, and writing down only what changed of the beliefs."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.engines.linkage import Linkage, linkage
from keepsight.engines.linkage_model import MODEL_VERSION
from keepsight.identity.asking import raised
from keepsight.identity.compared import every_record, judgements, standing_pairs
from keepsight.identity.following import follow_records
from keepsight.identity.joining import LINKING
from keepsight.identity.models import Child, Judgement, Link, SubjectRecord
from keepsight.identity.raising import raise_questions
from keepsight.identity.remembering import remember
from keepsight.identity.tracing.keeping import IN_WORDS, traced_numbers
from keepsight.identity.tracing.questioning import traced_questions
from keepsight.kernel.linkage.cluster import Cluster, Membership
from keepsight.kernel.linkage.keeping import children_of, followed

MODEL = "model"
"""Who decided a link that no person did."""

BEGUN_HERE = "keepsight-"
"""How the key begins of a record that an agency began in Keepsight; the child’s id follows."""

LAST_ENDED = """
SELECT DISTINCT ON (subject_record_id) subject_record_id, child_id FROM identity_link
WHERE recorded_until IS NOT NULL AND id NOT IN (
  SELECT across::bigint FROM identity_severance v, jsonb_array_elements_text(v.links) across)
ORDER BY subject_record_id, recorded_until DESC, id DESC"""
"""Links of the past that would lead across a severance are as if they had never been."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking did."""

    records: int
    children: int
    links_begun: int
    links_ended: int
    questions: int = 0


@dataclass(frozen=True, slots=True)
class _Subject:
    agency_id: int
    area_id: int
    tier: str
    first_received: datetime
    key: str


@action
def link_records(*, by: Actor, replayed: bool = False) -> Linked:
    """Link all subject records into children by the model in force and by what people judged.

    Links that still hold are not touched, and a child keeps its id. With `replayed` (a demo that
    plays back the past) a link is recorded from when its record first came, as it would have been
    then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKING])
    subjects = _subjects()
    found = _linked()
    links = Link.objects.filter(recorded_until=None)
    held = dict(links.values_list("subject_record", "child"))
    moved = _moves(found.clusters, held, _by_hand(subjects))
    ended = _end([member.subject for member, _ in moved if member.subject in held])
    traced = traced_numbers()
    told = [(_told(member, traced), child) for member, child in moved]
    _begin(told, subjects, replayed=replayed)
    follow_records(by=by)
    asked = [*traced_questions(), *raised(found.questions)]
    questions = raise_questions(by=by, questions=asked)
    remember(by=by, standing=found.standing, mistakes=found.mistakes)
    said = f"links: {len(moved)} begun, {ended} ended, model {MODEL_VERSION}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return Linked(len(subjects), len(found.clusters), len(moved), ended, questions)


def _linked() -> Linkage:
    """All records, those of each severance by themselves. Mistakes are the largest part’s."""
    said, stood = judgements(), standing_pairs()
    records = every_record()
    parts = [linkage(each, judged=said, standing=stood) for each in records.values()]
    whole = max(parts, key=lambda part: len(part.clusters), default=None)
    return Linkage(
        [cluster for part in parts for cluster in part.clusters],
        [asked for part in parts for asked in part.questions],
        frozenset().union(*(part.standing for part in parts)),
        whole.mistakes if whole else {},
    )


def _subjects() -> dict[int, _Subject]:
    records = SubjectRecord.objects.filter(forgotten=None)
    rows = records.values_list("id", "agency_id", "area_id", "tier", "first_received", "key")
    return {row[0]: _Subject(*row[1:]) for row in rows.iterator(chunk_size=5000)}


def _before() -> dict[int, uuid.UUID]:
    """For each record the child that it was last, before the one that it is."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_ENDED)
        return dict(cursor.fetchall())


def _by_hand(subjects: Mapping[int, _Subject]) -> dict[int, uuid.UUID | None]:
    """Records that a person linked and of which no judgement speaks, each with the child for whom
    it was begun in Keepsight, if it was.
    """
    said = {each for pair in Judgement.objects.values_list("one_id", "other_id") for each in pair}
    people = Q(subject_record__key__startswith=BEGUN_HERE) | ~Q(decided_by=MODEL)
    links = Link.objects.filter(people, recorded_until=None)
    return {
        subject: _home(subjects[subject].key)
        for subject in links.values_list("subject_record", flat=True)
        if subject in subjects and subject not in said
    }


def _home(key: str) -> uuid.UUID | None:
    """The child for whom a record of this key was begun in Keepsight."""
    child = key.removeprefix(BEGUN_HERE)
    return uuid.UUID(child) if child != key else None


def _moves(
    found: Sequence[Cluster],
    held: Mapping[int, uuid.UUID],
    by_hand: Mapping[int, uuid.UUID | None],
) -> list[tuple[Membership, uuid.UUID]]:
    """Whoever is now another child, by the smallest step; what was linked by hand follows."""
    compared = {subject: child for subject, child in held.items() if subject not in by_hand}
    kept = {held[subject] for subject in by_hand}
    children = children_of(found, compared, _before(), uuid.uuid4, kept)
    placed = {member.subject: children[each.number] for each in found for member in each.members}
    now = {subject: child for subject, child in placed.items() if subject not in by_hand}
    placed |= followed(by_hand, held, now)
    return [
        (member, placed[member.subject])
        for each in found
        for member in each.members
        if held.get(member.subject) != placed[member.subject]
    ]


def _told(member: Membership, traced: Mapping[int, str]) -> Membership:
    """A link of which a traced number was part says so."""
    if member.beside is None or traced.keys().isdisjoint({member.subject, member.beside}):
        return member
    return replace(member, reasons=(*member.reasons, IN_WORDS))


def _end(subjects: Sequence[int]) -> int:
    links = Link.objects.filter(subject_record__in=subjects, recorded_until=None)
    return links.update(recorded_until=timezone.now())


def _begin(
    moved: Sequence[tuple[Membership, uuid.UUID]],
    subjects: Mapping[int, _Subject],
    *,
    replayed: bool,
) -> None:
    now = timezone.now()
    Child.objects.bulk_create(
        [Child(id=child, recorded=now) for child in {child for _, child in moved}],
        batch_size=2000,
        ignore_conflicts=True,
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
