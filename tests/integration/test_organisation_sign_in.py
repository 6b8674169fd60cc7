"""Signing in with an organisation's own sign-in, at a real provider on this machine."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client, override_settings

from keepsight.agencies.actions import suspend_person
from keepsight.agencies.models import Person
from keepsight.config.organisations import UnusableOrganisation, apps_of
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.openid_provider import CLIENT, SECRET, Provider, running_provider
from tests.factories.roles import acting_as
from tests.factories.signing_in import browser, in_database, is_in, without_what_differs
from tests.factories.world import TESTER, World, make_world

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


def listed(provider: Provider, world: World, **more: Any) -> str:
    """The file of organisations with the police of the world in it."""
    police = {
        "key": "police",
        "name": "Northmere police",
        "agency": world.agencies[POLICE].key,
        "server": provider.address,
        "client_id": CLIENT,
        "client_secret": SECRET,
    }
    return json.dumps([police | more])


@pytest.fixture
def police(provider: Provider, world: World) -> Iterator[Person]:
    """A person of the police, whose organisation has a sign-in of its own."""
    with known(provider, world):
        person = world.people[POLICE]
        provider.claims = {"sub": "p-1", "email": person.email, "email_verified": True}
        yield person


def known(provider: Provider, world: World, **more: Any) -> override_settings:
    apps = apps_of(listed(provider, world, **more))
    return override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": apps}})


def come_in(client: Client, next: str = "/children/") -> HttpResponse:
    """Go to the organisation's sign-in, and come back from there."""
    there = client.get(f"/sign-in/organisations/police/?next={next}")["Location"]
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=10).headers["Location"])
    assert back.path == "/sign-in/organisations/police/back/"
    return client.get(f"{back.path}?{back.query}")


def test_who_works_there_comes_in_and_is_known_by_their_id(
    police: Person, provider: Provider, server: ServerAddress
) -> None:
    assert "Northmere police" in browser().get("/sign-in/").content.decode()
    client = browser()
    assert come_in(client)["Location"] == "/children/"
    assert is_in(client)
    kept = "SELECT user_id, provider, uid, extra_data::text FROM socialaccount_socialaccount"
    assert in_database(server, kept) == [(police.pk, "police", "p-1", "{}")]
    provider.claims |= {"email": "married@elsewhere.example"}
    again = browser()
    come_in(again)
    assert is_in(again)
    assert in_database(server, kept) == [(police.pk, "police", "p-1", "{}")]


def refused(client: Client) -> None:
    answer = come_in(client)
    assert "<title>Error: Sign in" in answer.content.decode()
    assert not is_in(client)


def test_an_organisation_cannot_name_the_people_of_another(
    police: Person, provider: Provider, world: World
) -> None:
    provider.claims |= {"email": world.people[SCHOOL].email}
    refused(browser())


def test_nobody_becomes_a_colleague_by_taking_on_their_address(
    police: Person, provider: Provider
) -> None:
    come_in(browser())
    provider.claims |= {"sub": "p-2"}
    refused(browser())


@pytest.mark.parametrize("verified", [{"email_verified": False}, {"email_verified": None}])
def test_an_address_must_be_verified(
    police: Person, provider: Provider, verified: dict[str, Any]
) -> None:
    provider.claims |= verified
    refused(browser())


def test_unless_the_organisation_verifies_each_and_does_not_say_so(
    police: Person, provider: Provider, world: World
) -> None:
    del provider.claims["email_verified"]
    with known(provider, world, email_is_verified=True):
        client = browser()
        come_in(client)
        assert is_in(client)


def test_somebody_unknown_suspended_or_turned_away_gets_the_page_of_a_wrong_password(
    police: Person, provider: Provider, server: ServerAddress
) -> None:
    wrong = browser().post("/sign-in/", {"email": "a@b.example", "password": "wrong"})
    pages = [without_what_differs(wrong)]
    provider.claims |= {"email": "nobody@keepsight.example"}
    pages.append(without_what_differs(come_in(browser())))
    provider.claims |= {"email": police.email}
    provider.refuses = True
    pages.append(without_what_differs(come_in(browser())))
    provider.refuses = False
    with acting_as("batch"):
        suspend_person(by=TESTER, person_id=police.pk, reason="left")
    pages.append(without_what_differs(come_in(browser())))
    assert len(set(pages)) == 1
    refusals = in_database(server, "SELECT what FROM audit_auditentry WHERE act = 'refuse'")
    assert refusals == [("sign in",)] * 4


def test_an_answer_that_nobody_asked_for_is_refused(police: Person, provider: Provider) -> None:
    asked = browser()
    there = asked.get("/sign-in/organisations/police/")["Location"]
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=10).headers["Location"])
    victim = browser()
    answer = victim.get(f"{back.path}?{back.query}")
    assert "<title>Error: Sign in" in answer.content.decode()
    assert not is_in(victim)


def test_an_organisation_that_is_not_listed_is_not_there(police: Person) -> None:
    assert browser().get("/sign-in/organisations/school/").status_code == 404
    assert browser().get("/sign-in/organisations/school/back/?code=1&state=1").status_code == 404


def test_our_second_factor_is_demanded_unless_the_organisation_answers_for_one(
    police: Person, provider: Provider, world: World
) -> None:
    with override_settings(KEEPSIGHT_SECOND_FACTOR="demanded"):
        client = browser()
        assert come_in(client)["Location"] == "/your-sign-in/"
        assert not is_in(client)
        with known(provider, world, vouches_for_second_factor=True):
            vouched = browser()
            assert come_in(vouched)["Location"] == "/children/"
            assert is_in(vouched)


def test_who_has_only_that_confirms_by_signing_in_again(police: Person) -> None:
    client = browser()
    come_in(client)
    asked = client.get("/confirm/?next=/your-sign-in/app/").content.decode()
    assert "You sign in with your organisation" in asked
    assert come_in(client, next="/your-sign-in/app/")["Location"] == "/your-sign-in/app/"
    assert client.get("/your-sign-in/app/").status_code == 200


def test_a_provider_that_does_not_answer_is_said_so(database: None) -> None:
    apps = apps_of(json.dumps([GOOD | {"server": "http://127.0.0.1:9"}]))
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": apps}}):
        answer = browser().get("/sign-in/organisations/a/")
    assert "does not answer" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("{}", "must hold a list"),
        ('[{"key": "a"}]', "a lacks agency, client_id, client_secret, name, server"),
    ],
)
def test_a_file_of_organisations_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(UnusableOrganisation, match=said):
        apps_of(text)


GOOD = {
    "key": "a",
    "name": "A",
    "agency": "a",
    "server": "https://sign-in.example",
    "client_id": "c",
    "client_secret": "s",
}


@pytest.mark.parametrize(
    ("organisations", "said"),
    [
        ([GOOD | {"server": "http://sign-in.example"}], "must begin with https"),
        ([GOOD | {"trusts": True}], "has trusts, which nothing reads"),
        ([GOOD, GOOD], "the same key"),
    ],
)
def test_what_an_organisation_may_not_be(organisations: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(UnusableOrganisation, match=said):
        apps_of(json.dumps(organisations))
