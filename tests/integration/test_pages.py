"""The pages' one door: who gets in, what is written down, and that nothing tells of the hidden."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.audit.sights import keyed_hash, saw
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.roles import Permission
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.web.access import allows
from keepsight.web.cookies import give_token
from keepsight.web.middleware import StreamedAnswer, ViewerMiddleware
from tests.factories.browsing import signed_in, token_for
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, make_child, make_event, make_inspection, make_world

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL
GONE = datetime(2026, 2, 1, 22, tzinfo=LONDON)
ADA = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
NOBODY = uuid.UUID(int=1)


def written(server: ServerAddress, act: Act) -> list[tuple[str, str, uuid.UUID | None]]:
    """What the audit holds of one act: the page, what, and about which child."""
    with server.connect(connection.settings_dict["NAME"]) as admin:
        found = admin.execute(
            'SELECT "where", what, child_id FROM audit_auditentry WHERE act = %s', [act.value]
        )
        return found.fetchall()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(database: None) -> None:
    answer = Client(headers={"host": "localhost"}).get(f"/children/{NOBODY}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next=%2Fchildren%2F{NOBODY}%2F"


def test_a_session_that_is_over_is_said_to_be(database: None) -> None:
    client = signed_in(make_world().people[POLICE])
    client.cookies["keepsight_access"] = "tampered:with:this"
    answer = client.get("/children/", follow=True)
    assert "Your session is over" in answer.content.decode()


def test_a_wrong_sign_in_does_not_tell_whether_the_account_exists(
    database: None, server: ServerAddress
) -> None:
    person = make_world().people[POLICE]
    client = Client(headers={"host": "localhost"})
    pages = [
        client.post("/sign-in/", {"email": email, "password": "guess"}).content.decode()
        for email in (person.email, "nobody.police@keepsight.example")
    ]
    known, unknown = (re.sub(r'value="[^"]*"', "", page) for page in pages)
    assert known == unknown
    assert "<title>Error: Sign in" in known
    assert len(written(server, Act.REFUSE)) == 2


def test_a_childs_page_is_written_down_and_not_kept_by_the_browser(
    database: None, server: ServerAddress
) -> None:
    world = make_world()
    child = make_child((world.agencies[POLICE], ADA))
    make_event(child, world.agencies[POLICE], MissingEpisode(category="missing"), occurred=GONE)
    answer = signed_in(world.people[POLICE]).get(f"/children/{child}/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert "<title>Ada Example – Keepsight</title>" in answer.content.decode()
    assert {("child", "identity", child), ("child", "timeline", child)} <= set(
        written(server, Act.SEE)
    )


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_inbox"])
def test_what_cannot_be_written_down_is_not_shown(
    database: None, server: ServerAddress, table: str
) -> None:
    world = make_world()
    child = make_child((world.agencies[POLICE], ADA))
    client = signed_in(world.people[POLICE])
    client.raise_request_exception = False
    assert b"Ada" in client.get(f"/children/{child}/").content
    with server.connect(connection.settings_dict["NAME"]) as admin:
        admin.execute(f"ALTER TABLE {table} ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
        try:
            answer = client.get(f"/children/{child}/")
        finally:
            admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT full_disk")
    assert answer.status_code == 500
    assert b"Ada" not in answer.content


def test_a_search_is_written_down_without_the_words_that_were_looked_for(
    database: None, server: ServerAddress
) -> None:
    world = make_world()
    make_child((world.agencies[POLICE], ADA))
    client = signed_in(world.people[POLICE])
    assert b"Ada Example" in client.get("/children/?search=Example+ADA").content
    assert b"Ada Example" not in client.get("/children/?search=Nobody").content
    client.get("/children/")
    with server.connect(connection.settings_dict["NAME"]) as admin:
        rows = admin.execute(
            "SELECT detail, a::text FROM audit_auditentry a WHERE act = 'search' ORDER BY at"
        ).fetchall()
    assert [detail for detail, _ in rows] == [
        {"words": [keyed_hash("example"), keyed_hash("ada")], "found": 1},
        {"words": [keyed_hash("nobody")], "found": 0},
    ]
    assert not any(re.search(r"\b(ada|nobody)\b", text, re.IGNORECASE) for _, text in rows)
    assert len({keyed_hash(word) for word in ("ada", "nobody", "example")}) == 3


def test_hidden_and_not_there_are_the_same_page_and_both_are_written_down(
    database: None, server: ServerAddress
) -> None:
    world = make_world()
    hidden = make_child((world.agencies[AgencyKind.SEXUAL_HEALTH], ADA))
    client = signed_in(world.people[POLICE])
    answers = [client.get(f"/children/{child}/") for child in (hidden, NOBODY)]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        for answer in answers
    )
    assert first == second
    assert "Ada" not in first
    refused = {child for page, _, child in written(server, Act.REFUSE) if page == "child"}
    assert refused == {hidden, NOBODY}
    assert written(server, Act.SEE) == []


def test_an_inspector_changes_nothing_and_the_attempt_is_written_down(
    database: None, server: ServerAddress
) -> None:
    world = make_world()
    child = make_child((world.agencies[POLICE], ADA))
    make_inspection(world, child)
    client = signed_in(world.people[AgencyKind.INSPECTORATE])
    assert client.get(f"/children/{child}/").status_code == 200
    answer = client.post(f"/children/{child}/return-interview/held/", {"at": "2pm"})
    assert answer.status_code == 403
    assert "An inspector reads only." in answer.content.decode()
    assert [child for *_, child in written(server, Act.REFUSE)] == [child]
    assert client.post("/sign-out/").status_code == 302


def test_the_wrong_role_is_refused_before_anything_is_looked_up(database: None) -> None:
    client = signed_in(make_world().people[SCHOOL])
    assert client.get("/feeds/").status_code == 403
    assert client.get(f"/children/{NOBODY}/referral-decision/").status_code == 403


def test_the_late_feed_notice_is_the_same_on_every_child(database: None) -> None:
    world = make_world()
    police = world.agencies[POLICE]
    with acting_as("batch"):
        register_feed(
            by=TESTER,
            key="missing",
            title="Missing persons",
            agency=police,
            source="police_missing",
            rhythm_days=7,
        )
    quiet, busy = make_child((police, ADA)), make_child((police, ADA))
    make_event(busy, police, MissingEpisode(category="missing"), occurred=GONE)
    client = signed_in(world.people[POLICE])
    notices = [
        re.search(
            r'<div class="govuk-inset-text">.*?</div>',
            client.get(f"/children/{child}/").content.decode(),
            re.DOTALL,
        )
        for child in (quiet, busy)
    ]
    first, second = (found and found[0] for found in notices)
    assert first
    assert first == second


def test_an_earlier_day_shows_what_was_known_and_offers_nothing_to_record(database: None) -> None:
    world = make_world()
    police = world.agencies[POLICE]
    child = make_child((police, ADA))
    make_event(
        child,
        police,
        MissingEpisode(category="missing", missing_from="home"),
        occurred=GONE,
        received=GONE + timedelta(days=9),
    )
    make_inspection(world, child)
    client = signed_in(world.people[AgencyKind.INSPECTORATE])
    then = client.get(f"/children/{child}/?known_on=2026-02-05").content.decode()
    now = client.get(f"/children/{child}/").content.decode()
    assert "the record as known on 5 February 2026" in then
    assert "Missing from home" in now
    assert "Missing from home" not in then
    assert '<form method="post" action="/children/' not in then


@pytest.mark.parametrize("asked", ["2036-01-01", "soon", "2026-02-30"])
def test_a_day_that_cannot_be_shown_is_an_error_on_todays_page(database: None, asked: str) -> None:
    world = make_world()
    child = make_child((world.agencies[POLICE], ADA))
    page = signed_in(world.people[POLICE]).get(f"/children/{child}/?known_on={asked}")
    text = page.content.decode()
    assert "<title>Error: Ada Example" in text
    assert 'href="#id_known_on-day"' in text


View = Callable[..., HttpResponse | StreamingHttpResponse]


def passed_through(person: Person, view: View) -> HttpResponse | StreamingHttpResponse | None:
    """What the middleware makes of a view for somebody who is signed in."""
    request = RequestFactory(headers={"host": "localhost"}).get("/")
    answer = HttpResponse()
    give_token(answer, token_for(person))
    request.COOKIES["keepsight_access"] = answer.cookies["keepsight_access"].value
    request.user, request.viewer = person, viewer_of(person)
    request.resolver_match = ResolverMatch(view, (), {}, url_name="tried")
    return ViewerMiddleware(lambda request: HttpResponse()).process_view(request, view, (), {})


@pytest.mark.parametrize(("status", "sights"), [(200, 1), (404, 1), (500, 0), (503, 0)])
def test_an_answer_that_broke_takes_back_what_it_wrote(
    database: None, server: ServerAddress, status: int, sights: int
) -> None:
    @allows(Permission.FIND_CHILD)
    def view(request: HttpRequest) -> HttpResponse:
        saw(by=request.viewer.actor, child_id=NOBODY, what="identity")
        return HttpResponse(status=status)

    answer = passed_through(make_world().people[POLICE], view)
    assert answer is not None
    assert answer.status_code == status
    assert len(written(server, Act.SEE)) == sights


def test_a_streamed_answer_is_refused(database: None) -> None:
    @allows(Permission.FIND_CHILD)
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse([b"Ada"])

    with pytest.raises(StreamedAnswer):
        passed_through(make_world().people[POLICE], view)
