"""Second factors: demanded or offered, asked at sign-in, sealed at rest, and asked for again."""

import re

import pytest
from cryptography.fernet import InvalidToken
from django.test import Client, override_settings

from keepsight.agencies.actions import remove_second_factors
from keepsight.agencies.models import Person
from keepsight.agencies.sealing import seal, unseal
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.roles import acting_as
from tests.factories.signing_in import (
    PASSWORD,
    TOKEN,
    browser,
    code_now,
    half_a_minute_later,
    in_database,
    is_in,
    secret_on,
    sign_in,
    somebody,
)
from tests.factories.world import TESTER

RECORDS = "account_authentication_methods"


@pytest.fixture
def person(database: None) -> Person:
    return somebody()


def in_browser(person: Person, **more: str) -> Client:
    client = browser()
    sign_in(client, person.email, **more)
    return client


def add_app(client: Client) -> str:
    """Add an authenticator app, and give its secret."""
    secret = secret_on(client.get("/your-sign-in/app/").content.decode())
    answer = client.post("/your-sign-in/app/", {"code": code_now(secret)})
    assert answer["Location"] == "/your-sign-in/codes/", answer.content.decode()
    return secret


def codes_of(client: Client) -> list[str]:
    page = client.get("/your-sign-in/codes/").content.decode()
    return re.findall(r'<li class="keepsight-secret">(\d+)</li>', page)


def ago(client: Client, minutes: int) -> None:
    """Make it so long ago that the person last showed who they are."""
    session = client.session
    for record in session[RECORDS]:
        record["at"] -= minutes * 60
    session.save()


def second_step(client: Client, code: str) -> int:
    return client.post("/sign-in/second-step/", {"code": code}).status_code


def test_where_it_is_demanded_nobody_is_in_before_it_is_set_up(
    person: Person, server: ServerAddress
) -> None:
    with override_settings(KEEPSIGHT_SECOND_FACTOR="demanded"):
        client = browser()
        answer = sign_in(client, person.email, next="/children/?page=2")
        assert answer["Location"] == "/your-sign-in/"
        assert "One thing is missing" in client.get("/your-sign-in/").content.decode()
        assert TOKEN not in client.cookies
        assert in_database(server, "SELECT 1 FROM access_accesssession") == []
        for page in ("/children/", "/confirm/", "/your-sign-in/codes/", "/your-sign-in/1/remove/"):
            assert client.get(page)["Location"].startswith("/sign-in/")
        add_app(client)
        assert TOKEN in client.cookies
        page = client.get("/your-sign-in/codes/").content.decode()
        assert 'href="/children/?page=2"' in page
        assert is_in(client)


def test_who_waits_too_long_with_setting_up_signs_in_again(person: Person) -> None:
    with override_settings(KEEPSIGHT_SECOND_FACTOR="demanded"):
        client = in_browser(person)
        assert client.get("/your-sign-in/app/").status_code == 200
        ago(client, 11)
        assert client.get("/your-sign-in/app/")["Location"].startswith("/sign-in/")


def test_where_it_is_offered_the_page_says_so_and_nobody_must(person: Person) -> None:
    client = in_browser(person)
    assert is_in(client)
    assert "offered and nobody must" in client.get("/your-sign-in/").content.decode()


def test_an_inspector_sets_one_up_too(database: None) -> None:
    client = in_browser(somebody(AgencyKind.INSPECTORATE))
    add_app(client)
    assert len(codes_of(client)) == 10


def test_the_password_alone_is_not_enough_and_a_code_is_good_once(
    person: Person, server: ServerAddress
) -> None:
    secret = add_app(in_browser(person))
    client = browser()
    assert sign_in(client, person.email, next="/children/")["Location"] == "/sign-in/second-step/"
    assert not is_in(client)
    assert client.get("/sign-in/second-step/").status_code == 200
    assert second_step(client, "000000") == 200
    code = code_now(secret)
    answer = client.post("/sign-in/second-step/", {"code": code})
    assert answer["Location"] == "/children/"
    assert is_in(client)
    again = in_browser(person)
    assert second_step(again, code) == 200
    assert not is_in(again)
    refused = "SELECT what, person_id FROM audit_auditentry WHERE act = 'refuse' AND what LIKE %s"
    rows = in_database(server, refused, ["second factor%"])
    assert rows == [("second factor or password again", person.pk)] * 2


def test_the_second_step_without_the_first_leads_to_it(person: Person) -> None:
    add_app(in_browser(person))
    client = browser()
    assert client.get("/sign-in/second-step/")["Location"] == "/sign-in/"
    assert client.post("/sign-in/second-step/", {"code": "1"})["Location"] == "/sign-in/"


def test_five_wrong_codes_lock_the_second_step(person: Person, server: ServerAddress) -> None:
    secret = add_app(in_browser(person))
    client = in_browser(person)
    for _ in range(5):
        second_step(client, "000000")
    assert second_step(client, code_now(secret)) == 200
    assert not is_in(client)
    half_a_minute_later()
    in_database(server, "UPDATE agencies_signintry SET at = at - interval '15 minutes'")
    assert second_step(client, code_now(secret)) == 302
    assert is_in(client)


def test_recovery_codes_are_shown_once_and_each_is_good_once(person: Person) -> None:
    first = in_browser(person)
    add_app(first)
    codes = codes_of(first)
    assert len(set(codes)) == 10
    assert codes_of(first) == []
    for code, good in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client = in_browser(person)
        second_step(client, code)
        assert is_in(client) == good
    assert "8 codes left" in client.get("/your-sign-in/").content.decode()


def test_new_recovery_codes_make_the_old_ones_void(person: Person) -> None:
    client = in_browser(person)
    add_app(client)
    old = codes_of(client)
    client.post("/your-sign-in/codes/new/")
    new = codes_of(client)
    assert len(new) == 10
    assert not set(new) & set(old)
    again = in_browser(person)
    second_step(again, old[0])
    assert not is_in(again)


def test_secrets_are_sealed_at_rest(person: Person, server: ServerAddress) -> None:
    client = in_browser(person)
    secret = add_app(client)
    codes = codes_of(client)
    stored = str(in_database(server, "SELECT type, data FROM mfa_authenticator"))
    assert "totp" in stored
    assert not [each for each in (secret, *codes) if each in stored]


def test_a_seal_is_broken_by_another_key_or_a_change_and_kept_by_an_old_key() -> None:
    sealed = seal("a secret")
    assert sealed != seal("a secret")
    assert unseal(sealed) == "a secret"
    with pytest.raises(InvalidToken):
        unseal(sealed[:-4] + "AAA=")
    with (
        override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]),
        pytest.raises(InvalidToken),
    ):
        unseal(sealed)
    with override_settings(SECRET_KEY="old"):
        of_old = seal("a secret")
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
        assert unseal(of_old) == "a secret"


def test_one_asks_for_no_others_second_factor(person: Person, server: ServerAddress) -> None:
    add_app(in_browser(person))
    ((factor,),) = in_database(server, "SELECT id FROM mfa_authenticator WHERE type = 'totp'")
    other = somebody_else(person)
    assert other.get(f"/your-sign-in/{factor}/remove/").status_code == 404
    assert other.post(f"/your-sign-in/{factor}/remove/").status_code == 404
    assert in_database(server, "SELECT id FROM mfa_authenticator WHERE type = 'totp'")


def somebody_else(person: Person) -> Client:
    from tests.factories.signing_in import give_password

    other = Person.objects.exclude(pk=person.pk).earliest("pk")
    with acting_as("batch"):
        give_password(by=TESTER, person=other)
    return in_browser(other)


def test_the_last_one_stays_where_one_is_demanded(person: Person, server: ServerAddress) -> None:
    client = in_browser(person)
    add_app(client)
    ((factor,),) = in_database(server, "SELECT id FROM mfa_authenticator WHERE type = 'totp'")
    page = f"/your-sign-in/{factor}/remove/"
    with override_settings(KEEPSIGHT_SECOND_FACTOR="demanded"):
        answer = client.post(page)
        assert "<title>Error: Remove a second factor" in answer.content.decode()
    assert client.post(page).status_code == 302
    assert in_database(server, "SELECT 1 FROM mfa_authenticator") == []


def test_who_lost_theirs_is_let_set_up_another(person: Person, server: ServerAddress) -> None:
    add_app(in_browser(person))
    with acting_as("batch"):
        assert remove_second_factors(by=TESTER, person_id=person.pk) == 2
    assert is_in(in_browser(person))


JUNK = (
    *("", "{", "[]", "{}", '"a"', "null", '{"id": "x", "response": {}}', '{"rawId": 1}'),
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
)


@pytest.mark.parametrize("junk", JUNK)
def test_a_passkey_that_is_none_is_refused_like_any(person: Person, junk: str) -> None:
    client = browser()
    assert client.get("/sign-in/passkey/").json()["publicKey"]["challenge"]
    answer = client.post("/sign-in/passkey/", {"credential": junk})
    assert answer.status_code == 200
    assert "<title>Error: Sign in" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("junk", JUNK)
def test_a_passkey_that_is_none_is_not_added(
    person: Person, server: ServerAddress, junk: str
) -> None:
    client = in_browser(person)
    assert client.get("/your-sign-in/passkey/").status_code == 200
    answer = client.post("/your-sign-in/passkey/", {"credential": junk, "name": "key"})
    assert "<title>Error: Add a passkey" in answer.content.decode()
    assert in_database(server, "SELECT 1 FROM mfa_authenticator") == []


def test_what_is_marked_asks_again_after_ten_minutes_and_leads_back(person: Person) -> None:
    client = in_browser(person)
    ago(client, 9)
    assert client.get("/your-sign-in/app/").status_code == 200
    ago(client, 2)
    asked = client.get("/your-sign-in/app/")
    assert asked["Location"] == "/confirm/?next=%2Fyour-sign-in%2Fapp%2F"
    assert client.post("/your-sign-in/app/", {"code": "1"})["Location"] == asked["Location"]
    assert is_in(client)
    wrong = client.post(asked["Location"], {"password": "wrong"})
    assert "<title>Error: Confirm that it is you" in wrong.content.decode()
    assert client.get("/your-sign-in/app/").status_code == 302
    right = client.post(asked["Location"], {"password": PASSWORD, "next": "/your-sign-in/app/"})
    assert right["Location"] == "/your-sign-in/app/"
    assert client.get("/your-sign-in/app/").status_code == 200


def test_a_code_or_a_recovery_code_confirms_too(person: Person) -> None:
    client = in_browser(person)
    secret = add_app(client)
    recovery = codes_of(client)[0]
    for code in (code_now(secret), recovery):
        ago(client, 60)
        assert client.get("/your-sign-in/codes/").status_code == 302
        assert client.post("/confirm/", {"code": code, "next": "/"}).status_code == 302
        assert client.get("/your-sign-in/codes/").status_code == 200


def test_confirming_counts_wrong_tries_too(person: Person) -> None:
    client = in_browser(person)
    for _ in range(5):
        client.post("/confirm/", {"password": "wrong"})
    ago(client, 60)
    assert client.post("/confirm/", {"password": PASSWORD}).status_code == 200
    assert client.get("/your-sign-in/app/").status_code == 302


def test_another_persons_password_confirms_nothing(person: Person) -> None:
    client = in_browser(person)
    somebody_else(person)
    ago(client, 60)
    answer = client.post("/confirm/?next=https://evil.example/", {"password": PASSWORD})
    assert answer["Location"] == "/"


def test_the_picture_to_scan_is_a_file_that_nobody_keeps(person: Person) -> None:
    client = in_browser(person)
    secret = secret_on(client.get("/your-sign-in/app/").content.decode())
    answer = client.get("/your-sign-in/app/picture.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "no-store" in answer["Cache-Control"]
    assert secret == secret_on(client.post("/your-sign-in/app/", {"code": "1"}).content.decode()), (
        "a wrong code leaves the picture as it was scanned"
    )
