"""Who looked at one child: for those who answer for it, of their own people, for nobody else."""

import html
import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from keepsight.access.actions import keep_apart, seal_child
from keepsight.access.looking import looks_at, may_review
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.chronology.queries import banner, timeline
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.looking import lead_of, look_at, signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.signing_in import in_database
from tests.factories.world import TESTER, World, make_child, make_world

POLICE, SCHOOL, COUNCIL = (
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
    AgencyKind.CHILDRENS_SOCIAL_CARE,
)
ADA = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
SOME_DAY = datetime(2026, 3, 10, 14, 5, tzinfo=LONDON)


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def child(world: World) -> uuid.UUID:
    """A child whom the police and the school know, at whom both have looked."""
    child = make_child((world.agencies[POLICE], ADA), (world.agencies[SCHOOL], ADA))
    for kind in (POLICE, SCHOOL):
        with looking(world.people[kind]) as viewer:
            assert banner(viewer, child)
            timeline(viewer, child)
    return child


def read(lead: Person, child: uuid.UUID) -> list[tuple[str, str]]:
    with looking(lead) as viewer:
        return [(look.who, look.what) for look in looks_at(viewer, child)]


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_a_lead_reads_what_their_own_people_did_and_no_others(
    world: World, child: uuid.UUID
) -> None:
    police = world.people[POLICE]
    look_at(police, child, SOME_DAY, act=Act.REFUSE, what="GET child")
    lead = lead_of(world.agencies[POLICE])
    text = signed_in(lead).get(f"/looking/children/{child}/").content.decode()
    for said in (police.name, "saw: identity", "saw: timeline", "was refused: GET child"):
        assert said in text
    assert "10 March 2026 at 2:05pm" in text
    assert world.people[SCHOOL].agency.name not in text
    assert len(re.findall(r'<th scope="row"', text)) == 3


def test_reading_who_looked_is_written_down_and_shown_the_next_time(
    world: World, child: uuid.UUID
) -> None:
    lead = lead_of(world.agencies[POLICE])
    client = signed_in(lead)
    first = client.get(f"/looking/children/{child}/").content.decode()
    assert "saw: who looked" not in first
    assert "saw: who looked" in client.get(f"/looking/children/{child}/").content.decode()
    [entry, _] = [each for each in entries("see") if each["what"] == "who looked"]
    assert (entry["person_id"], entry["child_id"]) == (lead.pk, child)


def excluded(lead: Person, world: World, child: uuid.UUID) -> None:
    keep_apart(by=TESTER, person_id=lead.pk, child_id=child, ground="family", because="test")


def manages_a_suspect(lead: Person, world: World, child: uuid.UUID) -> None:
    Person.objects.filter(pk=world.people[POLICE].pk).update(line_manager_id=lead.pk)
    keep_apart(
        by=TESTER,
        person_id=world.people[POLICE].pk,
        child_id=child,
        ground="suspect",
        because="test",
    )


def sealed_without_them(lead: Person, world: World, child: uuid.UUID) -> None:
    people = [world.people[POLICE].pk]
    seal_child(by=TESTER, child_id=child, agency_id=0, people=people, because="test")


@pytest.mark.parametrize("why", [excluded, manages_a_suspect, sealed_without_them])
def test_a_lead_who_must_not_know_reads_nothing_as_if_there_were_no_child(
    world: World,
    child: uuid.UUID,
    why: Callable[[Person, World, uuid.UUID], None],
) -> None:
    lead = lead_of(world.agencies[POLICE])
    assert len(read(lead, child)) == 2
    with acting_as("batch"):
        why(lead, world, child)
    assert read(lead, child) == []
    client = signed_in(lead)
    for address in ("", "release/", f"releases/{uuid.uuid4()}/"):
        hidden = client.get(f"/looking/children/{child}/{address}")
        absent = client.get(f"/looking/children/{uuid.uuid4()}/{address}")
        assert hidden.status_code == absent.status_code
        assert without_token(hidden).replace(str(child), "") == re.sub(
            r"[0-9a-f]{8}-[0-9a-f-]{27}", "", without_token(absent)
        )


def test_the_line_manager_of_an_acquaintance_still_answers(world: World, child: uuid.UUID) -> None:
    lead = lead_of(world.agencies[POLICE])
    with acting_as("batch"):
        person = world.people[POLICE].pk
        Person.objects.filter(pk=person).update(line_manager_id=lead.pk)
        keep_apart(
            by=TESTER, person_id=person, child_id=child, ground="acquaintance", because="test"
        )
    assert len(read(lead, child)) == 2


def test_a_lead_whose_agency_has_no_record_of_the_child_reads_nothing(
    world: World, child: uuid.UUID
) -> None:
    council = lead_of(world.agencies[COUNCIL])
    look_at(world.people[COUNCIL], child, SOME_DAY)
    assert read(council, child) == []
    assert signed_in(council).get(f"/looking/children/{child}/").status_code == 404


@pytest.mark.parametrize("kind", [POLICE, COUNCIL, AgencyKind.INSPECTORATE])
def test_whoever_answers_for_nothing_reads_nothing(
    world: World, child: uuid.UUID, kind: AgencyKind
) -> None:
    with looking(world.people[kind]) as viewer:
        assert not may_review(viewer, child)
        assert looks_at(viewer, child) == []
    assert signed_in(world.people[kind]).get(f"/looking/children/{child}/").status_code == 403


def test_the_log_itself_stays_out_of_reach(world: World, child: uuid.UUID) -> None:
    lead = lead_of(world.agencies[POLICE])
    with looking(lead), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT 1 FROM audit_auditentry")


def test_without_a_session_the_function_says_nothing(world: World, child: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_looks(%s)", [child])
        assert cursor.fetchone() == (0,)


def test_a_long_log_is_shown_page_by_page_the_newest_first(world: World, child: uuid.UUID) -> None:
    for minute in range(60):
        look_at(world.people[POLICE], child, SOME_DAY + timedelta(minutes=minute))
    client = signed_in(lead_of(world.agencies[POLICE]))
    first = client.get(f"/looking/children/{child}/").content.decode()
    assert len(re.findall(r'<th scope="row"', first)) == 50
    assert "10 March 2026 at 3:04pm" in first
    assert "as it stood" not in first
    further = re.search(r'href="(\?[^"]*page=2)"', first)
    assert further is not None
    address = f"/looking/children/{child}/{html.unescape(further[1])}"
    second = client.get(address).content.decode()
    assert len(re.findall(r'<th scope="row"', second)) == 12, "what was read first is no row here"
    assert "10 March 2026 at 2:05pm" in second
    assert "This is the log as it stood" in second
    assert "page=1" in second


def test_a_page_of_the_log_with_a_moment_that_is_none_is_of_the_log_as_it_is(
    world: World, child: uuid.UUID
) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    for asked in ("yesterday", "2026-03-10", "2026-03-10T14:05"):
        answer = client.get(f"/looking/children/{child}/?page=2&until={asked}")
        assert answer.status_code == 200
        assert "as it stood" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("{child}", 302),
        ("http://127.0.0.1:8000/children/{child}/?known_on=2026-03-01", 302),
        ("Ada Example", 200),
        ("", 200),
    ],
)
def test_a_child_is_asked_for_by_its_reference(
    world: World, child: uuid.UUID, typed: str, answer: int
) -> None:
    client = signed_in(lead_of(world.agencies[POLICE]))
    got = client.get("/looking/", {"reference": typed.format(child=child)})
    assert got.status_code == answer
    if answer == 302:
        assert got["Location"] == f"/looking/children/{child}/"
    else:
        assert "There is a problem" in got.content.decode()


def test_a_lead_begins_with_looking(world: World) -> None:
    assert signed_in(lead_of(world.agencies[POLICE])).get("/")["Location"] == "/looking/"


@pytest.mark.parametrize("table", ["oversight_lookrelease", "oversight_releaseentry"])
def test_a_decision_is_never_changed(world: World, server: ServerAddress, table: str) -> None:
    moment, ids = timezone.now(), [uuid.uuid4() for _ in range(3)]
    in_database(
        server,
        "INSERT INTO oversight_lookrelease VALUES (%s, %s, 1, 'court', '', '', '', true, '', '',"
        " %s, %s, 1)",
        [ids[0], ids[1], moment, moment],
    )
    in_database(
        server,
        "INSERT INTO oversight_releaseentry VALUES (%s, %s, 1, %s, '', %s)",
        [ids[2], ids[1], ids[2], ids[0]],
    )
    for change in (f"UPDATE {table} SET agency_id = 2", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="append-only"):
            in_database(server, change)
