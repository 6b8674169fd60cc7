"""Which questions about links whom the database shows: what `kernel.reviewing` says, no other."""

import itertools
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from keepsight.agencies.models import Person
from keepsight.identity.models import LinkQuestion
from keepsight.identity.raising import RaisedQuestion, raise_questions
from keepsight.identity.reviewing import question, questions
from keepsight.kernel.reviewing import question_shown
from keepsight.kernel.roles import Role
from tests.factories.building import build
from tests.factories.fixed_world import CLINIC, COUNCIL, FIXED, HEALTH, OTHER_COUNCIL
from tests.factories.known_world import KnownWorld, PersonPlan, Row, SealPlan, TiePlan
from tests.factories.roles import acting_as, looking
from tests.factories.world import TESTER

pytestmark = pytest.mark.access
FIRST = len(FIXED.people)
STEWARDS = (COUNCIL, CLINIC, OTHER_COUNCIL, HEALTH)
PLAN = replace(
    FIXED,
    people=(*FIXED.people, *(PersonPlan(place, Role.RECORDS_STEWARD) for place in STEWARDS)),
    seals=(SealPlan(4, (0, 3, FIRST)), *FIXED.seals[1:]),
    excluded=(*FIXED.excluded, TiePlan(5, FIRST + 3)),
)
"""One steward is named on a seal, and another kept from a child."""


@pytest.fixture(scope="module")
def world(lasting_database: None) -> KnownWorld:
    """A world in which every two records of different children are in question."""
    world = build(PLAN)
    pairs = itertools.combinations(records(world), 2)
    asked = [
        RaisedQuestion(
            kind=LinkQuestion.Kind.BETWEEN,
            records=frozenset({subject(one), subject(other)}),
            model_version="test",
        )
        for one, other in pairs
        if one.child != other.child
    ]
    with acting_as("batch"):
        assert raise_questions(by=TESTER, questions=asked) == len(asked)
    return world


def records(world: KnownWorld) -> list[Row]:
    return [row for row in world.rows if row.table == "identity_link" and row.child]


def subject(row: Row) -> int:
    assert row.subject is not None
    return row.subject


def stewards(world: KnownWorld) -> list[Person]:
    return world.people[FIRST:]


def shown_by_rule(world: KnownWorld, person: Person) -> set[frozenset[int]]:
    areas = {agency.pk: agency.area_id for agency in world.agencies.values()}
    now = timezone.now()

    def shown(*rows: Row) -> bool:
        judged = [
            (
                world.onlooker(person, row.child),
                world.held(row),
                areas[row.held.agency] == (person.area_id or person.agency.area_id),
            )
            for row in rows
        ]
        return question_shown(judged, now)

    pairs = itertools.combinations(records(world), 2)
    return {
        frozenset({subject(one), subject(other)})
        for one, other in pairs
        if one.child != other.child and shown(one, other)
    }


def test_each_steward_is_shown_the_questions_of_the_rule(world: KnownWorld) -> None:
    with acting_as("batch"):
        asked = dict(LinkQuestion.objects.values_list("pk", "records_key"))
    for person in stewards(world):
        with looking(person) as viewer:
            given = {
                frozenset(map(int, asked[line.question_id].split(",")))
                for line in questions(viewer, limit=10_000)
            }
        wanted = shown_by_rule(world, person)
        assert given == wanted, person.email
        assert wanted, person.email
        assert len(wanted) < len(asked), person.email


def test_a_question_that_is_not_listed_is_as_if_there_were_none(world: KnownWorld) -> None:
    with acting_as("batch"):
        asked = list(LinkQuestion.objects.values_list("pk", flat=True))
    for person in stewards(world):
        with looking(person) as viewer:
            listed = {line.question_id for line in questions(viewer, limit=10_000)}
            opened = {each for each in asked if question(viewer, each) is not None}
            assert opened == listed
            for hidden in set(asked) - listed:
                assert all(_count(function, hidden) == 0 for function in OF_A_QUESTION)


OF_A_QUESTION = (
    "identity_question",
    "identity_question_records",
    "identity_household",
    "identity_asks",
)


def _count(function: str, asked: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {function}(%s)", [asked])
        return int(cursor.fetchone()[0])


def test_nobody_of_another_role_is_shown_one(world: KnownWorld) -> None:
    for person in world.people[:FIRST]:
        with looking(person) as viewer, connection.cursor() as cursor:
            assert questions(viewer) == []
            cursor.execute("SELECT count(*) FROM identity_questions(100, 0)")
            assert cursor.fetchone() == (0,), person.email
