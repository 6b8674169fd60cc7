"""The children to whom a person is tied by name: which, in what order, on which page."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection

from keepsight.access.actions.ties import tie_child
from keepsight.access.queries import own_ties
from keepsight.agencies.models import Person
from keepsight.identity.queries import own_children
from keepsight.kernel.looking import Relation
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, TESTER, World, make_child, make_person, make_world

pytestmark = pytest.mark.access
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
EVERY_TIE = """
SELECT child_id, since FROM access_tie
WHERE person_id = %s AND id IN (SELECT tie_id FROM access_ties())
ORDER BY since DESC, id"""
"""As it was before there was a shorter way: all that reach the viewer, and of them their own."""


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def worker(world: World) -> Person:
    return make_person(world.agencies[COUNCIL], Role.SOCIAL_WORKER)


def tied(
    world: World, worker: Person | None, days_ago: int, until: datetime | None = None
) -> uuid.UUID:
    """A child of the council’s, allocated to the worker so many days ago; or to nobody yet."""
    council = world.agencies[COUNCIL]
    child = make_child((council, PersonDetails(forename="Ada", surname="Example")))
    with acting_as("batch"):
        tie_child(
            by=TESTER,
            child_id=child,
            agency_id=council.pk,
            relation=Relation.ALLOCATED if worker else Relation.CASE,
            because="a test",
            person_id=worker.pk if worker else None,
            since=NOW - timedelta(days=days_ago),
            until=until,
        )
    return child


def test_the_newest_tie_stands_first_on_every_page_and_none_twice(
    world: World, worker: Person
) -> None:
    for days in (3, 5, 1, 4, 2):
        tied(world, worker, days)
        tied(world, None, days)
    with looking(worker) as viewer:
        with connection.cursor() as cursor:
            cursor.execute(EVERY_TIE, [worker.pk])
            before = cursor.fetchall()
        pages = [own_children(viewer, offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    shown = [each.tie.child_id for page in pages for each in page]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert shown == [child for child, _ in before]
    assert [since for _, since in before] == sorted((s for _, s in before), reverse=True)


def test_a_tie_that_is_over_or_another_persons_is_not_ones_own(
    world: World, worker: Person
) -> None:
    tied(world, worker, 9, until=NOW - timedelta(days=1))
    tied(world, make_person(world.agencies[COUNCIL], Role.SOCIAL_WORKER), 2)
    mine = tied(world, worker, 2)
    with looking(worker) as viewer:
        assert [tie.child_id for tie in own_ties(viewer)] == [mine]


def test_to_ask_for_ones_own_leaves_the_other_lists_whole(world: World, worker: Person) -> None:
    tied(world, worker, 2)
    unallocated = tied(world, None, 2)
    with looking(worker) as viewer:
        own_children(viewer)
        with connection.cursor() as cursor:
            cursor.execute("SELECT child_id FROM access_ties()")
            assert unallocated in {child for (child,) in cursor.fetchall()}
