"""Who may send, for whom, and that a client reads nothing but what it was answered itself."""

import base64
import uuid
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client as Browser

from keepsight.access.actions.clients import DOOR, ClientRefused, end_client, present_client_token
from keepsight.chronology.actions.governing import switch_off
from keepsight.kernel.sending import TOKENS_OF_A_CLIENT
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.log import entries
from tests.factories.roles import acting_as
from tests.factories.sending import (
    DETAILS,
    FORM,
    REPORTS,
    System,
    make_client,
    sending_feed,
    system_of,
)
from tests.factories.world import TESTER, World, make_child, make_world, settle_scopes

pytestmark = pytest.mark.access

READ_BY_CLIENTS = {
    "intake_receipt": "its own acknowledgements",
    "chronology_delivery": "when files of feeds came, as every page of feeds shows: of no child",
    "chronology_feed": "which feeds there are, as those pages show",
}
"""What has rows for a client, of all that row-level security guards."""

GUARDED = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
  AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"""


@pytest.fixture
def world(database: None) -> World:
    """A council that knows a child, whose police and hospital send reports of it."""
    world = make_world()
    council, school = (
        world.agencies[kind] for kind in (AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.SCHOOL)
    )
    make_child((council, DETAILS), (school, DETAILS))
    settle_scopes()
    return world


@pytest.fixture
def police(world: World) -> System:
    return system_of(world, AgencyKind.POLICE)


def test_every_refusal_of_a_token_is_the_same(world: World, police: System) -> None:
    ended = System(make_client(sending_feed(world, AgencyKind.HEALTH)))
    with acting_as("batch"):
        end_client(by=TESTER, client_id=ended.client.client_id, reason="replaced")
    answers = [
        police.ask(client_secret="another"),
        police.ask(client_id=str(uuid.uuid4())),
        police.ask(client_id="no id"),
        police.ask(client_secret=""),
        police.ask(client_secret="x" * 2_000),
        police.ask(client_id="ü"),
        ended.ask(),
    ]
    assert {each.status_code for each in answers} == {401}
    assert len({each.content for each in answers}) == 1
    assert {each["Cache-Control"] for each in answers} == {"no-store"}
    assert answers[0].json()["error"] == "invalid_client"


def test_a_token_is_asked_for_by_basic_too_and_by_no_other_grant(police: System) -> None:
    shown = f"{police.client.client_id}:{police.client.secret}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(shown).decode()}"}
    form = "grant_type=client_credentials"
    answer = Browser().post("/api/token", form, content_type=FORM, headers=headers)
    assert (answer.status_code, answer.json()["token_type"]) == (200, "Bearer")
    spoiled = {"Authorization": "Basic !!"}
    assert Browser().post("/api/token", form, FORM, headers=spoiled).status_code == 401
    assert police.ask(grant_type="password").json()["error"] == "unsupported_grant_type"
    assert Browser().post("/api/token", {"grant_type": "x"}).status_code == 400


def test_requests_for_tokens_are_counted_granted_or_not(police: System) -> None:
    for _ in range(TOKENS_OF_A_CLIENT.value - 1):
        police.ask()
    answer = police.ask()
    assert (answer.status_code, answer.json()["title"]) == (429, "too many")
    assert int(answer["Retry-After"]) > 0
    unknown = str(uuid.uuid4())
    for _ in range(TOKENS_OF_A_CLIENT.value):
        assert police.ask(client_id=unknown).status_code == 401
    assert police.ask(client_id=unknown).status_code == 429
    assert police.send("missing-reports").status_code == 201


def test_a_client_that_ended_is_shut_out_at_once_with_its_token(police: System) -> None:
    with acting_as("batch"):
        end_client(by=TESTER, client_id=police.client.client_id, reason="lost")
        with pytest.raises(ClientRefused):
            end_client(by=TESTER, client_id=police.client.client_id, reason="again")
        with pytest.raises(ClientRefused):
            end_client(by=TESTER, client_id=police.client.client_id, reason=" ")
    answer = police.send("missing-reports")
    assert (answer.status_code, answer.json()["title"]) == (401, "no token")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_is_over_opens_nothing(police: System) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE access_clientsession SET expires = now()")
    assert police.send("missing-reports").status_code == 401


@pytest.mark.parametrize("token", ["", "nothing", "schlüssel", "two words"])
def test_without_a_good_token_nothing_is_sent_or_read(police: System, token: str) -> None:
    told = police.send("missing-reports").json()
    police.token = token
    assert police.send("missing-reports").status_code == 401
    assert police.read(told["status_url"]).status_code == 401
    assert Browser().get(told["status_url"]).status_code == 401


def test_a_feed_that_is_switched_off_takes_nothing(world: World) -> None:
    feed = sending_feed(world, AgencyKind.POLICE)
    police = System(make_client(feed)).sign_in()
    with acting_as("batch"):
        switch_off(by=TESTER, feed=feed, because="a test")
    answer = police.send("missing-reports")
    assert (answer.status_code, answer.json()["title"]) == (403, "feed shut")
    assert "switched off" in answer.json()["detail"]


def test_a_client_reads_its_own_receipts_and_no_others(world: World, police: System) -> None:
    told = police.send("missing-reports").json()
    hospital = system_of(world, AgencyKind.HEALTH)
    other = hospital.read(told["status_url"])
    absent = hospital.read(f"/api/v1/receipts/{uuid.uuid4()}")
    assert (other.status_code, other.content) == (404, absent.content)
    assert police.read(told["status_url"]).json() == told


def test_a_token_opens_no_page_and_a_session_opens_no_door(world: World, police: System) -> None:
    for address in ("/", "/children/", "/feeds/", "/governed/"):
        assert police.read(address).status_code == 302
    browser = Browser()
    browser.force_login(world.people[AgencyKind.POLICE])
    sent = browser.post(
        "/api/v1/missing-reports",
        REPORTS["missing-reports"],
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )
    assert sent.status_code == 401


def test_of_all_that_is_guarded_a_client_reads_its_receipts(police: System) -> None:
    police.send("missing-reports")
    assert set(rows_for(police.token)) == set(READ_BY_CLIENTS)
    assert set(rows_for("nothing")) == set(READ_BY_CLIENTS) - {"intake_receipt"}


def rows_for(token: str) -> dict[str, int]:
    """How many rows each guarded table has for whoever presents this token, where there are any."""
    with transaction.atomic(), connection.cursor() as cursor:
        present_client_token(by=DOOR, token=token)
        cursor.execute(GUARDED)
        tables = [name for (name,) in cursor.fetchall()]
        counts = {name: count(cursor, name) for name in tables}
    return {name: rows for name, rows in counts.items() if rows}


def count(cursor: Any, table: str) -> int:
    cursor.execute("SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass"
                   " AND a.attnum > 0 AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')"
                   " LIMIT 1", [table])  # fmt: skip
    cursor.execute(f'SELECT count("{cursor.fetchone()[0]}") FROM {table}')
    return int(cursor.fetchone()[0])


def test_an_acknowledgement_does_not_tell_whether_the_child_is_known(police: System) -> None:
    known = police.send("missing-reports").json()
    nobody = {"reference": "N9", "date_of_birth": "2012-01-01", "nhs_number": "9000000017"}
    said = REPORTS["missing-reports"] | {"reference": "M/26/0102", "person": nobody}
    unknown = police.send("missing-reports", said).json()
    assert known.keys() == unknown.keys()
    assert (known["duplicate"], unknown["duplicate"]) == (False, False)


def test_what_a_client_does_and_is_refused_is_written_down(police: System) -> None:
    police.send("missing-reports")
    police.ask(client_secret="another")
    police.token = "nothing"
    police.send("missing-reports")
    said = {(each["act"], each["what"]) for each in entries() if each["role"] == "client"}
    assert said == {
        ("sign_in", "client token"),
        ("write", "a missing report"),
        ("refuse", "client token"),
        ("refuse", "report"),
    }
