"""Agreements, allocation, conferences and inspections: each holds, and ends, at once."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from keepsight.access.queries import involvements
from keepsight.agencies.actions import join_team
from keepsight.agencies.models import Person
from keepsight.casework.actions import CaseworkRefused
from keepsight.casework.allocation import allocate, invite_to_conference
from keepsight.chronology.queries import timeline
from keepsight.kernel.agreements import Clause, ClauseRefused
from keepsight.kernel.looking import Serves, Sight
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.education import SchoolConcern
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import ReferralReceived
from keepsight.oversight.inspections import InspectionRefused, close_inspection, open_inspection
from keepsight.sharing.actions import AgreementRefused, end_agreement, sign_agreement
from keepsight.sharing.models import Agreement
from keepsight.sharing.queries import agreements_of
from tests.factories.roles import acting_as, looking
from tests.factories.world import (
    NOW,
    TESTER,
    World,
    make_child,
    make_event,
    make_person,
    make_world,
    settle_scopes,
)

pytestmark = pytest.mark.access
COUNCIL, POLICE, SCHOOL = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
)
ADA = PersonDetails(forename="Ada", surname="Example")


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def child(world: World) -> uuid.UUID:
    """With an open case, allocated to nobody, and a fact of the police."""
    council, police, school = (world.agencies[kind] for kind in (COUNCIL, POLICE, SCHOOL))
    child = make_child((council, ADA), (police, ADA), (school, ADA))
    make_event(child, council, ReferralReceived(), occurred=NOW - timedelta(days=3))
    make_event(child, police, MissingEpisode(category="missing"), occurred=NOW - timedelta(days=2))
    make_event(child, school, SchoolConcern(summary="quiet"), occurred=NOW - timedelta(days=2))
    settle_scopes()
    return child


def of_a_team(world: World, role: Role, team: str) -> Person:
    person = make_person(world.agencies[COUNCIL], role)
    with acting_as("batch"):
        join_team(by=TESTER, email=person.email, team=team)
    return Person.objects.select_related("agency", "team").get(pk=person.pk)


def kinds(person: Person, child: uuid.UUID) -> set[str]:
    with looking(person) as viewer:
        return {entry.kind for entry in timeline(viewer, child) if not entry.in_summary}


def test_an_agreement_that_ends_gives_nothing_from_then_on(world: World, child: uuid.UUID) -> None:
    worker = world.people[COUNCIL]
    assert kinds(worker, child) == {"referral_received", "missing_episode", "school_concern"}
    with acting_as("batch"):
        agreement = Agreement.objects.get()
        end_agreement(
            by=TESTER,
            agreement_id=agreement.pk,
            because="the police left it",
            agency=world.agencies[POLICE],
        )
    assert kinds(worker, child) == {"referral_received", "school_concern"}
    with looking(worker) as viewer:
        assert len(agreements_of(viewer)) == 1
    with acting_as("batch"):
        end_agreement(by=TESTER, agreement_id=agreement.pk, because="replaced")
    with looking(worker) as viewer:
        assert agreements_of(viewer) == []


def test_allocation_narrows_the_case_to_the_worker_and_the_team(
    world: World, child: uuid.UUID
) -> None:
    asha, colleague = (of_a_team(world, Role.SOCIAL_WORKER, "One") for _ in range(2))
    manager, other = (
        of_a_team(world, role, "Two") for role in (Role.TEAM_MANAGER, Role.SOCIAL_WORKER)
    )
    assert "missing_episode" in kinds(other, child), "nobody's case is everybody's"
    with looking(manager) as viewer:
        allocate(by=viewer, child_id=child, worker_id=asha.pk)
    assert "missing_episode" in kinds(asha, child)
    assert "missing_episode" in kinds(colleague, child)
    assert "missing_episode" not in kinds(other, child)
    settle_scopes()
    assert "missing_episode" not in kinds(other, child), "and the night leaves it so"
    with looking(world.people[SCHOOL]) as viewer:
        workers = [each.workers for each in involvements(viewer, child) if each.workers]
    assert workers == [(asha.name,)]


def test_only_a_manager_who_leads_for_the_child_allocates(world: World, child: uuid.UUID) -> None:
    asha = of_a_team(world, Role.SOCIAL_WORKER, "One")
    elsewhere = of_a_team(world, Role.TEAM_MANAGER, "Two")
    with looking(asha) as viewer, pytest.raises(CaseworkRefused, match="team manager"):
        allocate(by=viewer, child_id=child, worker_id=asha.pk)
    with looking(elsewhere) as viewer, pytest.raises(CaseworkRefused, match="social worker of"):
        allocate(by=viewer, child_id=child, worker_id=world.people[POLICE].pk)
    with looking(elsewhere) as viewer:
        allocate(by=viewer, child_id=child, worker_id=asha.pk)
    with looking(elsewhere) as viewer, pytest.raises(CaseworkRefused, match="neither this child"):
        allocate(by=viewer, child_id=child, worker_id=asha.pk)


def test_a_guest_of_the_conference_reads_in_summary_and_not_for_ever(
    world: World, child: uuid.UUID
) -> None:
    manager, guest = of_a_team(world, Role.TEAM_MANAGER, "One"), world.people[SCHOOL]
    day = timezone.localdate() + timedelta(days=7)
    with looking(guest) as viewer:
        assert {entry.kind for entry in timeline(viewer, child)} == {"school_concern"}
    with looking(manager) as viewer:
        invite_to_conference(by=viewer, child_id=child, person_id=guest.pk, held_on=day)
    with looking(guest) as viewer:
        found = [each for each in timeline(viewer, child) if each.kind != "school_concern"]
    assert {(entry.kind, entry.in_summary) for entry in found} == {
        ("referral_received", True),
        ("missing_episode", True),
    }
    assert all(entry.sentence == "What it says is not shared with you." for entry in found)
    past = timezone.localdate() - timedelta(days=1)
    with looking(manager) as viewer, pytest.raises(CaseworkRefused, match="still to come"):
        invite_to_conference(by=viewer, child_id=child, person_id=guest.pk, held_on=past)


def test_an_inspection_opens_its_sample_and_closes(world: World, child: uuid.UUID) -> None:
    inspector = world.people[AgencyKind.INSPECTORATE]
    other = make_child((world.agencies[POLICE], ADA))
    assert kinds(inspector, child) == set()
    with acting_as("batch"):
        inspection = open_inspection(
            by=TESTER,
            area=world.area,
            title="Inspection",
            inspectors=[inspector],
            children=[child],
            closes=timezone.now() + timedelta(days=5),
        )
    assert kinds(inspector, child) == {"referral_received", "missing_episode", "school_concern"}
    with looking(inspector) as viewer:
        assert timeline(viewer, other) == []
    with acting_as("batch"):
        close_inspection(by=TESTER, inspection=inspection)
    assert kinds(inspector, child) == set()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"inspectors": []}, "by inspectors"),
        ({"children": []}, "cases of the sample"),
        ({"closes": NOW - timedelta(days=900)}, "close before it opens"),
    ],
)
def test_an_inspection_that_cannot_be_says_why(
    world: World, child: uuid.UUID, change: dict[str, object], said: str
) -> None:
    asked = {
        "area": world.area,
        "title": "Inspection",
        "inspectors": [world.people[AgencyKind.INSPECTORATE]],
        "children": [child],
        "closes": timezone.now() + timedelta(days=5),
    }
    with acting_as("batch"), pytest.raises(InspectionRefused, match=said):
        open_inspection(by=TESTER, **(asked | change))  # type: ignore[arg-type]


def clause(category: Category, sight: Sight) -> Clause:
    everybody = frozenset(AgencyKind)
    return Clause(
        givers=everybody,
        receivers=everybody,
        serves=Serves.LEAD,
        categories=(category,),
        sight=sight,
        gateway="test",
    )


@pytest.mark.parametrize(
    ("category", "sight", "said"),
    [
        (Category.HANDLED, Sight.CONTENT, "No agreement can give police intelligence with"),
        (Category.ATTENDANCE_REASONS, Sight.SUMMARY, "No agreement can give attendance codes"),
        (Category.WHOLE, Sight.CONTENT, "No agreement can give what Keepsight says"),
        (Category.MISSING, Sight.NOTHING, "gives nothing"),
    ],
)
def test_a_clause_that_no_agreement_can_have_says_why(
    world: World, category: Category, sight: Sight, said: str
) -> None:
    with acting_as("batch"), pytest.raises(ClauseRefused, match=said):
        sign_agreement(
            by=TESTER,
            title="Another",
            gateway="test",
            parties=list(world.agencies.values()),
            review_by=NOW.date(),
            clauses=[clause(category, sight)],
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "what the agreement is called"),
        ({"parties": []}, "two parties"),
        ({"until": NOW - timedelta(days=900)}, "end before it begins"),
    ],
)
def test_an_agreement_that_cannot_be_signed_says_why(
    world: World, change: dict[str, object], said: str
) -> None:
    asked = {
        "title": "Another",
        "gateway": "test",
        "parties": list(world.agencies.values()),
        "review_by": NOW.date(),
    }
    with acting_as("batch"), pytest.raises(AgreementRefused, match=said):
        sign_agreement(by=TESTER, **(asked | change))  # type: ignore[arg-type]
