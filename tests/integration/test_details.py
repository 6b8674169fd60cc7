"""Who somebody is, as several files of one agency say it: on disk, and on the child's page."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from keepsight.access.models import SubjectPlace
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import Sent, open_delivery
from keepsight.chronology.actions.events import lock_agency
from keepsight.chronology.models import Feed
from keepsight.chronology.queries import banner
from keepsight.identity.actions import LatestDetails, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.models import Child, Link, SubjectRecord
from keepsight.intake.landing import Landing
from keepsight.intake.rows import Fact
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.files import POLICE_HEADING, police
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, TESTER, World, make_feed, make_world, receive, settle_scopes

NOTICES = (
    "Notice Ref,Person URN,Surname,Forename,DOB,Sex,Ethnicity,Home Postcode,Raised,Concern,Text\n"
)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def notices(tmp_path: Path) -> Callable[[str], Path]:
    """A file of one notice about U1, of whom it says so much."""

    def write(person: str) -> Path:
        path = tmp_path / "notices.csv"
        path.write_text(f"{NOTICES}N1,U1,{person},10/03/2026 09:00,Neglect,\n")
        return path

    return write


def test_a_narrower_feed_empties_nothing_and_replaces_what_it_states(
    world: World, tmp_path: Path, notices: Callable[[str], Path]
) -> None:
    agency = world.agencies[AgencyKind.POLICE]
    full, narrow = make_feed(agency, "police_missing"), make_feed(agency, "police_notices")
    reports = police(tmp_path, "R1,01/02/2026 21:00,")
    receive(full, reports)
    receive(narrow, notices("Example-Jones,,,,,"), LATER)

    record = _record()
    assert (record.forename, record.surname) == ("ada", "example jones")
    assert record.forename_sound == "A300"
    assert record.surname_sound == "E251"
    assert str(record.date_of_birth) == "2012-05-04"
    assert (record.sex, record.postcode) == ("F", "ZZ1 1AA")
    assert record.details_received == LATER


def test_two_feeds_of_one_agency_do_not_take_turns_in_superseding(
    world: World, tmp_path: Path, notices: Callable[[str], Path]
) -> None:
    agency = world.agencies[AgencyKind.POLICE]
    full, narrow = make_feed(agency, "police_missing"), make_feed(agency, "police_notices")
    reports = police(tmp_path, "R1,01/02/2026 21:00,")
    [first] = receive(full, reports)
    [second] = receive(narrow, notices("Example-Jones,,,,,"), LATER)
    [third] = receive(full, reports, LATER + timedelta(days=1))
    assert [each.counts.superseded for each in (first, second, third)] == [0, 0, 0]
    assert (third.counts.new, third.counts.unchanged) == (0, 2)


def test_the_page_says_all_that_the_agency_said(
    world: World, tmp_path: Path, notices: Callable[[str], Path]
) -> None:
    agency = world.agencies[AgencyKind.POLICE]
    receive(make_feed(agency, "police_missing"), police(tmp_path, "R1,01/02/2026 21:00,"))
    receive(make_feed(agency, "police_notices"), notices("Example-Jones,,,,,"), LATER)
    child = _linked(by=TESTER)
    with looking(world.people[AgencyKind.POLICE]) as viewer:
        shown = banner(viewer, child.pk)
        earlier = banner(viewer, child.pk, known_on=NOW.date())
    assert shown is not None
    assert earlier is not None
    assert (shown.name, str(shown.date_of_birth)) == ("Ada Example-Jones", "2012-05-04")
    assert earlier.name == "Ada Example"


def test_what_changes_within_one_file_is_put_together_too(world: World, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    line = "{},U1,{},04/05/2012,F,,{},Missing,01/02/2026 21:00,,Home,,\n"
    first, second = line.format("R1", "Example,Ada", "ZZ1 1AA"), line.format("R2", "Jones,", "")
    path.write_text(POLICE_HEADING + first + second)
    receive(make_feed(world.agencies[AgencyKind.POLICE], "police_missing"), path)
    record = _record()
    assert (record.forename, record.surname, record.postcode) == ("ada", "jones", "ZZ1 1AA")


def test_a_fact_that_withdraws_does_not_say_who_somebody_is(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    _land(feed, PersonDetails(forename="Somebody", surname="Else"), withdrawn=True)
    assert _record().surname == "example"
    _land(feed, PersonDetails(forename="Somebody", surname="Else"))
    assert _record().surname == "else"


@pytest.mark.parametrize(
    ("said", "withheld", "postcode"), [(None, True, None), (False, False, "ZZ1 1AB")]
)
def test_only_who_says_so_lifts_a_withheld_address(
    world: World, tmp_path: Path, said: bool | None, withheld: bool, postcode: str | None
) -> None:
    feed = make_feed(world.agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    _linked(by=TESTER)
    _land(feed, PersonDetails(address_withheld=True))
    assert (_record().postcode, _withheld()) == (None, True)
    _land(feed, PersonDetails(postcode="ZZ1 1AB", address_withheld=said))
    assert (_record().postcode, _withheld()) == (postcode, withheld)


def test_an_earlier_withholding_in_the_same_chunk_is_kept(world: World, tmp_path: Path) -> None:
    receive(
        make_feed(world.agencies[AgencyKind.POLICE], "police_missing"),
        police(tmp_path, "R1,01/02/2026 21:00,"),
    )
    _linked(by=TESTER)
    subject = _record().pk
    withheld = latest_details(subject, PersonDetails(address_withheld=True))
    placed = latest_details(subject, PersonDetails(postcode="ZZ1 1AB"))
    assert withheld.under(placed) == LatestDetails(subject_record_id=subject, address_withheld=True)
    with acting_as("batch"), transaction.atomic():
        update_details(by=TESTER, details=[withheld, placed], received=LATER)
    assert (_record().postcode, _withheld()) == (None, True)


def _land(feed: Feed, content: PersonDetails, *, withdrawn: bool = False) -> None:
    """A fact about U1, landed as a delivery of its own."""
    with acting_as("batch"), transaction.atomic():
        sent = Sent(filename="file", sha256=b"", size=0, received=LATER)
        delivery = open_delivery(by=TESTER, feed=feed, sent=sent)
        lock_agency(by=TESTER, agency=feed.agency)
        fact = Fact("row 2", "U1", "person|U1", LATER, content, withdrawn=withdrawn)
        Landing(by=TESTER, feed=feed, delivery=delivery).take([fact])


def _record() -> SubjectRecord:
    with acting_as("batch"):
        return SubjectRecord.objects.get(key="U1")


def _withheld() -> bool:
    with acting_as("batch"):
        return SubjectPlace.objects.get(subject_record_id=_record().pk).withheld


def _linked(*, by: Actor) -> Child:
    with acting_as("batch"):
        child = _link(by=by, record=_record())
    settle_scopes()
    return child


@action
def _link(*, by: Actor, record: SubjectRecord) -> Child:
    child = Child.objects.create(recorded=NOW)
    Link.objects.create(
        subject_record=record,
        child=child,
        agency=record.agency,
        area=record.area,
        tier=record.tier,
        reasons=["same NHS number"],
        model_version="test",
        decided_by="model",
        recorded_from=NOW - timedelta(days=1),
    )
    return child
