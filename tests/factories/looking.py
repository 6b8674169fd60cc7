"""Looks that happened when a test needs them to have, and those who answer for looking."""

import itertools
import uuid
from datetime import datetime

from django.http import HttpResponse
from django.test import Client

from keepsight.access.actions import open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Agency, Person
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act, AuditEntry
from keepsight.audit.writing import action
from keepsight.kernel.roles import Role
from keepsight.web.cookies import give_token
from tests.factories.roles import acting_as
from tests.factories.signing_in import PASSWORD, browser, give_password, sign_in
from tests.factories.world import TESTER, make_person

_numbers = itertools.count(1)


def lead_of(agency: Agency) -> Person:
    """An agency's governance lead, who has a password."""
    with acting_as("batch"):
        person = make_person(agency, Role.GOVERNANCE_LEAD, f"lead-{next(_numbers)}")
        give_password(by=TESTER, person=person)
    return person


def signed_in(person: Person) -> Client:
    """A browser in which somebody is signed in, and has shown nothing again since."""
    client = browser()
    client.force_login(person)
    answer = HttpResponse()
    give_token(answer, open_session(by=viewer_of(person).actor, person_id=person.pk))
    client.cookies.update(answer.cookies)
    return client


def just_signed_in(person: Person) -> Client:
    """The same by the sign-in page, so that nothing is to be confirmed."""
    client = browser()
    assert sign_in(client, person.email, PASSWORD).status_code == 302
    return client


def look_at(
    person: Person,
    child: uuid.UUID,
    at: datetime,
    *,
    act: Act = Act.SEE,
    what: str = "identity",
    request: uuid.UUID | None = None,
) -> None:
    """An entry of the log, of a moment that is chosen."""
    with acting_as("batch"):
        _entry(by=viewer_of(person).actor, child=child, at=at, act=act, what=what, request=request)


@action
def _entry(
    *, by: Actor, child: uuid.UUID, at: datetime, act: Act, what: str, request: uuid.UUID | None
) -> None:
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at,
                act=act,
                actor_name=by.name,
                person_id=by.person_id,
                agency_id=by.agency_id,
                area_id=by.area_id,
                role=by.role,
                child_id=child,
                what=what,
                request_id=request or uuid.uuid4(),
                salt=uuid.uuid4().bytes,
            )
        ]
    )
