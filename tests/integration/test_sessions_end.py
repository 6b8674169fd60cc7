"""Sessions end: by signing out, by time, and at once when an account is closed or changed."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from keepsight.agencies.actions import PersonRefused, restore_person, suspend_person
from keepsight.agencies.links import choose_password, issue_link
from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.web.access import is_public
from tests.factories.roles import acting_as
from tests.factories.signing_in import (
    PASSWORD,
    TOKEN,
    browser,
    in_database,
    is_in,
    sign_in,
    somebody,
)
from tests.factories.world import TESTER

NEW = "another three words"
IDS = ("child_id", "alert_id", "glass_id", "sign_id", "release_id", "kept_id")
ANY = {name: UUID(int=1) for name in IDS} | {"area_key": "northmere", "key": "a-feed"}


def every_page() -> list[str]:
    """The address of every page that is not for anybody."""
    found = []
    for pattern in get_resolver().url_patterns[0].url_patterns:
        if not is_public(pattern.callback):
            names = pattern.pattern.converters
            found.append(reverse(pattern.name, kwargs={name: ANY.get(name, 1) for name in names}))
    return found


@pytest.fixture
def person(database: None) -> Person:
    return somebody()


@pytest.fixture
def client(person: Person) -> Client:
    client = browser()
    sign_in(client, person.email)
    assert is_in(client)
    return client


def suspension(person: Person, server: ServerAddress) -> None:
    with acting_as("batch"):
        suspend_person(by=TESTER, person_id=person.pk, reason="left the service")


def suspension_and_return(person: Person, server: ServerAddress) -> None:
    suspension(person, server)
    with acting_as("batch"):
        restore_person(by=TESTER, person_id=person.pk)


def a_new_password(person: Person, server: ServerAddress) -> None:
    with acting_as("batch"):
        token = issue_link(by=TESTER, person_id=person.pk)
    assert choose_password(by=TESTER, token=token, password=NEW) == person.pk


def half_an_hour_unused(person: Person, server: ServerAddress) -> None:
    in_database(server, "UPDATE access_accesssession SET seen = seen - interval '30 minutes'")


def eight_hours(person: Person, server: ServerAddress) -> None:
    in_database(server, "UPDATE access_accesssession SET expires = now()")


ENDS = (suspension, suspension_and_return, a_new_password, half_an_hour_unused, eight_hours)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_the_next_request_shows_nothing_on_any_page(
    client: Client,
    person: Person,
    server: ServerAddress,
    end: Callable[[Person, ServerAddress], None],
) -> None:
    end(person, server)
    pages = every_page()
    assert len(pages) > 20
    for page in pages:
        for answer in (client.get(page), client.post(page, {"code": "1"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in/")
            assert person.name not in answer.content.decode()


def test_both_sessions_that_are_open_end(client: Client, person: Person) -> None:
    other = browser()
    sign_in(other, person.email)
    suspension(person, None)  # type: ignore[arg-type]
    assert not is_in(client)
    assert not is_in(other)


def test_others_are_not_signed_out(client: Client, person: Person) -> None:
    colleague = Person.objects.exclude(pk=person.pk).earliest("pk")
    suspension(colleague, None)  # type: ignore[arg-type]
    assert is_in(client)


def test_a_session_in_use_lives_and_is_noted_once_a_minute(
    client: Client, server: ServerAddress
) -> None:
    seen = "SELECT seen, now() - seen < interval '1 minute' FROM access_accesssession"
    ((first, _),) = in_database(server, seen)
    assert is_in(client)
    assert in_database(server, seen)[0][0] == first
    in_database(server, "UPDATE access_accesssession SET seen = seen - interval '29 minutes'")
    assert is_in(client)
    assert in_database(server, seen)[0][1]


def test_the_session_of_before_is_not_the_one_of_after(person: Person) -> None:
    """Somebody who planted a session in a browser has not the one that is signed in."""
    client = browser()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    sign_in(client, person.email)
    assert client.cookies["sessionid"].value != planted.session_key
    thief = browser()
    thief.cookies["sessionid"] = planted.session_key
    assert not is_in(thief)


def test_a_browsers_session_alone_opens_nothing(client: Client) -> None:
    thief = browser()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert not is_in(thief)
    alone = browser()
    alone.cookies[TOKEN] = client.cookies[TOKEN].value
    assert not is_in(alone)


def test_signing_out_ends_both_sessions(client: Client) -> None:
    kept = {name: client.cookies[name].value for name in ("sessionid", TOKEN)}
    assert client.post("/sign-out/")["Location"] == "/signed-out/"
    for taken in (("sessionid",), (TOKEN,), ("sessionid", TOKEN)):
        thief = browser()
        for name in taken:
            thief.cookies[name] = kept[name]
        assert not is_in(thief)


def test_signing_in_again_leaves_nothing_of_who_was_there(
    client: Client, person: Person, server: ServerAddress
) -> None:
    old = client.cookies["sessionid"].value
    client.get("/sign-in/")
    sign_in(client, person.email)
    assert is_in(client)
    assert in_database(server, "SELECT 1 FROM django_session WHERE session_key = %s", [old]) == []


def test_a_suspension_says_why_and_is_written_down(person: Person, server: ServerAddress) -> None:
    with acting_as("batch"):
        with pytest.raises(PersonRefused, match="Say why"):
            suspend_person(by=TESTER, person_id=person.pk, reason=" ")
        suspend_person(by=TESTER, person_id=person.pk, reason="left the service")
        with pytest.raises(PersonRefused, match="closed already: suspended: left the service"):
            suspend_person(by=TESTER, person_id=person.pk, reason="again")
        restore_person(by=TESTER, person_id=person.pk)
    written = "SELECT what, reason FROM audit_auditentry WHERE what LIKE %s ORDER BY at"
    assert in_database(server, written, [f"person {person.pk} %"]) == [
        (f"person {person.pk} closed", "suspended: left the service"),
        (f"person {person.pk} restored", ""),
    ]


def link_for(person: Person) -> str:
    with acting_as("batch"):
        return f"/choose-password/{issue_link(by=TESTER, person_id=person.pk)}/"


def choose(link: str, password: str = NEW, again: str = "") -> int:
    answer = browser().post(link, {"password": password, "again": again or password})
    return answer.status_code


def test_a_link_chooses_a_password_once(person: Person) -> None:
    link = link_for(person)
    assert browser().get(link).status_code == 200
    assert choose(link) == 302
    assert (choose(link), browser().get(link).status_code) == (404, 404)
    old, new = browser(), browser()
    sign_in(old, person.email, PASSWORD)
    sign_in(new, person.email, NEW)
    assert (is_in(old), is_in(new)) == (False, True)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("123456789012", "123456789012", "entirely numeric"),
        ("qwertyuiop123", "qwertyuiop123", "too common"),
        (NEW, NEW + "!", "not the same"),
    ],
)
def test_a_password_must_be_hard_to_guess(
    person: Person, password: str, again: str, said: str
) -> None:
    answer = browser().post(link_for(person), {"password": password, "again": again})
    assert "<title>Error: Choose a password" in answer.content.decode()
    assert said in answer.content.decode()


def test_a_link_that_is_too_old_replaced_or_of_a_closed_account_is_like_none(
    person: Person, server: ServerAddress
) -> None:
    replaced = link_for(person)
    closed = link_for(person)
    suspension(person, server)
    old = link_for(Person.objects.exclude(pk=person.pk).earliest("pk"))
    in_database(
        server,
        "UPDATE agencies_passwordlink SET expires = now() WHERE person_id <> %s",
        [person.pk],
    )
    answers = [browser().get(link) for link in (replaced, closed, old, "/choose-password/none/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
