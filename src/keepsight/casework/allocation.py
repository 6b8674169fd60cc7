"""Whose child it is to work with: allocation to a worker, and invitations to a conference."""

import uuid
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from keepsight.access.actions import end_ties, tie_child
from keepsight.access.clock import now
from keepsight.access.queries import has_relation
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency, Person
from keepsight.audit.writing import action
from keepsight.casework.actions import CaseworkRefused
from keepsight.chronology.actions.own import record_own_event
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.looking import Relation
from keepsight.kernel.roles import Permission
from keepsight.kernel.visibility import INVOLVED_ROLES, LEAD_ROLES
from keepsight.kernel.vocabulary.content.social_care import SocialWorkerAllocated

CONFERENCE_DAYS = 20
"""How long an invitation lets its holder read on: local practice, our own assumption."""


@action
def allocate(*, by: Viewer, child_id: uuid.UUID, worker_id: int) -> None:
    """The child is this worker's, and their team's; nobody else's of the council any more.

    Recorded as an event of the council, as a feed would bring it.
    """
    _must_lead(by, child_id)
    worker = Person.objects.filter(
        pk=worker_id,
        agency_id=by.agency_id,
        is_active=True,
        role__in=[role.value for role in LEAD_ROLES],
    ).first()
    if worker is None:
        raise CaseworkRefused("Choose a social worker of your council.")
    allocated = frozenset({Relation.ALLOCATED, Relation.TEAM})
    because = f"allocated on {_said(now().date())}"
    kept = frozenset({Relation.CASE})
    record_own_event(
        by=by.actor,
        agency=Agency.objects.get(pk=by.agency_id),
        child_id=child_id,
        occurred=now(),
        content=SocialWorkerAllocated(worker=worker.name),
    )
    end_ties(by=by.actor, child_id=child_id, agency_id=by.agency_id, relations=allocated)
    whose = {"child_id": child_id, "agency_id": by.agency_id, "because": because}
    tie_child(by=by.actor, person_id=worker.pk, relation=Relation.ALLOCATED, **whose)
    if worker.team_id:
        tie_child(by=by.actor, team_id=worker.team_id, relation=Relation.TEAM, **whose)
    end_ties(by=by.actor, child_id=child_id, agency_id=by.agency_id, relations=kept)


@action
def invite_to_conference(*, by: Viewer, child_id: uuid.UUID, person_id: int, held_on: date) -> None:
    """Somebody who works with the child comes to its conference, and may read for it till after."""
    _must_lead(by, child_id)
    guest = Person.objects.filter(
        pk=person_id, is_active=True, role__in=[role.value for role in INVOLVED_ROLES]
    ).first()
    if guest is None:
        raise CaseworkRefused("Choose somebody who works with children.")
    if held_on < timezone.localdate():
        raise CaseworkRefused("The conference is on a day that is still to come.")
    ends = datetime.combine(held_on + timedelta(days=CONFERENCE_DAYS), time(0), tzinfo=LONDON)
    tie_child(
        by=by.actor,
        child_id=child_id,
        agency_id=guest.agency_id,
        person_id=guest.pk,
        relation=Relation.CONFERENCE,
        because=f"the conference on {_said(held_on)}",
        until=ends,
    )


def _must_lead(by: Viewer, child_id: uuid.UUID) -> None:
    if not by.may(Permission.ALLOCATE):
        raise CaseworkRefused("A team manager allocates and invites: nothing was recorded.")
    if not has_relation(by, child_id):
        raise CaseworkRefused("Your team has neither this child at its front door nor a case.")


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
