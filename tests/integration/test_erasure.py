"""What stands outside its feed's cohort goes when its clock is over, nothing else and no sooner."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from rich.console import Console

from keepsight.access.actions import end_ties, tie_child
from keepsight.chronology.actions.governing import govern_feed
from keepsight.chronology.actions.holding import HoldRefused, lift_hold, place_hold
from keepsight.chronology.extract import bring_up_to_date
from keepsight.chronology.models import Feed
from keepsight.chronology.queries import entries_by_ref, timeline
from keepsight.chronology.queries.timeline import ERASED
from keepsight.chronology.relations import open_relations
from keepsight.cli.report import print_night
from keepsight.engines.embedded import ServerAddress
from keepsight.identity.models import Link
from keepsight.jobs.night import run_night
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.looking import Relation
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from tests.factories.files import police, register
from tests.factories.kept_log import checked, place
from tests.factories.log import entries
from tests.factories.purging import (
    ADA,
    ROW,
    Admin,
    brought,
    count,
    empty_quarantine,
    known_to_council,
    let_pass,
    night,
)
from tests.factories.roles import acting_as, looking
from tests.factories.world import (
    NOW,
    TESTER,
    World,
    governance,
    make_child,
    make_event,
    make_feed,
    make_world,
    receive,
)

pytestmark = pytest.mark.access

COUNCIL, HEALTH, POLICE = AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.HEALTH, AgencyKind.POLICE
SCHOOL = AgencyKind.SCHOOL
STAYS = (0, 0, 0, 0)


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def admin(database: None, server: ServerAddress) -> Iterator[Admin]:
    with server.connect(connection.settings_dict["NAME"]) as opened:
        yield opened


def purged() -> tuple[int, int, int, int]:
    """What a night purges: records, whole records, events, weeks."""
    done = night()
    return done.records, done.forgotten, done.events, done.weeks


def past_its_time(admin: Admin) -> tuple[int, int, int, int]:
    """What a night purges after the clock of the night before has run out."""
    assert purged() == STAYS
    let_pass(admin, 29)
    return purged()


def test_a_record_that_matches_nobody_goes_when_its_time_is_over(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    assert purged() == STAYS
    let_pass(admin, 27)
    assert purged() == STAYS
    let_pass(admin, 2)
    assert purged() == (1, 1, 2, 0)
    assert count(admin, "chronology_event") == 2
    assert count(admin, "chronology_eventcontent") == count(admin, "chronology_eventplace") == 0
    [record] = admin.execute(
        "SELECT key = 'forgotten-' || id, forename, surname, forename_sound, surname_sound,"
        " date_of_birth, sex, nhs_number, upn, postcode, forgotten IS NOT NULL"
        " FROM identity_subjectrecord"
    ).fetchall()
    assert record == (True, *[None] * 9, True)
    assert count(admin, "identity_link", "recorded_until IS NULL") == 0
    assert count(admin, "access_subjectplace") == 0


def test_the_log_is_whole_after_a_purge_and_says_what_went_and_why(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = brought(world, tmp_path)
    place()
    past_its_time(admin)
    place()
    verdict = checked()
    assert (verdict.good, verdict.erased) == (True, 2), list(verdict.lines())
    [entry] = entries("erase")
    assert entry["what"].endswith(f"of feed {feed.key}")
    assert "matched no child who is known" in entry["reason"]
    assert entry["detail"]["records"] == 1
    assert len(entry["detail"]["erased"]) == 2
    [line] = admin.execute("SELECT rule, records, events, weeks FROM chronology_purge").fetchall()
    assert line == ("unmatched", 1, 2, 0)


def test_a_purge_without_its_entry_is_found_by_the_check(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    night()
    place()
    let_pass(admin, 29)
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chronology_purge()")
    verdict = checked()
    assert not verdict.good
    assert "no erasure by law is on record" in verdict.first.says


def test_what_was_forgotten_stays_forgotten_and_can_come_again(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = brought(world, tmp_path)
    past_its_time(admin)
    assert purged() == STAYS
    assert count(admin, "identity_link", "recorded_until IS NULL") == 0
    [again] = receive(feed, police(tmp_path, ROW), NOW + timedelta(days=40))
    assert (again.counts.new, again.counts.unchanged) == (2, 0)
    assert count(admin, "identity_subjectrecord", "forgotten IS NULL AND surname IS NOT NULL") == 1
    assert [
        row[0]
        for row in admin.execute(
            "SELECT revision FROM chronology_event WHERE kind = 'missing_episode' ORDER BY id"
        ).fetchall()
    ] == [1, 2]
    place()
    assert checked().good


def known_to_a_charity(world: World, folder: Path) -> None:
    make_child((world.agencies[AgencyKind.VOLUNTARY], ADA))


def on_a_register(world: World, folder: Path) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register")
    receive(feed, register(folder, "P1,2026-03-02,/,\\"))


def known_to_a_clinic(world: World, folder: Path) -> None:
    make_child((world.agencies[AgencyKind.SEXUAL_HEALTH], ADA))


def twice_known_to_the_police(world: World, folder: Path) -> None:
    make_child((world.agencies[POLICE], ADA))


def to_a_council(world: World, folder: Path) -> None:
    known_to_council(world)


@pytest.mark.parametrize(
    ("who", "stands"),
    [
        (to_a_council, True),
        (known_to_a_charity, True),
        (on_a_register, False),
        (known_to_a_clinic, False),
        (twice_known_to_the_police, False),
    ],
)
def test_who_makes_a_child_known(
    world: World,
    admin: Admin,
    tmp_path: Path,
    who: Callable[[World, Path], None],
    stands: bool,
) -> None:
    """A list of everybody does not, nor what is closely held, nor the same agency again."""
    feed = brought(world, tmp_path)
    who(world, tmp_path)
    past_its_time(admin)
    assert (count(admin, "chronology_purge", f"feed_id = {feed.pk}") == 0) == stands
    with acting_as("batch"):
        children = set(Link.objects.filter(recorded_until=None).values_list("child", flat=True))
    assert len(children) == 1, "they are one child to the link, so it turns on who knows them"


def test_a_record_that_comes_to_match_in_time_stands_and_its_clock_ends(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    night()
    let_pass(admin, 27)
    assert count(admin, "chronology_cohortclock") == 1
    known_to_council(world)
    night()
    assert count(admin, "chronology_cohortclock") == 0
    assert count(admin, "chronology_eventcontent", "category > 1") == 1


def test_a_child_at_a_council_s_door_is_known_until_the_door_closes(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    night()
    let_pass(admin, 29)
    council = world.agencies[COUNCIL].pk
    with acting_as("batch"):
        child = Link.objects.get(recorded_until=None).child_id
        tie_child(
            by=TESTER,
            child_id=child,
            agency_id=council,
            relation=Relation.FRONT_DOOR,
            because="an alert to read",
        )
    assert purged() == STAYS
    with acting_as("batch"):
        end_ties(
            by=TESTER,
            child_id=child,
            agency_id=council,
            relations=frozenset({Relation.FRONT_DOOR}),
        )
    assert purged() == STAYS, "the clock begins anew"
    let_pass(admin, 29)
    assert purged() == (1, 1, 2, 0)


def test_what_another_feed_brought_of_the_same_record_stays(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    """Only the feed's own events go, so the record stands with its names and its link."""
    brought(world, tmp_path)
    night()
    with acting_as("batch"):
        child = Link.objects.get(recorded_until=None).child_id
    own = make_event(child, world.agencies[POLICE], MissingEpisode(category="absent"), occurred=NOW)
    assert past_its_time(admin) == (1, 0, 2, 0)
    assert [row[0] for row in admin.execute("SELECT event_id FROM chronology_eventcontent")] == [
        own
    ]
    assert count(admin, "identity_subjectrecord", "surname IS NOT NULL") == 1
    assert count(admin, "identity_link", "recorded_until IS NULL") == 1


def test_an_erased_event_leaves_the_timeline_and_as_evidence_says_that_it_was_erased(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    night()
    with acting_as("batch"):
        child = Link.objects.get(recorded_until=None).child_id
    own = make_event(child, world.agencies[POLICE], MissingEpisode(category="absent"), occurred=NOW)
    [(gone,)] = admin.execute(
        "SELECT id FROM chronology_event WHERE kind = 'missing_episode' AND id <> %s", [own]
    ).fetchall()
    with looking(world.people[POLICE]) as viewer:
        assert {each.ref for each in timeline(viewer, child)} == {str(own), str(gone)}
    past_its_time(admin)
    with looking(world.people[POLICE]) as viewer:
        assert [each.ref for each in timeline(viewer, child)] == [str(own)]
        cited = entries_by_ref(viewer, child, [str(gone)])
        assert cited[str(gone)].sentence == ERASED


def test_the_nightly_pass_purges_and_says_so(
    world: World, admin: Admin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(world, tmp_path)
    for _ in range(2):
        with acting_as("batch"):
            print_night(Console(), run_night(folder=tmp_path / "night"))
        let_pass(admin, 29)
    said = capsys.readouterr().out
    assert "1 records stood outside" not in said
    assert (
        "1 record stood outside its feed’s cohort for too long: 2 events and 0 weeks erased, 1 "
        "record forgotten whole."
    ) in said
    assert "1 row in quarantine emptied that nobody put right in time." in said
    assert checked().good


def test_weeks_of_attendance_and_their_spells_go_too(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register", cohort=Cohort.KNOWN)
    receive(feed, register(tmp_path, "P1,2026-03-02,N,N", "P1,2026-03-03,N,N"))
    assert past_its_time(admin) == (1, 1, 2, 1)
    assert count(admin, "chronology_attendanceweek") == count(admin, "chronology_eventcontent") == 0


@pytest.mark.parametrize("cohort", [Cohort.ALL, Cohort.EXISTENCE])
def test_what_is_within_its_cohort_is_never_purged(
    world: World, admin: Admin, tmp_path: Path, cohort: Cohort
) -> None:
    brought(world, tmp_path, cohort)
    assert past_its_time(admin) == STAYS
    assert count(admin, "chronology_cohortclock") == 0


def test_a_feed_that_is_narrowed_to_existence_loses_what_it_brought_before(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = brought(world, tmp_path, Cohort.ALL)
    _narrow(feed, Cohort.EXISTENCE)
    assert past_its_time(admin) == (1, 0, 1, 0)
    kinds = "SELECT e.kind FROM chronology_event e JOIN chronology_eventcontent c"
    rows = admin.execute(f"{kinds} ON c.event_id = e.id").fetchall()
    assert rows == [("person_details",)]
    assert count(admin, "identity_subjectrecord", "surname IS NOT NULL") == 1


def _narrow(feed: Feed, cohort: Cohort) -> None:
    with acting_as("batch"):
        govern_feed(by=TESTER, feed=feed, governance=governance(feed.agency, cohort))


def test_the_nightly_copy_forgets_what_was_erased(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = make_feed(world.agencies[SCHOOL], "daily_register", cohort=Cohort.KNOWN)
    receive(feed, register(tmp_path, "P1,2026-03-02,N,N", "P1,2026-03-03,N,N"))
    bea = replace(ADA, forename="Bea", date_of_birth=date(2011, 1, 2), postcode="ZZ9 9ZZ")
    kept = make_child((world.agencies[COUNCIL], bea))
    make_event(kept, world.agencies[COUNCIL], MissingEpisode(category="absent"), occurred=NOW)
    folder = tmp_path / "night"
    assert _copied(folder) == {"events": 2, "weeks": 1}
    let_pass(admin, 29)
    assert _copied(folder) == {"events": 1, "weeks": 0}
    assert b'"sessions"' not in b"".join(path.read_bytes() for path in folder.glob("*.parquet"))
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


def _copied(folder: Path) -> dict[str, int]:
    """What the copy holds after another night."""
    night()
    with acting_as("batch"):
        bring_up_to_date(folder)
        open_relations(folder).close()
    return _held(folder)


def _held(folder: Path) -> dict[str, int]:
    with duckdb.connect() as duck:
        found = {}
        for name in ("events", "weeks"):
            row = duck.execute(
                f"SELECT count(*) FROM read_parquet('{folder}/{name}-*.parquet')"
            ).fetchone()
            found[name] = int(row[0]) if row else -1
        return found


HOLDS: dict[str, Callable[[World, Feed, uuid.UUID], dict[str, object]]] = {
    "everything": lambda world, feed, child: {},
    "its area": lambda world, feed, child: {"area": world.area},
    "its agency": lambda world, feed, child: {"agency": feed.agency},
    "its feed": lambda world, feed, child: {"feed": feed},
    "its child": lambda world, feed, child: {"child_id": child},
    "its agency and its child": lambda world, feed, child: {
        "agency": feed.agency,
        "child_id": child,
    },
}
ELSEWHERE: dict[str, Callable[[World, Feed, uuid.UUID], dict[str, object]]] = {
    "another agency": lambda world, feed, child: {"agency": world.agencies[HEALTH]},
    "another child": lambda world, feed, child: {"child_id": uuid.UUID(int=1)},
    "its agency, another child": lambda world, feed, child: {
        "agency": feed.agency,
        "child_id": uuid.UUID(int=1),
    },
}


@pytest.mark.parametrize("named", [*HOLDS, *ELSEWHERE])
def test_a_legal_hold_stops_what_lies_within_it_until_it_is_lifted(
    world: World, admin: Admin, tmp_path: Path, named: str
) -> None:
    feed = brought(world, tmp_path)
    night()
    let_pass(admin, 29)
    within = (HOLDS | ELSEWHERE)[named]
    with acting_as("batch"):
        child = Link.objects.get(recorded_until=None).child_id
        hold = place_hold(
            by=TESTER, title="Inquiry", because="A notice", **within(world, feed, child)
        )
    if named in ELSEWHERE:
        assert purged() == (1, 1, 2, 0)
        return
    assert purged() == STAYS
    with acting_as("batch"):
        lift_hold(by=TESTER, hold_id=hold.pk, because="The inquiry is over")
    assert purged() == (1, 1, 2, 0)


def test_a_hold_asks_for_a_reason_is_lifted_once_and_stays_on_record(
    world: World, admin: Admin
) -> None:
    with acting_as("batch"):
        with pytest.raises(HoldRefused, match="Say what the hold is called"):
            place_hold(by=TESTER, title="Inquiry", because=" ")
        hold = place_hold(by=TESTER, title="Inquiry", because="A notice")
        with pytest.raises(HoldRefused, match="Say why"):
            lift_hold(by=TESTER, hold_id=hold.pk, because="")
        lift_hold(by=TESTER, hold_id=hold.pk, because="Over")
        with pytest.raises(HoldRefused, match="lifted already"):
            lift_hold(by=TESTER, hold_id=hold.pk, because="Over")
    for statement in (
        "UPDATE chronology_legalhold SET lifted = NULL",
        "UPDATE chronology_legalhold SET because = 'x'",
        "DELETE FROM chronology_legalhold",
    ):
        with pytest.raises(Exception, match="only be lifted, once"):
            admin.execute(statement)
    said = [(entry["what"], entry["reason"]) for entry in entries("write")]
    assert (f"legal hold {hold.pk} placed", "A notice") in said
    assert (f"legal hold {hold.pk} lifted", "Over") in said


NEVER = {
    "take content": "DELETE FROM chronology_eventcontent",
    "take a place": "DELETE FROM chronology_eventplace",
    "take a header": "DELETE FROM chronology_event",
    "take a week": "DELETE FROM chronology_attendanceweek",
    "set a tombstone": (
        "INSERT INTO chronology_tombstone (\"of\", ref, purge_id) VALUES ('event', 1, 1)"
    ),
    "take a tombstone": "DELETE FROM chronology_tombstone",
    "bring a clock forward": "UPDATE chronology_cohortclock SET due = now()",
    "begin a clock": (
        "INSERT INTO chronology_cohortclock (feed_id, subject_record_id, rule, since, due)"
        " VALUES (1, 1, 'unmatched', now(), now())"
    ),
    "stop a clock": "DELETE FROM chronology_cohortclock",
    "take a hold": "DELETE FROM chronology_legalhold",
    "take a purge from the record": "DELETE FROM chronology_purge",
    "shorten the waiting time": "UPDATE chronology_feed SET unmatched_days = 13",
    "call what the function calls": "SELECT chronology_tend_clocks()",
    "ask who stands outside": "SELECT * FROM chronology_outside()",
    "ask what is held": "SELECT chronology_held(1, 1)",
    "empty a row too soon": "UPDATE intake_quarantinedrow SET raw = '{}'",
}
"""What neither the pages' role nor the nightly one may do, in the database itself."""


@pytest.mark.parametrize("role", ["app", "batch"])
@pytest.mark.parametrize("what", NEVER)
def test_nobody_can(world: World, tmp_path: Path, role: str, what: str) -> None:
    brought(world, tmp_path)
    night()
    with (
        acting_as(role),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(NEVER[what])


def test_the_pages_cannot_purge(world: World, admin: Admin, tmp_path: Path) -> None:
    brought(world, tmp_path)
    night()
    let_pass(admin, 29)
    with (
        pytest.raises(DatabaseError, match="permission denied for function chronology_purge"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM chronology_purge()")
    assert count(admin, "chronology_eventcontent") == 2


def test_not_even_the_owner_takes_content_that_has_no_tombstone(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM chronology_eventcontent")
        assert cursor.rowcount == 0
    for table in ("chronology_eventcontent", "chronology_eventplace"):
        with pytest.raises(Exception, match="append-only"):
            admin.execute(f"DELETE FROM {table}")
        with pytest.raises(Exception, match="append-only"):
            admin.execute(f"UPDATE {table} SET category = 2")


def test_a_feed_cannot_be_on_without_its_governance_in_the_database_either(
    world: World, tmp_path: Path
) -> None:
    make_feed(world.agencies[POLICE], "police_missing")
    for column in ("controller", "purpose", "necessity", "assessment", "cohort", "gateway"):
        with (
            acting_as("batch"),
            pytest.raises(DatabaseError, match="chronology_feed_governed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE chronology_feed SET {column} = ''")


def test_rows_in_quarantine_are_emptied_when_nobody_put_them_right_in_time(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    feed = brought(world, tmp_path)
    let_pass(admin, 27)
    assert empty_quarantine() == 0
    with acting_as("batch"):
        hold = place_hold(by=TESTER, title="Inquiry", because="A notice", feed=feed)
    let_pass(admin, 2)
    assert empty_quarantine() == 0
    with acting_as("batch"):
        lift_hold(by=TESTER, hold_id=hold.pk, because="Over")
    assert empty_quarantine() == 1
    assert empty_quarantine() == 0
    [row] = admin.execute("SELECT raw, value, field FROM intake_quarantinedrow").fetchall()
    assert row == ({}, "", "Reported Missing")
    [entry] = entries("erase")
    assert json.loads(json.dumps(entry["detail"])) == {"rows": 1}
    assert count(admin, "chronology_purge", "rule = 'quarantine' AND rows = 1") == 1
    receive(feed, police(tmp_path, ROW, "R9,31/02/2026 21:00,"), NOW + timedelta(days=40))
    [again] = admin.execute("SELECT raw, times_seen FROM intake_quarantinedrow").fetchall()
    assert again == ({}, 2), "the same row again stays empty"


def test_a_feed_of_all_children_has_longer_to_put_its_rows_right(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path, Cohort.ALL)
    let_pass(admin, 91)
    assert empty_quarantine() == 0
    let_pass(admin, 2)
    assert empty_quarantine() == 1
