"""Keeping people from another child as from one whose records went there, and ending that."""

import uuid
from collections.abc import Sequence

from django.utils import timezone

from keepsight.access.models import KeptApart, Seal, SealName
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action

UNDONE = "the link was undone"
"""Why something that followed a record ended. A person gives another reason."""

OWN = frozenset({"id", "child_id", "since", "ended_because", "follows"})
"""What a copy does not share with what it follows."""


@action
def close_alike(*, by: Actor, kept: KeptApart, child_id: uuid.UUID) -> None:
    """What keeps people from one child keeps them from another too, until the same day."""
    shared = {
        field.attname: getattr(kept, field.attname)
        for field in kept._meta.concrete_fields
        if field.attname not in OWN
    }
    made = type(kept)(**shared, child_id=child_id, since=timezone.now(), follows=kept.pk)
    made.save(force_insert=True)
    if isinstance(kept, Seal):
        SealName.objects.bulk_create(
            SealName(seal_id=made.pk, agency_id=name.agency_id, person_id=name.person_id)
            for name in kept.names.all()
        )
    _note(by, "kept from people as another child of whom a record came", made)


@action
def open_again(*, by: Actor, kept: Sequence[KeptApart]) -> None:
    """What followed records ends where none of them is any more."""
    for each in kept:
        each.until, each.ended_because = timezone.now(), UNDONE
        each.save(update_fields=["until", "ended_because"])
        _note(by, "no longer kept from people as another child", each)


def _note(by: Actor, what: str, kept: KeptApart) -> None:
    detail = {"kept": kept._meta.verbose_name}
    record(by=by, notes=[Note(act=Act.WRITE, what=what, child_id=kept.child_id, detail=detail)])
