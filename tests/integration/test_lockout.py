"""Without a token that is good now, nothing: in every table that a page could ask."""

import hashlib
import secrets
from collections.abc import Callable

import pytest
from django.db import connection

from keepsight.access.actions import close_session, open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.actions import restore_person, suspend_person
from keepsight.agencies.models import Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.roles import acting_as
from tests.factories.sights import rows_without
from tests.factories.world import TESTER

pytestmark = pytest.mark.access


def opened(person: Person) -> str:
    return open_session(by=viewer_of(person).actor, person_id=person.pk)


def closed(person: Person) -> str:
    token = opened(person)
    close_session(by=viewer_of(person).actor, token=token)
    return token


def expired(person: Person) -> str:
    token = secrets.token_urlsafe(32)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_open_session(%s, %s, now() - interval '1 second')",
            [hashlib.sha256(token.encode()).digest(), person.pk],
        )
    return token


@action
def _deactivate(*, by: Actor, person: Person) -> None:
    person.is_active = False
    person.save()


def deactivated(person: Person) -> str:
    token = opened(person)
    with acting_as("batch"):
        _deactivate(by=TESTER, person=person)
    return token


def opened_after_deactivation(person: Person) -> str:
    deactivated(person)
    return opened(person)


def left_unused(person: Person) -> str:
    token = opened(person)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE access_accesssession SET seen = now() - idle")
    return token


def deactivated_but_not_ended(person: Person) -> str:
    """Were the session of a closed account still open, it would open nothing."""
    token = deactivated(person)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE access_accesssession SET closed = NULL")
    return token


def suspended(person: Person) -> str:
    token = opened(person)
    with acting_as("batch"):
        suspend_person(by=TESTER, person_id=person.pk, reason="left")
    return token


def suspended_and_restored(person: Person) -> str:
    token = suspended(person)
    with acting_as("batch"):
        restore_person(by=TESTER, person_id=person.pk)
    return token


def none(person: Person) -> None:
    opened(person)


def wrong(person: Person) -> str:
    return opened(person)[:-1] + "~"


def empty(person: Person) -> str:
    opened(person)
    return ""


WAYS = (
    *(none, wrong, empty, closed, expired, deactivated, opened_after_deactivation),
    *(left_unused, suspended, suspended_and_restored, deactivated_but_not_ended),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_row_of_any_table(database: None, way: Callable[[Person], str | None]) -> None:
    social_worker = build(FIXED).people[0]
    assert sum(rows_without(opened(social_worker)).values()) > 0
    assert {table: n for table, n in rows_without(way(social_worker)).items() if n} == {}
