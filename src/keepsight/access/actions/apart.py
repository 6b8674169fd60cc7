"""Keeping people from a child's record, sealing it, and protecting where the child is.

Each begins with a reason and is ended with one; nothing is removed.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from keepsight.access.models import Exclusion, KeptApart, Protection, Seal, SealName
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.keeping_apart import review_due


class ApartRefused(ValueError):
    """Something that cannot be kept apart; the message is for the person who tried."""


@action
def declare_interest(*, by: Viewer, child_id: uuid.UUID, ground: str, because: str) -> None:
    """Say that one knows a child. From now on the record is as if there were none.

    Only somebody else, who keeps people apart, can end it.
    """
    if ground not in {Exclusion.Ground.FAMILY, Exclusion.Ground.ACQUAINTANCE}:
        raise ApartRefused("Say whether the child is family or somebody whom you know.")
    _exclude(by.actor, by.person_id, by.agency_id, child_id, ground, because)


@action
def keep_apart(
    *, by: Actor, person_id: int, child_id: uuid.UUID, ground: str, because: str
) -> None:
    """Keep a person from a child's record, silently; a lead, one of their own agency."""
    if ground not in Exclusion.Ground.values:
        raise ApartRefused("Say on what ground the person is kept from the record.")
    _say_why(because, "Say why: somebody will have to review it.")
    people = Person.objects.filter(pk=person_id)
    if by.agency_id is not None:
        people = people.filter(agency_id=by.agency_id)
    person = people.first()
    if person is None:
        raise ApartRefused("There is no such person.")
    _exclude(by, person_id, person.agency_id, child_id, ground, because)


def _exclude(
    by: Actor, person_id: int, agency_id: int, child_id: uuid.UUID, ground: str, because: str
) -> None:
    now = timezone.now()
    Exclusion.objects.create(
        person_id=person_id,
        agency_id=agency_id,
        child_id=child_id,
        ground=ground,
        because=because.strip(),
        declared_by_id=by.person_id,
        since=now,
        review_by=review_due(day_in_london(now)),
    )
    _note(by, "kept apart", child_id, because, person_id=person_id, ground=ground)


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
    _say_why(because, "Say why the record is sealed.")
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
    _note(by, "sealed", child_id, because, people=sorted(people))


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
    _say_why(because, "Say why where the child is must not be told.")
    Protection.objects.create(
        child_id=child_id,
        agency_id=agency_id,
        because=because.strip(),
        safe_way=safe_way.strip(),
        never_use=never_use.strip(),
        since=timezone.now(),
    )
    _note(by, "address protected", child_id, because)


@action
def end_exclusion(*, by: Actor, kept_id: uuid.UUID, because: str) -> None:
    """The person may see the child's record again, as far as anybody in their part may."""
    _end(Exclusion, by, kept_id, because, "no longer kept apart")


@action
def end_seal(*, by: Actor, kept_id: uuid.UUID, because: str) -> None:
    """The child's record is no longer for named people only."""
    _end(Seal, by, kept_id, because, "seal ended")


@action
def end_protection(*, by: Actor, kept_id: uuid.UUID, because: str) -> None:
    """Where the child is may be told again, unless another agency withholds it still."""
    _end(Protection, by, kept_id, because, "address no longer protected")


def _end(kind: type[KeptApart], by: Actor, kept_id: uuid.UUID, because: str, what: str) -> None:
    _say_why(because, "Say why it ends.")
    now = timezone.now()
    held = kind.objects.filter(Q(until=None) | Q(until__gt=now), pk=kept_id, since__lte=now)
    found = held.first()
    if found is None or not held.update(until=now, ended_because=because.strip()):
        raise ApartRefused("This has ended already, or is not your agency’s to end.")
    _note(by, what, found.child_id, because)


def _say_why(because: str, missing: str) -> None:
    if not because.strip():
        raise ApartRefused(missing)


def _note(by: Actor, what: str, child_id: uuid.UUID, because: str, **detail: object) -> None:
    note = Note(act=Act.WRITE, what=what, child_id=child_id, reason=because.strip(), detail=detail)
    record(by=by, notes=[note])
