"""Keeping people from a child's record, sealing it, and protecting where the child is."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from keepsight.access.models import Exclusion, Protection, Seal, SealName
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action


class ApartRefused(ValueError):
    """Something that cannot be kept apart; the message is for the person who tried."""


@action
def declare_interest(*, by: Viewer, child_id: uuid.UUID, ground: str, because: str) -> None:
    """Say that one knows a child. From now on the record is as if there were none.

    Only somebody else, who keeps people apart, can end it.
    """
    if ground not in {Exclusion.Ground.FAMILY, Exclusion.Ground.ACQUAINTANCE}:
        raise ApartRefused("Say whether the child is family or somebody whom you know.")
    _exclude(by.actor, by.person_id, by.agency_id, child_id, ground, because, by.person_id)


@action
def keep_apart(
    *, by: Actor, person_id: int, child_id: uuid.UUID, ground: str, because: str
) -> None:
    """Keep a person from a child's record, silently."""
    if ground not in Exclusion.Ground.values:
        raise ApartRefused("Say on what ground the person is kept from the record.")
    if not because.strip():
        raise ApartRefused("Say why: somebody will have to review it.")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise ApartRefused("There is no such person.")
    _exclude(by, person_id, person.agency_id, child_id, ground, because, by.person_id)


def _exclude(
    by: Actor,
    person_id: int,
    agency_id: int,
    child_id: uuid.UUID,
    ground: str,
    because: str,
    declared_by: int | None,
) -> None:
    Exclusion.objects.create(
        person_id=person_id,
        agency_id=agency_id,
        child_id=child_id,
        ground=ground,
        because=because.strip(),
        declared_by_id=declared_by,
        since=timezone.now(),
    )
    record(by=by, notes=[Note(act=Act.WRITE, what="kept apart", child_id=child_id)])


@action
def seal_child(
    *,
    by: Actor,
    child_id: uuid.UUID,
    agency_id: int,
    people: Sequence[int],
    because: str,
    until: datetime | None = None,
) -> None:
    """Seal all that is known of a child: for these people only, whatever their agency."""
    if not because.strip():
        raise ApartRefused("Say why the record is sealed.")
    if not people:
        raise ApartRefused("Name at least one person who may see it, or nobody can act.")
    seal = Seal.objects.create(
        child_id=child_id,
        agency_id=agency_id,
        because=because.strip(),
        since=timezone.now(),
        until=until,
    )
    SealName.objects.bulk_create(
        SealName(seal=seal, agency_id=agency_id, person_id=person) for person in people
    )
    record(by=by, notes=[Note(act=Act.WRITE, what="sealed", child_id=child_id)])


@action
def protect_address(
    *,
    by: Actor,
    child_id: uuid.UUID,
    agency_id: int,
    because: str,
    safe_way: str = "",
    never_use: str = "",
) -> None:
    """From now on nothing of another agency says where the child is."""
    if not because.strip():
        raise ApartRefused("Say why where the child is must not be told.")
    Protection.objects.create(
        child_id=child_id,
        agency_id=agency_id,
        because=because.strip(),
        safe_way=safe_way.strip(),
        never_use=never_use.strip(),
        since=timezone.now(),
    )
    record(by=by, notes=[Note(act=Act.WRITE, what="address protected", child_id=child_id)])
