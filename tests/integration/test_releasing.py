"""Releasing who looked: decided by a person, and what is kept inside leaves no trace."""

import csv
import io
import re
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.releasing import Ground
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.looking import just_signed_in, lead_of, look_at, signed_in
from tests.factories.world import World, make_child, make_world

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL
ADA = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
FIRST = datetime(2026, 3, 10, 14, 5, tzinfo=LONDON)
SECOND = FIRST + timedelta(days=1)
ANSWERS = {
    "recipient": "young_person",
    "purpose": "She wants to know who knew.",
    "wishes": "She asked for it herself.",
    "competence": "She is sixteen and understands it.",
    "gives": "yes",
    "reason": "It is her record.",
}


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def child(world: World) -> uuid.UUID:
    return make_child((world.agencies[POLICE], ADA))


def key(person: Person, moment: datetime) -> str:
    return f"day-{moment:%Y%m%d}-{person.pk}-{person.role}"


def page_of(client: Client, child: uuid.UUID) -> str:
    return client.get(f"/looking/children/{child}/release/").content.decode()


def decide(client: Client, child: uuid.UUID, **said: Any) -> Any:
    """Read the page, then send its form with these answers."""
    hidden = dict(re.findall(r'name="(until|read)" value="([^"]+)"', page_of(client, child)))
    return client.post(f"/looking/children/{child}/release/", ANSWERS | hidden | said)


def addresses(client: Client, child: uuid.UUID) -> list[str]:
    text = client.get(f"/looking/children/{child}/").content.decode()
    return re.findall(r'href="(/looking/children/[^"]+/releases/[^"]+)"', text)


def test_what_is_told_is_day_agency_role_and_what_and_no_more(
    world: World, child: uuid.UUID
) -> None:
    police = world.people[POLICE]
    look_at(police, child, FIRST)
    look_at(police, child, FIRST + timedelta(hours=1))
    look_at(police, child, SECOND, what="timeline")
    look_at(police, child, SECOND, act=Act.REFUSE, what="GET child")
    look_at(police, child, SECOND, act=Act.WRITE, what="sealed")
    client = just_signed_in(lead_of(world.agencies[POLICE]))
    assert decide(client, child).status_code == 302
    html, table = addresses(client, child)
    rows = list(csv.reader(io.StringIO(client.get(table).content.decode())))
    agency = world.agencies[POLICE].name
    assert rows == [
        ["Day", "Agency", "Role", "What was looked at"],
        ["11 March 2026", agency, "Practitioner", "timeline"],
        ["10 March 2026", agency, "Practitioner", "identity"],
    ]
    text = client.get(html).content.decode()
    assert "11 March 2026" in text
    assert police.name not in text
    assert str(child) not in text


def test_taking_it_out_is_written_down_as_an_export(world: World, child: uuid.UUID) -> None:
    client = just_signed_in(lead_of(world.agencies[POLICE]))
    decide(client, child)
    for address in addresses(client, child):
        assert client.get(address).status_code == 200
    found = [(each["what"], each["child_id"]) for each in entries("export")]
    assert found == [("who looked, for young_person", child)] * 2


def test_taking_it_out_asks_again_who_is_there(world: World, child: uuid.UUID) -> None:
    lead = lead_of(world.agencies[POLICE])
    decide(just_signed_in(lead), child)
    client = signed_in(lead)
    for address in addresses(client, child):
        assert client.get(address)["Location"].startswith("/confirm/")
    assert entries("export") == []


@pytest.mark.parametrize("field", ["purpose", "wishes", "competence", "reason", "gives"])
def test_a_decision_says_everything(world: World, child: uuid.UUID, field: str) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    answer = decide(client, child, **{field: ""})
    assert "There is a problem" in answer.content.decode()
    assert addresses(client, child) == []


def test_a_parent_is_refused_without_the_childs_interest_and_warned_of(
    world: World, child: uuid.UUID
) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    assert "Schedule 3, Part 5" in page_of(client, child)
    refused = decide(client, child, recipient="parent")
    assert "Say why it is in the child’s interest" in refused.content.decode()
    assert addresses(client, child) == []
    interest = "She asked that her mother read it with her."
    assert decide(client, child, recipient="parent", interest=interest).status_code == 302
    assert len(addresses(client, child)) == 2


def test_a_decision_not_to_tell_stands_and_gives_no_document(
    world: World, child: uuid.UUID
) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    assert decide(client, child, gives="no", recipient="parent").status_code == 302
    text = client.get(f"/looking/children/{child}/").content.decode()
    assert "A parent or carer: not released" in text
    assert addresses(client, child) == []


@pytest.mark.parametrize("ground", list(Ground))
def test_what_is_kept_inside_is_known_inside_only(
    world: World, child: uuid.UUID, ground: Ground
) -> None:
    police = world.people[POLICE]
    look_at(police, child, FIRST, what="identity")
    look_at(police, child, SECOND, what="timeline")
    client = just_signed_in(lead_of(world.agencies[POLICE]))
    decide(client, child, **{key(police, SECOND): ground.value})
    inside = client.get(f"/looking/children/{child}/").content.decode()
    assert "1 entry kept inside" in inside
    for address in addresses(client, child):
        outside = client.get(address).content.decode()
        assert "10 March 2026" in outside
        assert "11 March 2026" not in outside
        assert ground.in_words not in outside


def test_nobody_decides_about_a_look_that_they_have_not_read(
    world: World, child: uuid.UUID
) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    hidden = dict(re.findall(r'name="(until|read)" value="([^"]+)"', page_of(client, child)))
    look_at(world.people[POLICE], child, timezone.now() - timedelta(hours=1))
    answer = client.post(f"/looking/children/{child}/release/", ANSWERS | hidden)
    assert "Somebody looked at this record meanwhile." in answer.content.decode()
    assert addresses(client, child) == []
    fresh = dict(re.findall(r'name="(until|read)" value="([^"]+)"', answer.content.decode()))
    again = client.post(f"/looking/children/{child}/release/", ANSWERS | fresh)
    assert again.status_code == 302


def test_a_later_look_is_not_in_what_was_decided_before(world: World, child: uuid.UUID) -> None:
    client = just_signed_in(lead_of(world.agencies[POLICE]))
    decide(client, child)
    html, _ = addresses(client, child)
    before = client.get(html).content
    look_at(world.people[POLICE], child, timezone.now(), what="something new")
    look_at(world.people[POLICE], child, FIRST, what="something that came late")
    assert client.get(html).content == before


def test_another_agencys_lead_reaches_no_decision(world: World) -> None:
    both = make_child((world.agencies[POLICE], ADA), (world.agencies[SCHOOL], ADA))
    client = just_signed_in(lead_of(world.agencies[POLICE]))
    decide(client, both)
    other = just_signed_in(lead_of(world.agencies[SCHOOL]))
    assert addresses(other, both) == []
    for address in addresses(client, both):
        assert other.get(address).status_code == 404
