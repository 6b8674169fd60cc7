"""Opening and closing an inspection: its inspectors see the cases of its sample, for its time."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from keepsight.access.actions import tie_child
from keepsight.access.models import Tie
from keepsight.agencies.models import Area, Person
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.looking import Relation
from keepsight.kernel.roles import Role
from keepsight.oversight.models import Inspection


class InspectionRefused(ValueError):
    """An inspection that cannot be opened; the message is for the person who tried."""


@action
def open_inspection(
    *,
    by: Actor,
    area: Area,
    title: str,
    inspectors: Sequence[Person],
    children: Sequence[uuid.UUID],
    closes: datetime,
    opens: datetime | None = None,
) -> Inspection:
    """Each inspector reads each sampled case from `opens` until `closes`, and changes nothing."""
    begins = opens or timezone.now()
    if closes <= begins:
        raise InspectionRefused("The inspection would close before it opens.")
    if not inspectors or any(person.role != Role.INSPECTOR for person in inspectors):
        raise InspectionRefused("An inspection is done by inspectors: name one at least.")
    if not children:
        raise InspectionRefused("Name the cases of the sample.")
    inspection = Inspection.objects.create(
        area=area, title=title, opens=begins, closes=closes, cases=len(set(children))
    )
    for person in inspectors:
        for child in sorted(set(children)):
            tie_child(
                by=by,
                child_id=child,
                agency_id=person.agency_id,
                person_id=person.pk,
                relation=Relation.INSPECTION,
                because=title,
                since=begins,
                until=closes,
            )
    said = f"inspection {inspection.pk}: {len(set(children))} cases until {closes:%Y-%m-%d}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return inspection


@action
def close_inspection(*, by: Actor, inspection: Inspection) -> int:
    """Close an inspection before its time; returns how many ties ended."""
    now = timezone.now()
    Inspection.objects.filter(pk=inspection.pk).update(closes=now)
    held = Tie.objects.filter(
        relation=Relation.INSPECTION.value, because=inspection.title, until=inspection.closes
    )
    ended = held.update(until=now)
    record(by=by, notes=[Note(act=Act.WRITE, what=f"inspection {inspection.pk} closed")])
    return ended
