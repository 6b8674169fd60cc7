"""Two feeds of one agency that speak of the same fact, or of the same person."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from keepsight.chronology.models import Feed
from keepsight.chronology.queries import banner
from keepsight.identity.models import SubjectRecord
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as, looking
from tests.factories.world import (
    NOW,
    World,
    make_child,
    make_event,
    make_feed,
    make_world,
    receive,
    settle_scopes,
)

CENSUS = (
    "termlyexclusionsonrolltableid,NativeId,termlyexclusionsonrollorderseqcolumn,sourceid,"
    "pupilonrolltableid,startdate,sessions,category,reason1,reason2,reason3,senprovision\n"
    "x1,S1,1,,p1,2026-Feb-03 00:00:00,{sessions},SUSP,PP,,,N\n"
)
NOTICE = (
    "Ref,UPN,Pupil ID,Surname,Forename,DOB,Sex,Category,Start,Sessions,Reason\n"
    "EX-1,,S1/p1,Example,Ada,04/05/2012,F,SUSP,03/02/2026,{sessions},PP\n"
)
ROLL = (
    "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\n"
    "H801200001001,S1/p1,Example,Ada,2012-05-04,ZZ1 1AA,2026-02-02,/,\\\n"
)
Send = Callable[[Feed, str], tuple[int, int, int]]


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def send(tmp_path: Path) -> Send:
    """Takes a file in, each a day after the last; how many rows were new, unchanged, superseded."""
    days = iter(range(100))

    def sent(feed: Feed, text: str) -> tuple[int, int, int]:
        path = tmp_path / "2026_spring_file.csv"
        path.write_text(text, encoding="utf-8")
        [outcome] = receive(feed, path, NOW + timedelta(days=next(days)))
        counts = outcome.counts
        assert not outcome.refusal
        return counts.new, counts.unchanged, counts.superseded

    return sent


def test_what_the_agencys_own_feed_said_stands_over_what_is_retold(world: World, send: Send):
    school = world.agencies[AgencyKind.SCHOOL]
    census, notices = make_feed(school, "school_census"), make_feed(school, "exclusions")
    assert send(notices, NOTICE.format(sessions=4)) == (2, 0, 0)
    assert send(census, CENSUS.format(sessions=5)) == (0, 1, 0), "counted, and nothing is changed"
    assert _sessions() == [4]


def test_what_is_retold_stands_until_the_other_feed_speaks(world: World, send: Send):
    school = world.agencies[AgencyKind.SCHOOL]
    census, notices = make_feed(school, "school_census"), make_feed(school, "exclusions")
    assert send(census, CENSUS.format(sessions=5)) == (1, 0, 0)
    assert send(census, CENSUS.format(sessions=6)) == (0, 0, 1), "it corrects what it said itself"
    assert send(notices, NOTICE.format(sessions=4)) == (1, 0, 1)
    assert send(census, CENSUS.format(sessions=6)) == (0, 1, 0)
    assert _sessions() == [4]


def test_a_feed_that_says_less_of_a_person_takes_nothing_away(world: World, send: Send):
    school = world.agencies[AgencyKind.SCHOOL]
    register, notices = make_feed(school, "daily_register"), make_feed(school, "exclusions")
    send(register, ROLL)
    send(notices, NOTICE.format(sessions=4).replace("Ada", "Adah"))
    with acting_as("batch"):
        record = SubjectRecord.objects.get(key="S1/p1")
    assert (record.forename, record.upn) == ("adah", "H801200001001")
    assert record.postcode == "ZZ1 1AA"


def test_who_a_child_is_is_put_together_from_the_agencys_feeds(world: World) -> None:
    council = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    child = make_child((council, PersonDetails(forename="Ada", surname="Example", sex="F")))
    census = PersonDetails(upn="H801200001001", sex="M")
    make_event(child, council, census, occurred=NOW, key="person|census")
    settle_scopes()
    with looking(world.people[AgencyKind.CHILDRENS_SOCIAL_CARE]) as viewer:
        found = banner(viewer, child)
    assert found is not None
    assert (found.name, found.upn, found.sex) == ("Ada Example", "H801200001001", "M")


PAYLOAD = """{"la_child_id": "L1", "social_care_episodes": [{"referral_date": "2026-02-03",
  "child_protection_plans": [{"start_date": "2026-02-10", "purge": PURGED}]}]}"""


def test_what_is_to_be_purged_is_withdrawn_and_may_be_said_again(world: World, send: Send):
    feed = make_feed(world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE], "csc_daily")
    assert send(feed, PAYLOAD.replace("PURGED", "false")) == (2, 0, 0)
    assert send(feed, PAYLOAD.replace("PURGED", "true")) == (0, 1, 1)
    assert _plans() == [False, True]
    assert send(feed, PAYLOAD.replace("PURGED", "false")) == (0, 1, 1)
    assert _plans() == [False, True, False]


def _plans() -> list[bool]:
    """Of each revision of the plan, whether it is withdrawn."""
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT withdrawn FROM chronology_event WHERE kind = 'child_protection_plan'"
            " ORDER BY revision"
        )
        return [row[0] for row in cursor.fetchall()]


def _sessions() -> list[int]:
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (c.content ->> 'sessions')::int FROM chronology_inforce e"
            " JOIN chronology_eventcontent c ON c.event_id = e.id WHERE e.kind = 'school_exclusion'"
        )
        return [row[0] for row in cursor.fetchall()]
