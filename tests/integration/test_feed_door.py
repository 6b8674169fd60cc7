"""What a feed's governance lets in: nothing while it is off, who and no more, codes reduced."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.governing import govern_feed, switch_off, switch_on
from keepsight.chronology.governance import FeedRefused, governance_of, refuse_switched_off
from keepsight.chronology.models import Delivery, Feed
from keepsight.kernel.feeds import Cohort, Governance
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police, register
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_feed, make_world, receive

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL
TERM = "2026_spring_termlysessiondetailsonroll.csv"
TERM_HEADING = (
    "pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,"
    "termlysessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason\n"
)


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def new_feed(world: World) -> Feed:
    with acting_as("batch"):
        return register_feed(
            by=TESTER,
            key="missing",
            title="Missing persons",
            agency=world.agencies[POLICE],
            source="police_missing",
        )


def selected(query: str) -> list[tuple[object, ...]]:
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_nothing_is_taken_in_by_a_feed_that_is_off_and_that_is_on_record(
    world: World, tmp_path: Path
) -> None:
    feed = new_feed(world)
    [outcome] = receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    assert outcome.counts.read == 0
    assert outcome.refusal.startswith("The feed “Missing persons” is switched off, so nothing")
    assert "Say what it is for: the purpose." in outcome.refusal
    with acting_as("batch"):
        assert Delivery.objects.get().state == Delivery.State.REFUSED
    assert selected("SELECT count(*) FROM identity_subjectrecord") == [(0,)]


def test_a_feed_is_switched_on_only_when_nothing_is_missing(world: World, tmp_path: Path) -> None:
    feed = new_feed(world)
    with acting_as("batch"):
        with pytest.raises(FeedRefused, match=r"cannot be switched on\. Say who answers"):
            switch_on(by=TESTER, feed=feed)
        with pytest.raises(FeedRefused, match="is switched off"):
            refuse_switched_off(feed)
        other = make_feed(world.agencies[POLICE], "police_missing")
        govern_feed(by=TESTER, feed=feed, governance=governance_of(other))
        switch_on(by=TESTER, feed=feed)
        refuse_switched_off(feed)
        with pytest.raises(FeedRefused, match="Say what it is for"):
            govern_feed(by=TESTER, feed=feed, governance=Governance(controller="Mere Police"))
    [outcome] = receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    assert (outcome.refusal, outcome.counts.new) == ("", 2)


def test_a_feed_is_switched_off_with_a_reason(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[POLICE], "police_missing")
    with acting_as("batch"):
        with pytest.raises(FeedRefused, match="Say why"):
            switch_off(by=TESTER, feed=feed, because=" ")
        switch_off(by=TESTER, feed=feed, because="The agreement ended")
    [outcome] = receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    assert outcome.refusal.endswith("Switch it on first.")


def test_a_feed_that_goes_to_another_agency_must_be_governed_anew(world: World) -> None:
    feed = make_feed(world.agencies[POLICE], "police_missing")
    with acting_as("batch"):
        again = register_feed(
            by=TESTER, key=feed.key, title="T", agency=feed.agency, source=feed.source
        )
        assert again.state == Feed.State.ON
        moved = register_feed(
            by=TESTER,
            key=feed.key,
            title="T",
            agency=world.agencies[AgencyKind.HEALTH],
            source=feed.source,
        )
    assert moved.state == Feed.State.OFF
    assert "governed anew" in moved.switched_because


def test_of_an_existence_feed_only_who_the_child_is_comes_in_and_every_row_is_accounted_for(
    world: World, tmp_path: Path
) -> None:
    feed = make_feed(world.agencies[POLICE], "police_missing", cohort=Cohort.EXISTENCE)
    path = police(tmp_path, "R1,01/02/2026 21:00,", "R3,31/02/2026 21:00,")
    [first] = receive(feed, path)
    counts = first.counts
    assert (counts.new, counts.unchanged, counts.quarantined, counts.left_out) == (1, 0, 1, 1)
    assert counts.read == 3
    assert selected("SELECT kind, content ? 'ethnicity' FROM chronology_event e"
                    " JOIN chronology_eventcontent c ON c.event_id = e.id") == [
        ("person_details", False)
    ]  # fmt: skip
    assert selected("SELECT surname FROM identity_subjectrecord") == [("example",)]
    [(value, raw)] = selected("SELECT value, raw::text FROM intake_quarantinedrow")
    assert value == ""
    assert "Example" not in str(raw)
    with acting_as("batch"):
        assert Delivery.objects.get().rows_left_out == 1
    [again] = receive(feed, path, NOW + timedelta(days=1))
    assert (again.counts.new, again.counts.left_out) == (0, 1)


def test_of_an_existence_feed_of_registers_no_mark_comes_in(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register", cohort=Cohort.EXISTENCE)
    [outcome] = receive(feed, register(tmp_path, "P1,2026-03-02,N,N"))
    assert (outcome.counts.new, outcome.counts.left_out) == (1, 1)
    assert selected("SELECT count(*) FROM chronology_attendanceweek") == [(0,)]


WEEK = [
    "P1,2026-03-02,I,M",
    "P1,2026-03-03,R,T",
    "P1,2026-03-04,Y5,Y5",
    "P1,2026-03-05,N,N",
    "P1,2026-03-06,/,\\",
]
COUNTS = "SELECT possible, absent, unauthorised, unexplained, late FROM chronology_attendanceweek"
SPELLS = (
    "SELECT c.content FROM chronology_event e JOIN chronology_eventcontent c"
    " ON c.event_id = e.id WHERE e.kind = 'absence_spell' ORDER BY e.occurred"
)


def test_marks_are_reduced_at_the_door_and_no_count_or_spell_changes(
    world: World, tmp_path: Path
) -> None:
    plain = make_feed(world.agencies[SCHOOL], "daily_register")
    receive(plain, register(tmp_path, *WEEK))
    counts, spells = selected(COUNTS), selected(SPELLS)
    assert counts == [(8, 6, 2, 2, 0)]

    other = make_world("southmere").agencies[SCHOOL]
    reducing = make_feed(other, "daily_register", reduces_codes=True)
    [first] = receive(reducing, register(tmp_path, *WEEK))
    [again] = receive(reducing, register(tmp_path, *WEEK), NOW + timedelta(days=1))
    assert (first.counts.new, again.counts.new, again.counts.unchanged) == (6, 0, 6)
    assert selected(f"{COUNTS} WHERE agency_id = {other.pk}") == counts
    assert selected(
        f"SELECT marks FROM chronology_attendanceweek WHERE agency_id = {other.pk}"
    ) == [("auauauaunpnpN N / \\ ",)]
    assert selected(SPELLS) == spells * 2


def termly(folder: Path, *counts: tuple[str, int]) -> Path:
    path = folder / TERM
    rows = [f"P1,SCH1,{n},1,1,{count},{code}\n" for n, (code, count) in enumerate(counts)]
    path.write_text(TERM_HEADING + "".join(rows))
    return path


SUMMARIES = (
    "SELECT c.content ->> 'code', (c.content ->> 'sessions')::int, e.category"
    " FROM chronology_inforce e JOIN chronology_eventcontent c ON c.event_id = e.id ORDER BY 1, 2"
)


def test_counts_of_a_term_are_reduced_and_their_sum_stays(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[SCHOOL], "school_census", reduces_codes=True)
    counts = [("I", 5), ("M", 2), ("R", 1), ("Y5", 3), ("N", 4)]
    receive(feed, termly(tmp_path, *counts))
    found = selected(SUMMARIES)
    assert [row[:2] for row in found] == [
        ("N", 4),
        ("au", 1),
        ("au", 2),
        ("au", 5),
        ("np", 3),
    ]
    assert {row[2] for row in found} == {2}, "reduced, they are filed under education"
    [again] = receive(feed, termly(tmp_path, *counts), NOW + timedelta(days=1))
    assert (again.counts.new, again.counts.unchanged) == (0, 5)
    told = str(selected("SELECT source_key, row FROM chronology_event"))
    assert not any(f"|{code}" in told for code, _ in counts if code != "N")


def test_a_row_for_quarantine_tells_no_such_code_either(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register", reduces_codes=True)
    receive(
        feed, register(tmp_path, "P1,2026-03-02,I,ZZ", "P1,2026-03-03,/,I", "P1,2026-03-03,/,R")
    )
    said = str(selected("SELECT value, raw::text FROM intake_quarantinedrow"))
    assert "au" in said
    assert "'I'" not in said
    assert '"I"' not in said


def test_a_school_that_sends_our_own_mark_is_told_so(world: World, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register", reduces_codes=True)
    [outcome] = receive(feed, register(tmp_path, "P1,2026-03-02,au,np"))
    assert outcome.counts.quarantined == 1
    assert "not a school attendance code" in outcome.reasons[0][0]
