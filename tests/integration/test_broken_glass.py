"""Broken glass comes before the agency's governance lead without the child, and is reviewed."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from keepsight.access.actions import ReviewRefused, keep_apart, review_glass
from keepsight.access.looking import glass_waiting
from keepsight.access.models import BreakGlass
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.identity.emergency import Sought, break_glass
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.looking import lead_of, signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.signing_in import in_database
from tests.factories.world import TESTER, World, make_child, make_world

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL
ADA = PersonDetails(forename="Ada", surname="Sought", date_of_birth=date(2011, 5, 2))
SOUGHT = Sought(forename="Ada", surname="Sought", date_of_birth=date(2011, 5, 2))
WHY = "A call about a child in danger tonight"


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def broken(person: Person) -> uuid.UUID:
    """Somebody breaks the glass at a child whom the school knows."""
    with looking(person) as viewer:
        found = break_glass(by=viewer, reason=WHY, sought=SOUGHT)
    assert found
    return found


def test_the_lead_is_told_who_when_and_why_and_never_of_whom(world: World) -> None:
    child = make_child((world.agencies[SCHOOL], ADA))
    lead = lead_of(world.agencies[POLICE])
    assert broken(world.people[POLICE]) == child
    text = signed_in(lead).get("/looking/").content.decode()
    assert WHY in text
    assert world.people[POLICE].name in text
    assert "Review due" in text
    [line] = waiting(lead)
    page = signed_in(lead).get(f"/looking/emergencies/{line.glass_id}/").content.decode()
    for shown in (text, page):
        assert str(child) not in shown
        assert "Sought" not in shown


def waiting(lead: Person):
    with looking(lead) as viewer:
        return glass_waiting(viewer)


def test_a_review_is_recorded_once_with_its_reason(world: World) -> None:
    make_child((world.agencies[SCHOOL], ADA))
    lead = lead_of(world.agencies[POLICE])
    broken(world.people[POLICE])
    [line] = waiting(lead)
    client = signed_in(lead)
    address = f"/looking/emergencies/{line.glass_id}/"
    assert "Say what you found." in client.post(address, {}).content.decode()
    said = {"outcome": "justified", "because": "Asked the sergeant: the call is on record."}
    assert client.post(address, said)["Location"] == "/looking/?recorded=glass"
    assert waiting(lead) == []
    assert client.post(address, said).status_code == 404
    [entry] = [each for each in entries("write") if "reviewed" in each["what"]]
    assert entry["reason"] == said["because"]
    assert entry["child_id"] is None
    with acting_as("batch"):
        row = BreakGlass.objects.get(pk=line.glass_id)
    assert (row.outcome, row.reviewed_by_id) == ("justified", lead.pk)


def test_what_is_overdue_comes_first_and_says_so(world: World, server: ServerAddress) -> None:
    make_child((world.agencies[SCHOOL], ADA))
    lead = lead_of(world.agencies[POLICE])
    broken(world.people[POLICE])
    broken(world.people[POLICE])
    late = timezone.now() - timedelta(days=1)
    [(late_id,)] = in_database(
        server,
        "UPDATE access_breakglass SET review_due = %s WHERE id ="
        " (SELECT id FROM access_breakglass ORDER BY opened DESC LIMIT 1) RETURNING id",
        [late],
    )
    lines = waiting(lead)
    assert [(line.glass_id == late_id, line.overdue) for line in lines] == [
        (True, True),
        (False, False),
    ]
    text = signed_in(lead).get("/looking/").content.decode()
    assert len(re.findall("Overdue", text)) == 1


def test_another_agencys_lead_is_told_nothing(world: World) -> None:
    make_child((world.agencies[SCHOOL], ADA))
    police, school = lead_of(world.agencies[POLICE]), lead_of(world.agencies[SCHOOL])
    broken(world.people[POLICE])
    [line] = waiting(police)
    assert waiting(school) == []
    assert signed_in(school).get(f"/looking/emergencies/{line.glass_id}/").status_code == 404
    with looking(school) as viewer, pytest.raises(ReviewRefused, match="somebody other"):
        review_glass(by=viewer, glass_id=line.glass_id, outcome="justified", because="none")


def test_nobody_reviews_their_own(world: World, server: ServerAddress) -> None:
    """Somebody who was a practitioner when they did it, and is the lead now."""
    make_child((world.agencies[SCHOOL], ADA))
    person = world.people[POLICE]
    broken(person)
    as_lead = "UPDATE agencies_person SET role = 'governance_lead' WHERE id = %s"
    in_database(server, as_lead, [person.pk])
    person.refresh_from_db()
    [line] = waiting(person)
    assert line.own
    assert signed_in(person).get(f"/looking/emergencies/{line.glass_id}/").status_code == 404
    with looking(person) as viewer, pytest.raises(ReviewRefused, match="somebody other"):
        review_glass(by=viewer, glass_id=line.glass_id, outcome="justified", because="my own")
    with looking(person), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_breakglass SET reviewed = now(), reviewed_by_id = %s", [person.pk]
        )
        assert cursor.rowcount == 0, "the database itself refuses"


def test_no_lead_is_told_who_manages_a_suspect_but_another_is(
    world: World, server: ServerAddress
) -> None:
    child = make_child((world.agencies[SCHOOL], ADA))
    manager, other = lead_of(world.agencies[POLICE]), lead_of(world.agencies[POLICE])
    suspect = lead_of(world.agencies[POLICE])
    broken(world.people[POLICE])
    in_database(
        server,
        "UPDATE agencies_person SET line_manager_id = %s WHERE id = %s",
        [manager.pk, suspect.pk],
    )
    assert [len(waiting(each)) for each in (manager, suspect, other)] == [1, 1, 1]
    with acting_as("batch"):
        keep_apart(
            by=TESTER, person_id=suspect.pk, child_id=child, ground="suspect", because="test"
        )
    assert [len(waiting(each)) for each in (manager, suspect, other)] == [0, 0, 1]


def test_the_child_of_broken_glass_is_out_of_the_pages_reach(world: World) -> None:
    make_child((world.agencies[SCHOOL], ADA))
    lead = lead_of(world.agencies[POLICE])
    broken(world.people[POLICE])
    with looking(lead), pytest.raises(ProgrammingError), transaction.atomic():
        list(BreakGlass.objects.values_list("child_id"))


def test_a_practitioner_reviews_nothing(world: World) -> None:
    make_child((world.agencies[SCHOOL], ADA))
    broken(world.people[POLICE])
    with looking(world.people[POLICE]) as viewer:
        assert glass_waiting(viewer) == []
        with pytest.raises(ReviewRefused, match="not for the role"):
            review_glass(by=viewer, glass_id=uuid.uuid4(), outcome="justified", because="none")
    assert signed_in(world.people[POLICE]).get("/looking/").status_code == 403
    assert viewer_of(world.people[POLICE]).role.value == "practitioner"
