"""The pages and commands about feeds: what is missing and wrong, for those who answer for it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.governing import hold_unassigned, switch_off
from keepsight.chronology.queries import every_feed, late_feeds
from keepsight.cli.report_feeds import health_as_json, print_feed, print_feeds, print_health
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.files import police, register
from tests.factories.purging import ADA
from tests.factories.roles import acting_as
from tests.factories.world import (
    NOW,
    TESTER,
    World,
    make_child,
    make_feed,
    make_person,
    make_world,
    receive,
)

HEALTH, POLICE, SCHOOL = AgencyKind.HEALTH, AgencyKind.POLICE, AgencyKind.SCHOOL


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def officer_of(world: World, kind: AgencyKind) -> Client:
    return signed_in(make_person(world.agencies[kind], Role.DATA_OFFICER))


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def ungoverned(world: World) -> str:
    with acting_as("batch"):
        register_feed(
            by=TESTER,
            key="trust.fhir",
            title="Attendances",
            agency=world.agencies[HEALTH],
            source="fhir",
            rhythm_days=30,
        )
    return "/governed/trust.fhir/"


def test_a_data_officer_reads_what_is_missing_in_plain_sentences(world: World) -> None:
    address = ungoverned(world)
    said = words(officer_of(world, HEALTH), address)
    assert "The feed is switched off." in said
    assert "The feed cannot be switched on:" in said
    for sentence in ("Say what it is for: the purpose.", "Say which children it is about"):
        assert sentence in said
    assert "Nothing that came by this feed has been purged." in said


def test_a_feed_is_read_about_at_its_agency_and_by_the_partnership_of_its_area_only(
    world: World,
) -> None:
    address = ungoverned(world)
    lead = signed_in(world.people[AgencyKind.PARTNERSHIP])
    elsewhere = make_world("southmere")
    assert "Attendances" in words(lead, "/governed/")
    assert lead.get(address).status_code == 200
    assert "Attendances" in words(officer_of(world, HEALTH), "/governed/")
    for other in (
        officer_of(world, POLICE),
        signed_in(elsewhere.people[AgencyKind.PARTNERSHIP]),
        officer_of(elsewhere, HEALTH),
    ):
        assert "Attendances" not in words(other, "/governed/")
        assert other.get(address).status_code == 404
    assert lead.get("/governed/no-such-feed/").status_code == 404


def test_a_feed_of_what_nobody_has_assigned_is_no_partnership_s_to_read_about(world: World) -> None:
    address = ungoverned(world)
    with acting_as("batch"):
        hold_unassigned(by=TESTER, feed=every_feed()[0])
    lead = signed_in(world.people[AgencyKind.PARTNERSHIP])
    assert lead.get(address).status_code == 404
    assert late_feeds(world.area.pk) == []


def shrunk(world: World, folder: Path) -> None:
    """A register of twenty pupils, and a day later of two."""
    feed = make_feed(world.agencies[SCHOOL], "daily_register")
    for days_ago, pupils in ((2, 20), (1, 2)):
        rows = [f"P{number},2026-03-0{4 - days_ago},/,\\" for number in range(pupils)]
        receive(feed, register(folder, *rows), NOW - timedelta(days=days_ago))


def test_a_data_officer_sees_how_each_feed_stands(world: World, tmp_path: Path) -> None:
    shrunk(world, tmp_path)
    said = words(officer_of(world, SCHOOL), "/feeds/")
    assert "The file of 15 March 2026 has 4 rows, and the one before it, of 14 March" in said
    assert "To act on:" in words(officer_of(world, SCHOOL), "/governed/")


def test_the_whole_area_is_told_without_a_number_and_alike_on_every_child(
    world: World, tmp_path: Path
) -> None:
    shrunk(world, tmp_path)
    make_feed(world.agencies[POLICE], "police_missing")
    failed = make_feed(world.agencies[HEALTH], "fhir")
    receive(failed, police(tmp_path, "R1,01/02/2026 21:00,"))
    children = [make_child((world.agencies[POLICE], ADA)) for _ in range(2)]
    client = signed_in(world.people[POLICE])
    notices = []
    for child in children:
        said = words(client, f"/children/{child}/")
        notices.append(said.partition("Feeds that are late")[2].partition("same on every")[0])
    assert notices[0] == notices[1]
    assert "Its last file has half the rows of the one before it, or fewer." in notices[0]
    assert "The file of 16 March 2026 could not be taken in." in notices[0]
    assert "rows, and the one before it" not in notices[0]


def test_a_feed_that_is_switched_off_is_told_of_once_it_has_brought_something(
    world: World, tmp_path: Path
) -> None:
    quiet = make_feed(world.agencies[HEALTH], "fhir")
    used = make_feed(world.agencies[POLICE], "police_missing")
    receive(used, police(tmp_path, "R1,01/02/2026 21:00,"))
    with acting_as("batch"):
        for feed in (quiet, used):
            switch_off(by=TESTER, feed=feed, because="The agreement ended")
    [told] = late_feeds(world.area.pk)
    assert told.agency == used.agency.name
    assert "It is switched off since" in told.says[0]


def test_weeks_of_holiday_do_not_make_a_school_late(world: World, tmp_path: Path) -> None:
    """Another school of the area sent marks for the weeks around it, and for none of that one."""
    feed = make_feed(world.agencies[SCHOOL], "daily_register", rhythm_days=25)
    receive(feed, register(tmp_path, "P1,2026-02-11,/,\\"), NOW - timedelta(days=30))
    assert [each.days_late for each in late_feeds(world.area.pk)] == [5]
    other = make_feed(world.agencies[AgencyKind.VOLUNTARY], "daily_register")
    days = ("2026-02-11", "2026-02-25", "2026-03-04", "2026-03-11")
    receive(other, register(tmp_path, *(f"P1,{day},/,\\" for day in days)), NOW)
    assert late_feeds(world.area.pk) == []


def test_the_command_line_says_the_same_and_as_json(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shrunk(world, tmp_path)
    ungoverned(world)
    with acting_as("batch"):
        feeds = every_feed()
        print_feeds(feeds)
        print_health(feeds)
        for feed in feeds:
            print_feed(feed)
        found = {each["feed"]: each for each in json.loads(health_as_json(feeds))}
    said = capsys.readouterr().out
    assert "trust.fhir" in said
    assert "Missing: Say what it is for: the purpose." in said
    assert "to act on: The file of 15 March 2026 has 4 rows" in said
    assert "Of 2 feeds, nothing is known to be wrong with 1." in said
    [line] = [each for key, each in found.items() if key != "trust.fhir"]
    assert [each["rule"] for each in line["troubles"]] == ["shrunk"]
    assert line["last_received"] == "2026-03-15"
    assert found["trust.fhir"]["last_received"] is None
