"""Signing in by password: who gets in, who does not, and that nothing tells why."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test import override_settings

from keepsight.agencies.actions import close_dormant, restore_person, suspend_person
from keepsight.agencies.models import Person
from keepsight.agencies.tries import begin_try, network_of
from keepsight.engines.embedded import ServerAddress
from tests.factories.roles import acting_as
from tests.factories.signing_in import (
    TOKEN,
    browser,
    in_database,
    is_in,
    sign_in,
    somebody,
    without_what_differs,
)
from tests.factories.world import TESTER

A_QUARTER = "UPDATE agencies_signintry SET at = at - interval '15 minutes'"
UNUSED = "UPDATE agencies_person SET active_since = now() - interval '91 days', last_login = NULL"


def test_the_right_password_opens_a_session_and_leads_where_one_was_going(database: None) -> None:
    client = browser()
    answer = sign_in(client, somebody().email, next="/children/?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/children/?page=2")
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(database: None, elsewhere: str) -> None:
    assert sign_in(browser(), somebody().email, next=elsewhere)["Location"] == "/"


def test_passwords_are_hashed_with_argon2(database: None) -> None:
    assert somebody().password.startswith("argon2$argon2id$")


def suspended(person: Person, server: ServerAddress) -> None:
    with acting_as("batch"):
        suspend_person(by=TESTER, person_id=person.pk, reason="left")


def dormant(person: Person, server: ServerAddress) -> None:
    in_database(server, UNUSED)


def locked(person: Person, server: ServerAddress) -> None:
    for _ in range(5):
        sign_in(browser(), person.email, "wrong")


def as_it_was(person: Person, server: ServerAddress) -> None: ...


CASES: dict[str, tuple[Callable[[Person, ServerAddress], None], str | None, str]] = {
    "wrong": (as_it_was, None, "wrong"),
    "unknown": (as_it_was, "nobody@keepsight.example", "three made-up words"),
    "suspended": (suspended, None, "three made-up words"),
    "dormant": (dormant, None, "three made-up words"),
    "locked": (locked, None, "three made-up words"),
    "no password": (as_it_was, "a person without one", "three made-up words"),
}


class Counting(Argon2PasswordHasher):
    """Argon2 that counts how often it reckons."""

    reckoned = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.reckoned += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        Counting.reckoned += 1
        return super().verify(password, encoded)


@pytest.fixture
def counting(database: None) -> type[Counting]:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Counting"]):
        yield Counting


@pytest.mark.parametrize("case", CASES)
def test_every_refusal_is_the_same_page_and_takes_one_hash(
    counting: type[Counting], server: ServerAddress, case: str
) -> None:
    make, email, password = CASES[case]
    person = somebody()
    plain = without_what_differs(sign_in(browser(), "somebody@keepsight.example", "wrong"))
    assert "<title>Error: Sign in" in plain
    make(person, server)
    if case == "no password":
        email = Person.objects.exclude(pk=person.pk).earliest("pk").email
    counting.reckoned = 0
    client = browser()
    answer = sign_in(client, email or person.email, password)
    assert without_what_differs(answer) == plain
    assert counting.reckoned == 1
    assert not is_in(client)
    assert TOKEN not in client.cookies


def test_each_refusal_is_written_down_and_none_says_why(
    database: None, server: ServerAddress
) -> None:
    person = somebody()
    sign_in(browser(), person.email, "wrong")
    suspended(person, server)
    sign_in(browser(), person.email)
    sign_in(browser(), "nobody@keepsight.example")
    rows = in_database(
        server,
        "SELECT what, reason, person_id, detail::text FROM audit_auditentry WHERE act = 'refuse'",
    )
    assert len(rows) == 3
    assert len(set(rows)) == 1


def test_five_wrong_tries_lock_an_account_from_everywhere_for_a_quarter_of_an_hour(
    database: None, server: ServerAddress
) -> None:
    person = somebody()
    for number in range(5):
        sign_in(browser(f"192.0.2.{number}"), person.email.upper(), "wrong")
    elsewhere = browser("198.51.100.7")
    sign_in(elsewhere, person.email)
    assert not is_in(elsewhere)
    in_database(server, A_QUARTER)
    sign_in(elsewhere, person.email)
    assert is_in(elsewhere)


def test_four_wrong_tries_lock_nobody_and_a_right_one_is_not_counted(database: None) -> None:
    person = somebody()
    for password in ("wrong", "wrong", None, None, None, "wrong", "wrong"):
        sign_in(browser(), person.email, *([password] if password else []))
    client = browser()
    sign_in(client, person.email)
    assert is_in(client)


def test_being_locked_is_not_prolonged_by_more_tries(database: None, server: ServerAddress) -> None:
    person = somebody()
    for _ in range(5):
        sign_in(browser(), person.email, "wrong")
    in_database(server, "UPDATE agencies_signintry SET at = at - interval '14 minutes'")
    sign_in(browser(), person.email, "wrong")
    in_database(server, "UPDATE agencies_signintry SET at = at - interval '1 minute'")
    client = browser()
    sign_in(client, person.email)
    assert is_in(client)


def test_one_address_cannot_try_one_password_on_many_accounts(database: None) -> None:
    person = somebody()
    for number in range(50):
        begin_try(by=TESTER, account=f"{number}@keepsight.example", address="192.0.2.1")
    there, elsewhere = browser("192.0.2.1"), browser("192.0.2.2")
    sign_in(there, person.email)
    assert not is_in(there)
    sign_in(elsewhere, person.email)
    assert is_in(elsewhere)


def test_tries_at_the_same_moment_are_counted_like_any(database: None) -> None:
    def attempt(number: int) -> bool:
        try:
            address = f"192.0.2.{number}"
            return begin_try(by=TESTER, account="a@keepsight.example", address=address) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=12) as pool:
        assert sum(pool.map(attempt, range(24))) == 5


def test_the_table_of_tries_names_nobody(database: None, server: ServerAddress) -> None:
    person = somebody()
    sign_in(browser("192.0.2.9"), person.email, "wrong")
    (row,) = in_database(server, "SELECT account, address FROM agencies_signintry")
    assert {len(value) for value in row} == {32}


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_an_address_is_counted_by_who_has_it(address: str, counted: str) -> None:
    assert network_of(address) == counted


def test_the_address_behind_a_proxy_is_counted_only_where_there_is_one(database: None) -> None:
    person = somebody()
    for number in range(50):
        begin_try(by=TESTER, account=f"{number}@keepsight.example", address="192.0.2.1")
    client = browser("10.0.0.1")
    client.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.1, 192.0.2.1"
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        sign_in(client, person.email)
        assert not is_in(client)
    sign_in(client, person.email)
    assert is_in(client)


def test_who_left_and_came_back_may_sign_in_again(database: None, server: ServerAddress) -> None:
    person = somebody()
    suspended(person, server)
    with acting_as("batch"):
        restore_person(by=TESTER, person_id=person.pk)
    client = browser()
    sign_in(client, person.email)
    assert is_in(client)


def test_the_night_closes_accounts_that_nobody_uses(database: None, server: ServerAddress) -> None:
    person = somebody()
    dormant(person, server)
    in_database(
        server,
        "UPDATE agencies_person SET last_login = now() - interval '89 days' WHERE id <> %s",
        [person.pk],
    )
    with acting_as("batch"):
        assert close_dormant(by=TESTER, now=_real_now(server)) == 1
        assert close_dormant(by=TESTER, now=_real_now(server)) == 0
    person.refresh_from_db()
    assert (person.is_active, person.closed_because) == (False, "dormant: not used for 90 days")
    written = "SELECT reason FROM audit_auditentry WHERE what = %s"
    assert in_database(server, written, [f"person {person.pk} closed"]) == [
        ("dormant: not used for 90 days",)
    ]
    with acting_as("batch"):
        restore_person(by=TESTER, person_id=person.pk)
    client = browser()
    sign_in(client, person.email)
    assert is_in(client)


def _real_now(server: ServerAddress):
    return in_database(server, "SELECT now()")[0][0]
