"""Signs of snooping: found at night from the log, once; read and reviewed by others only."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from keepsight.access.actions import HomeRefused, seal_child, set_area, set_home, tie_child
from keepsight.access.models import Seal, StaffHome, Tie
from keepsight.agencies.models import Person
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.looking import AreaRules, Reach, Relation
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.oversight.asking import SignRefused, review_sign, signs_waiting
from keepsight.oversight.models import SnoopingSign
from keepsight.oversight.snooping import DAYS_BACK, find_signs
from tests.factories.log import entries
from tests.factories.looking import lead_of, look_at, signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.signing_in import in_database
from tests.factories.world import TESTER, World, make_child, make_world

POLICE, SCHOOL, CLINIC, COUNCIL = (
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
    AgencyKind.SEXUAL_HEALTH,
    AgencyKind.CHILDRENS_SOCIAL_CARE,
)
TODAY = datetime(2026, 7, 2, 3, tzinfo=LONDON)
NOON = datetime(2026, 7, 1, 12, tzinfo=LONDON)
ADA = PersonDetails(forename="Ada", surname="Sought", postcode="ZZ1 1AA")
SAME = PersonDetails(forename="Ada", surname="Example", postcode="ZZ1 1AB")


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def night(now: datetime = TODAY) -> int:
    with acting_as("batch"):
        return find_signs(by=TESTER, now=now)


def found() -> list[tuple[int, str, date, int]]:
    with acting_as("batch"):
        return sorted(SnoopingSign.objects.values_list("person_id", "sign", "day", "many"))


def only(person: Person, sign: str, many: int = 1) -> list[tuple[int, str, date, int]]:
    return [(person.pk, sign, NOON.date(), many)]


def test_an_ordinary_look_is_no_sign(world: World) -> None:
    child = make_child((world.agencies[POLICE], ADA))
    look_at(world.people[POLICE], child, NOON)
    assert night() == 0
    assert found() == []


def test_the_same_surname(world: World) -> None:
    child = make_child((world.agencies[POLICE], SAME))
    request = uuid.uuid4()
    for what in ("identity", "timeline"):
        look_at(world.people[POLICE], child, NOON, what=what, request=request)
    look_at(world.people[POLICE], child, NOON + timedelta(hours=1))
    assert night() == 1
    assert found() == only(world.people[POLICE], "same_surname", many=2), "a request is one look"


def test_no_other_agencys_closely_held_record_makes_a_sign(world: World) -> None:
    child = make_child((world.agencies[POLICE], ADA), (world.agencies[CLINIC], SAME))
    look_at(world.people[POLICE], child, NOON)
    assert night() == 0
    look_at(world.people[CLINIC], child, NOON)
    assert night() == 1
    assert found() == only(world.people[CLINIC], "same_surname")


def test_the_same_street(world: World) -> None:
    child = make_child((world.agencies[POLICE], ADA))
    with acting_as("batch"):
        set_home(by=TESTER, person_id=world.people[POLICE].pk, postcode="zz11aa")
    look_at(world.people[POLICE], child, NOON)
    night()
    assert found() == only(world.people[POLICE], "same_street")


@pytest.mark.parametrize("act", [Act.SEE, Act.REFUSE])
def test_a_sealed_record_seen_or_refused(world: World, act: Act) -> None:
    child = make_child((world.agencies[POLICE], ADA))
    with acting_as("batch"):
        seal_child(by=TESTER, child_id=child, agency_id=0, people=[1], because="test")
        since = NOON - timedelta(minutes=5)
        _hold(by=TESTER, child=child, since=since, until=NOON + timedelta(minutes=5))
    look_at(world.people[POLICE], child, NOON, act=act)
    look_at(world.people[POLICE], child, NOON - timedelta(minutes=6), act=act)
    look_at(world.people[POLICE], child, NOON + timedelta(minutes=5), act=act)
    night()
    assert found() == only(world.people[POLICE], "sealed")


@action
def _hold(*, by: Actor, child: uuid.UUID, since: datetime, until: datetime) -> None:
    Seal.objects.filter(child_id=child).update(since=since, until=until)


def test_many_children_without_a_relation(world: World) -> None:
    agency, person = world.agencies[COUNCIL], world.people[COUNCIL]
    children = [make_child((agency, ADA)) for _ in range(20)]
    for child in children[:19]:
        look_at(person, child, NOON)
    tied(person, children[19], since=NOON - timedelta(hours=1))
    look_at(person, children[19], NOON)
    look_at(person, children[19], NOON, act=Act.LIST)
    assert night() == 0
    look_at(person, children[19], NOON - timedelta(hours=2))
    night()
    assert found() == only(person, "many_children", many=20)


def tied(person: Person, child: uuid.UUID, **span: datetime) -> None:
    with acting_as("batch"):
        tie_child(
            by=TESTER,
            child_id=child,
            agency_id=person.agency_id,
            person_id=person.pk,
            relation=Relation.ALLOCATED,
            because="test",
            **span,
        )


def test_out_of_hours_by_the_clock_in_london(world: World) -> None:
    child = make_child((world.agencies[POLICE], ADA))
    for hour, minute in ((21, 59), (22, 0), (5, 59), (6, 0)):
        look_at(world.people[POLICE], child, NOON.replace(hour=hour, minute=minute))
    night()
    assert found() == only(world.people[POLICE], "out_of_hours", many=2)


def test_a_former_case(world: World) -> None:
    child = make_child((world.agencies[COUNCIL], ADA))
    worker = world.people[COUNCIL]
    tied(worker, child, since=NOON - timedelta(days=9), until=NOON)
    look_at(worker, child, NOON - timedelta(minutes=1))
    assert night() == 0
    look_at(worker, child, NOON)
    night()
    assert found() == only(worker, "former_case")


@pytest.mark.parametrize(("reach", "signs"), [(Reach.TEAM, 1), (Reach.COUNCIL, 0)])
def test_a_tie_of_another_team_reaches_where_the_area_says_so(
    world: World, reach: Reach, signs: int
) -> None:
    child = make_child((world.agencies[COUNCIL], ADA))
    worker = world.people[COUNCIL]
    tied(worker, child, since=NOON - timedelta(days=9), until=NOON)
    with acting_as("batch"):
        whose = {"child_id": child, "agency_id": worker.agency_id, "because": "test"}
        since = NOON - timedelta(days=9)
        tie_child(by=TESTER, team_id=999, relation=Relation.TEAM, since=since, **whose)
        rules = AreaRules(reach=reach)
        set_area(by=TESTER, area_id=world.area.pk, rules=rules, because="test")
        assert Tie.objects.filter(team_id=999).exists()
    look_at(worker, child, NOON)
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute("UPDATE access_areasetting SET since = %s", [since])
    assert night() == signs


def test_a_night_again_finds_nothing_new_and_today_is_left_for_tomorrow(world: World) -> None:
    child = make_child((world.agencies[POLICE], SAME))
    look_at(world.people[POLICE], child, NOON)
    look_at(world.people[POLICE], child, TODAY - timedelta(hours=1))
    assert night() == 1
    assert night() == 0
    look_at(world.people[POLICE], child, NOON + timedelta(hours=1))
    assert night() == 0
    assert night(TODAY + timedelta(days=1)) == 2, "the same surname, and out of hours"
    assert len(found()) == 3


def test_nights_that_did_not_run_are_made_up_for_and_no_further(world: World) -> None:
    child = make_child((world.agencies[POLICE], SAME))
    look_at(world.people[POLICE], child, NOON)
    assert night(NOON + timedelta(days=DAYS_BACK + 1)) == 0
    assert night(NOON + timedelta(days=DAYS_BACK)) == 1


@pytest.fixture
def sign(world: World, server: ServerAddress) -> uuid.UUID:
    """A sign of yesterday about the police officer; the child is not in it."""
    child = make_child((world.agencies[POLICE], SAME))
    look_at(world.people[POLICE], child, NOON)
    assert night() == 1
    [(row,)] = in_database(
        server, "UPDATE oversight_snoopingsign SET day = current_date - 1 RETURNING id"
    )
    return row


def waiting(lead: Person) -> list[uuid.UUID]:
    with looking(lead) as viewer:
        return [line.sign_id for line in signs_waiting(viewer)]


def test_the_lead_reads_who_when_and_why_and_records_what_they_found(
    world: World, sign: uuid.UUID
) -> None:
    lead = lead_of(world.agencies[POLICE])
    client = signed_in(lead)
    text = client.get("/looking/").content.decode()
    assert "Looked at a child with the person’s own surname." in text
    assert world.people[POLICE].name in text
    address = f"/looking/signs/{sign}/"
    assert "not confirmed against the source" in client.get(address).content.decode()
    assert "Say what you found." in client.post(address, {}).content.decode()
    said = {"outcome": "explained", "because": "They share a common name."}
    assert client.post(address, said)["Location"] == "/looking/?recorded=sign"
    assert waiting(lead) == []
    assert client.post(address, said).status_code == 404
    [entry] = [each for each in entries("write") if "snooping sign" in each["what"]
               and "reviewed" in each["what"]]  # fmt: skip
    assert entry["reason"] == "They share a common name."


def test_another_agencys_lead_sees_no_sign(world: World, sign: uuid.UUID) -> None:
    other = lead_of(world.agencies[SCHOOL])
    assert waiting(other) == []
    assert signed_in(other).get(f"/looking/signs/{sign}/").status_code == 404
    with looking(other) as viewer, pytest.raises(SignRefused, match="somebody other"):
        review_sign(by=viewer, sign_id=sign, outcome="explained", because="none")


def test_nobody_sees_or_reviews_their_own(
    world: World, sign: uuid.UUID, server: ServerAddress
) -> None:
    person = world.people[POLICE]
    as_lead = "UPDATE agencies_person SET role = 'governance_lead' WHERE id = %s"
    in_database(server, as_lead, [person.pk])
    person.refresh_from_db()
    second = lead_of(world.agencies[POLICE])
    assert waiting(person) == []
    assert waiting(second) == [sign]
    with looking(person) as viewer, pytest.raises(SignRefused, match="somebody other"):
        review_sign(by=viewer, sign_id=sign, outcome="explained", because="my own")
    with looking(person), connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_snoopingsign SET reviewed = now(), reviewed_by_id = 1")
        assert cursor.rowcount == 0, "the database itself refuses"
        cursor.execute("SELECT count(*) FROM oversight_snoopingsign")
        assert cursor.fetchone() == (0,)


def test_an_old_sign_leaves_the_page(world: World, sign: uuid.UUID, server: ServerAddress) -> None:
    lead = lead_of(world.agencies[POLICE])
    in_database(server, "UPDATE oversight_snoopingsign SET day = current_date - 43")
    assert waiting(lead) == []
    in_database(server, "UPDATE oversight_snoopingsign SET day = current_date - 41")
    assert waiting(lead) == [sign]


def test_where_staff_live_is_out_of_the_pages_reach(world: World) -> None:
    person = world.people[POLICE].pk
    with acting_as("batch"):
        set_home(by=TESTER, person_id=person, postcode="ZZ1 1AA")
        set_home(by=TESTER, person_id=person, postcode="ZZ1 1AB")
        assert list(StaffHome.objects.values_list("postcode")) == [("ZZ1 1AB",)]
        with pytest.raises(HomeRefused, match="postcode"):
            set_home(by=TESTER, person_id=person, postcode="nowhere")
        set_home(by=TESTER, person_id=person, postcode="")
        assert not StaffHome.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('access_staffhome', 'SELECT')")
        assert cursor.fetchone() == (False,)
