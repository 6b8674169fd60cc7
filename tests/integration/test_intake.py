"""Every row ends in exactly one place; the same file twice changes nothing; a bad file nothing."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from keepsight.chronology.models import Delivery
from keepsight.cli.ingesting import KIND_OF_SOURCE
from keepsight.intake.models import QuarantinedRow
from keepsight.intake.recognise import SOURCES, source_for
from keepsight.intake.rows import FileRefused
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import POLICE_HEADING, police, register, zipped
from tests.factories.roles import acting_as
from tests.factories.world import NOW, make_feed, make_world, receive

WRITTEN = (
    "chronology_event",
    "chronology_eventcontent",
    "chronology_attendanceweek",
    "identity_subjectrecord",
    "intake_quarantinedrow",
)


def test_the_same_file_twice_changes_nothing(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")
    path = police(
        tmp_path,
        "R1,01/02/2026 21:00,02/02/2026 07:00",
        "R2,09/02/2026 21:00,",
        "R3,31/02/2026 21:00,",
    )
    [first] = receive(feed, path)
    before = _rows()
    [second] = receive(feed, path, NOW + timedelta(days=1))

    assert (first.counts.new, first.counts.unchanged, first.counts.quarantined) == (3, 0, 1)
    assert (second.counts.new, second.counts.unchanged, second.counts.quarantined) == (0, 3, 1)
    assert first.counts.read == second.counts.read == 4
    assert _rows() == before


def test_a_quarantined_row_says_where_what_and_why(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R3,31/02/2026 21:00,"))
    with acting_as("batch"):
        row = QuarantinedRow.objects.select_related("delivery").get()
    assert (row.delivery.filename, row.row, row.field, row.value) == (
        "police.csv",
        "row 2, report",
        "Reported Missing",
        "31/02/2026 21:00",
    )
    assert row.reason == "This is not a day and time; write it as dd/mm/yyyy HH:MM."
    assert row.raw["Report Ref"] == "R3"


def test_a_corrected_row_supersedes_and_the_old_one_stays(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    [later] = receive(feed, police(tmp_path, "R1,01/02/2026 21:00,02/02/2026 07:00"))
    assert (later.counts.new, later.counts.superseded, later.counts.unchanged) == (0, 1, 1)
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT revision, occurred_until IS NULL FROM chronology_event"
            " WHERE kind = 'missing_episode' ORDER BY revision"
        )
        assert cursor.fetchall() == [(1, True), (2, False)]
        cursor.execute("SELECT count(*) FROM chronology_inforce WHERE kind = 'missing_episode'")
        assert cursor.fetchone() == (1,)


def test_a_register_becomes_pupil_weeks_and_a_correction_the_next_revision(
    database: None, tmp_path: Path
) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.SCHOOL], "daily_register")
    week = [f"P1,2026-03-0{day},N,N" for day in (2, 3, 4)] + ["P1,2026-03-05,/,\\"]
    [first] = receive(feed, register(tmp_path, *week))
    [again] = receive(feed, register(tmp_path, *week))
    corrected = [*week[:2], "P1,2026-03-04,I,I", "P1,2026-03-06,/,\\"]
    [third] = receive(feed, register(tmp_path, *corrected))

    assert first.counts.new == 5  # four days and the pupil
    assert (again.counts.new, again.counts.unchanged) == (0, 5)
    assert (third.counts.new, third.counts.superseded, third.counts.unchanged) == (1, 1, 3)
    assert third.counts.read == 5  # four days and the pupil
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT revision, marks, possible, absent, unexplained"
            " FROM chronology_attendanceweek ORDER BY revision"
        )
        assert cursor.fetchall() == [
            (1, "N N N N N N / \\     ", 8, 6, 6),
            (2, "N N N N I I / \\ / \\ ", 10, 6, 4),
        ]
        cursor.execute(
            "SELECT e.revision, c.content FROM chronology_inforce e JOIN chronology_eventcontent c"
            " ON c.event_id = e.id WHERE e.kind = 'absence_spell'"
        )
        assert cursor.fetchall() == [(2, '{"sessions": 6, "unexplained": 4, "unauthorised": 4}')]


def test_an_explained_absence_withdraws_its_spell(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.SCHOOL], "daily_register")
    receive(feed, register(tmp_path, "P1,2026-03-02,N,N", "P1,2026-03-03,/,\\"))
    receive(feed, register(tmp_path, "P1,2026-03-02,I,I"))
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT revision, withdrawn FROM chronology_event WHERE kind = 'absence_spell'"
            " ORDER BY revision"
        )
        assert cursor.fetchall() == [(1, False), (2, True)]


def test_of_two_lines_for_one_day_the_first_stands(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.SCHOOL], "daily_register")
    [outcome] = receive(
        feed, register(tmp_path, "P1,2026-03-02,N,N", "P1,2026-03-02,/,\\", "P1,2026-03-02,N,N")
    )
    assert (outcome.counts.new, outcome.counts.unchanged, outcome.counts.quarantined) == (2, 1, 1)


def _wrong_format(folder: Path) -> Path:
    return register(folder, "P1,2026-03-02,/,\\")


def _wrong_encoding(folder: Path) -> Path:
    path = folder / "police.csv"
    path.write_bytes((POLICE_HEADING + "R1,U1,Exämple").encode("utf-16"))
    return path


def _laughing(folder: Path) -> Path:
    path = folder / "return.xml"
    lines = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY l0 "ha">{lines}]><Message>&l29;</Message>'
    )
    return path


def _truncated(folder: Path) -> Path:
    path = folder / "return.xml"
    whole = (FIXTURES / "cin" / "fixture.xml").read_text()
    path.write_text(whole[: len(whole) * 3 // 4])
    return path


def _empty(folder: Path) -> Path:
    path = folder / "police.csv"
    path.write_bytes(b"")
    return path


def _wide(folder: Path) -> Path:
    path = folder / "wide.csv"
    path.write_text(",".join(f"c{n}" for n in range(200)) + "\n")
    return path


def _patient(folder: Path, family: str) -> Path:
    path = folder / "patient.json"
    patient = {"resourceType": "Patient", "id": "p1", "name": [{"family": family}]}
    path.write_text(json.dumps(patient))
    return path


def _nul_in_json(folder: Path) -> Path:
    return _patient(folder, "Exam\0ple")


def _half_a_character(folder: Path) -> Path:
    return _patient(folder, "Exam\ud83dple")


def _bomb(folder: Path) -> Path:
    return zipped(folder, "bomb.zip", {"police.csv": b"0" * 300_000_000})


def _two_in_a_zip(folder: Path) -> Path:
    good = police(folder, "R1,01/02/2026 21:00,").read_bytes()
    return zipped(folder, "two.zip", {"a.csv": good, "b.csv": b"x,y\n1,2\n"})


FIXTURES = Path(__file__).parents[2] / "src" / "keepsight" / "intake" / "sources"


@pytest.mark.parametrize(
    ("source", "make", "said"),
    [
        ("police_missing", _wrong_format, "This feed takes Police missing-person reports"),
        ("police_missing", _wrong_encoding, "UTF-16"),
        ("cin", _laughing, "entities, which Keepsight never reads"),
        ("cin", _truncated, "ends"),
        ("police_missing", _empty, "The file is empty."),
        ("police_missing", _wide, "200 columns"),
        ("fhir", _nul_in_json, "no part of any text"),
        ("fhir", _half_a_character, "no part of any text"),
        ("police_missing", _bomb, "packed over 100 to 1"),
    ],
)
def test_a_bad_file_gets_one_clear_sentence_and_leaves_nothing(
    database: None, tmp_path: Path, source: str, make: Callable[[Path], Path], said: str
) -> None:
    feed = make_feed(make_world().agencies[KIND_OF_SOURCE[source]], source)
    before = _rows()
    [outcome] = receive(feed, make(tmp_path))

    assert said in outcome.refusal
    assert outcome.refusal.count(". ") <= 1
    assert outcome.refusal.endswith(".")
    assert _rows() == before
    with acting_as("batch"):
        kept = Delivery.objects.get()
    assert (kept.state, kept.refusal) == (Delivery.State.REFUSED, outcome.refusal)


def test_a_whole_character_and_a_backslash_in_json_are_text(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.HEALTH], "fhir")
    [outcome] = receive(feed, _patient(tmp_path, "Exam\U0001f642\\u0000ple"))
    assert (outcome.refusal, outcome.counts.new) == ("", 1)


def test_in_a_zip_the_good_file_lands_and_the_bad_one_says_why(
    database: None, tmp_path: Path
) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")
    good, bad = receive(feed, _two_in_a_zip(tmp_path))
    assert good.counts.new == 2
    assert "not in a format that Keepsight takes" in bad.refusal


@pytest.mark.parametrize("source", [source.name for source in SOURCES])
def test_every_fixture_of_every_source_adds_up(database: None, source: str) -> None:
    feed = make_feed(make_world().agencies[KIND_OF_SOURCE[source]], source)
    fixtures = sorted(
        path for path in (FIXTURES / source).iterdir() if path.name.startswith("fixture")
    ) or sorted((FIXTURES / source).glob("fixture*/*"))
    assert fixtures
    for path in fixtures:
        for outcome in receive(feed, path):
            assert outcome.refusal == ""
            assert outcome.counts.read > 0


def test_every_published_sample_is_taken_in_and_nothing_is_lost(
    database: None, shared: Path
) -> None:
    world = make_world()
    taken = {"cin": 0, "ssda903": 0, "fhir": 0, "school_census": 0}
    for folder in ("cin", "ssda903", "health", "school_census"):
        for path in sorted((shared / "samples" / folder).iterdir()):
            try:
                with path.open("rb") as stream:
                    source = source_for(path.name, stream.read(65_536))
            except FileRefused:
                continue
            agency = world.agencies[KIND_OF_SOURCE[source.name]]
            for outcome in receive(make_feed(agency, source.name), path):
                assert outcome.refusal == "", path.name
                counts = outcome.counts
                assert counts.read == counts.new + counts.unchanged + counts.quarantined
                taken[source.name] += counts.read
    assert taken == {"cin": 1_369, "ssda903": 20_351, "fhir": 9, "school_census": 2_797}


def _rows() -> dict[str, int]:
    with acting_as("batch"), connection.cursor() as cursor:
        counts = {}
        for table in WRITTEN:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
        return counts


def test_a_file_received_late_is_known_only_from_then(database: None, tmp_path: Path) -> None:
    feed = make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"), NOW)
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT received::date FROM chronology_event")
        assert cursor.fetchall() == [(date(2026, 3, 16),)]
