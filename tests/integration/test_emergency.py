"""Breaking the glass: what it takes, what it opens, that it ends, and what is left of it."""

import uuid
from datetime import date

import pytest
from django.db import connection

from keepsight.access.actions import declare_interest
from keepsight.access.models import BreakGlass
from keepsight.agencies.models import Agency
from keepsight.audit.models import Act
from keepsight.chronology.queries import timeline
from keepsight.identity.emergency import EmergencyRefused, Sought, break_glass
from keepsight.identity.queries import links_of
from keepsight.kernel.emergencies import LEAST_REASON
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.health import MentalHealthContact
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, World, make_child, make_event, make_person, make_world

pytestmark = pytest.mark.access
POLICE, HEALTH, CLINIC = AgencyKind.POLICE, AgencyKind.HEALTH, AgencyKind.SEXUAL_HEALTH
NHS = "9990000018"
ADA = PersonDetails(
    forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2), nhs_number=NHS
)
REASON = "She is said to be at an address tonight, in danger."
BY_NUMBER = Sought(nhs_number="999 000 0018")
BY_NAME = Sought(forename="ada", surname="EXAMPLE", date_of_birth=date(2011, 5, 2))


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def child(world: World) -> uuid.UUID:
    """Known to a hospital and a clinic, and not to the police."""
    health, clinic = world.agencies[HEALTH], world.agencies[CLINIC]
    child = make_child((health, ADA), (clinic, ADA))
    make_event(child, health, MissingEpisode(category="missing"), occurred=NOW)
    make_event(child, health, MentalHealthContact(reason="a talk"), occurred=NOW)
    return child


@pytest.mark.parametrize("sought", [BY_NUMBER, BY_NAME], ids=["number", "name"])
def test_it_opens_what_is_ordinary_of_that_child_and_no_more(
    world: World, child: uuid.UUID, sought: Sought
) -> None:
    other = make_child((world.agencies[HEALTH], PersonDetails(forename="Bo", surname="Example")))
    with looking(world.people[POLICE]) as viewer:
        assert timeline(viewer, child) == []
        assert break_glass(by=viewer, reason=REASON, sought=sought) == child
    with looking(world.people[POLICE]) as viewer:
        assert {entry.kind for entry in timeline(viewer, child)} == {"missing_episode"}
        assert {link.agency_id for link in links_of(viewer, child)} == {world.agencies[HEALTH].pk}
        assert timeline(viewer, other) == []
    with looking(make_person(world.agencies[POLICE], Role.DATA_OFFICER)) as colleague:
        assert timeline(colleague, child) == []


def test_it_ends_by_itself(world: World, child: uuid.UUID) -> None:
    with looking(world.people[POLICE]) as viewer:
        break_glass(by=viewer, reason=REASON, sought=BY_NUMBER)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE access_tie SET until = now() WHERE relation = 'break_glass'")
    with looking(world.people[POLICE]) as viewer:
        assert timeline(viewer, child) == []


@pytest.mark.parametrize(
    ("reason", "sought", "said"),
    [
        ("", BY_NUMBER, "Say what the emergency is"),
        ("x" * (LEAST_REASON.value - 1), BY_NUMBER, "Say what the emergency is"),
        (REASON, Sought(), "Give an NHS number"),
        (REASON, Sought(nhs_number="999 000 0019"), "Give an NHS number"),
        (REASON, Sought(forename="Ada", surname="Example"), "Give an NHS number"),
    ],
)
def test_it_takes_a_reason_and_somebody_to_look_for(
    world: World, child: uuid.UUID, reason: str, sought: Sought, said: str
) -> None:
    with looking(world.people[POLICE]) as viewer, pytest.raises(EmergencyRefused, match=said):
        break_glass(by=viewer, reason=reason, sought=sought)
    assert entries(Act.BREAK_GLASS.value) == []


def test_nobody_found_is_on_record_too(world: World, child: uuid.UUID) -> None:
    nobody = Sought(forename="Cy", surname="Example", date_of_birth=date(2011, 5, 2))
    with looking(world.people[POLICE]) as viewer:
        assert break_glass(by=viewer, reason=REASON, sought=nobody) is None
    [entry] = entries(Act.BREAK_GLASS.value)
    assert (entry["what"], entry["child_id"]) == ("broke the glass and found nobody", None)
    with acting_as("batch"):
        assert BreakGlass.objects.filter(child_id=None).count() == 1


def test_two_who_fit_are_nobody(world: World, child: uuid.UUID) -> None:
    make_child((world.agencies[HEALTH], ADA))
    with looking(world.people[POLICE]) as viewer:
        assert break_glass(by=viewer, reason=REASON, sought=BY_NAME) is None


def test_what_only_a_clinic_knows_cannot_be_found(world: World) -> None:
    make_child((world.agencies[CLINIC], ADA))
    with looking(world.people[POLICE]) as viewer:
        assert break_glass(by=viewer, reason=REASON, sought=BY_NUMBER) is None


def test_it_does_not_open_what_one_is_kept_from(world: World, child: uuid.UUID) -> None:
    with looking(world.people[POLICE]) as viewer:
        declare_interest(by=viewer, child_id=child, ground="family", because="")
        assert break_glass(by=viewer, reason=REASON, sought=BY_NUMBER) is None


def test_the_one_who_reviews_is_told_why_and_by_whom_and_not_of_whom(
    world: World, child: uuid.UUID
) -> None:
    police = world.agencies[POLICE]
    lead, other = governance(police), governance(world.agencies[HEALTH])
    with looking(world.people[POLICE]) as viewer:
        break_glass(by=viewer, reason=REASON, sought=BY_NUMBER)
    told = "SELECT person_id, reason, review_due > now(), reviewed IS NULL FROM access_breakglass"
    with looking(lead), connection.cursor() as cursor:
        cursor.execute(told)
        assert cursor.fetchall() == [(world.people[POLICE].pk, REASON, True, True)]
    with looking(other), connection.cursor() as cursor:
        cursor.execute(told)
        assert cursor.fetchall() == []


def governance(agency: Agency):  # type: ignore[no-untyped-def]
    return make_person(agency, Role.GOVERNANCE_LEAD)


def test_a_role_that_does_not_work_with_children_cannot(world: World, child: uuid.UUID) -> None:
    with (
        looking(governance(world.agencies[POLICE])) as viewer,
        pytest.raises(EmergencyRefused, match="not for the role"),
    ):
        break_glass(by=viewer, reason=REASON, sought=BY_NUMBER)
    with looking(governance(world.agencies[HEALTH])), connection.cursor() as cursor:
        cursor.execute(
            "SELECT identity_break_glass('why', now(), now(), %s, NULL, NULL, NULL, NULL)", [NHS]
        )
        assert cursor.fetchone() == (None,)
