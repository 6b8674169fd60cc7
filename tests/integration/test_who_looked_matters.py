"""The comparison of who looked with the log can fail: weakened anywhere, it does."""

from dataclasses import replace

import pytest

from keepsight.access.actions import keep_apart
from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import KnownWorld, PersonPlan, TiePlan
from tests.factories.roles import acting_as
from tests.factories.weakening import Function, weakened
from tests.factories.world import TESTER
from tests.generative.test_who_looked import differences, look

POLICE, COUNCIL = AgencyKind.POLICE, AgencyKind.CHILDRENS_SOCIAL_CARE
PEOPLE = len(FIXED.people)
PLAN = replace(
    FIXED,
    people=(
        *FIXED.people,
        PersonPlan((0, COUNCIL), Role.GOVERNANCE_LEAD),
        PersonPlan((0, POLICE), Role.GOVERNANCE_LEAD),
    ),
    excluded=(*FIXED.excluded, TiePlan(5, PEOPLE)),
)
LOOKS = [(0, 0, "banner"), (3, 0, "banner"), (8, 5, "banner"), (0, 4, "banner"), (0, 2, "banner")]
WEAKENED = (
    Function("access_looks", "v.agency_id = e.agency_id", "true"),
    Function("access_looks", "e.child_id = asked", "e.child_id IS NOT NULL"),
    Function("access_looks", "AND (SELECT access_reviews(asked))", ""),
    Function("access_reviews", "v.role IN ('governance_lead')", "true"),
    Function("access_reviews", "AND p.agency_id = v.agency_id", ""),
    Function("access_reviews", "asked <> ALL", "asked = ANY"),
)


@pytest.fixture(scope="module")
def world(lasting_database: None) -> KnownWorld:
    """One world for all weakenings, in which people have looked."""
    world = build(PLAN)
    look(world, LOOKS)
    return world


def readers(world: KnownWorld) -> list[Person]:
    return [*world.people[PEOPLE:], world.people[0], world.people[3]]


@pytest.mark.parametrize("change", WEAKENED, ids=str)
def test_the_comparison_sees_each_weakening(
    world: KnownWorld, server: ServerAddress, change: Function
) -> None:
    with weakened(server, change):
        assert next(differences(world, readers(world)), "")


def test_and_nothing_when_nothing_is_weakened(world: KnownWorld) -> None:
    assert list(differences(world, readers(world))) == []


def test_and_sees_a_line_manager_of_a_suspect(world: KnownWorld, server: ServerAddress) -> None:
    """The rule of line managers alone stands between this lead and the log."""
    suspect, lead = world.people[3], world.people[PEOPLE + 1]
    with acting_as("batch"):
        Person.objects.filter(pk=suspect.pk).update(line_manager_id=lead.pk)
        child = world.children[0]
        keep_apart(
            by=TESTER, person_id=suspect.pk, child_id=child, ground="suspect", because="test"
        )
    assert next(differences(world, [lead]), ""), "the log holds looks that this lead must not see"
    without = "NOT access_compromised(v.person_id, asked)"
    with weakened(server, Function("access_reviews", without, "true")):
        assert list(differences(world, [lead])) == []
