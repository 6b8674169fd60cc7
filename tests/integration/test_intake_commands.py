"""The commands of whoever runs Keepsight for an agency: send, work, ingest and sources."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from keepsight.chronology.models import Delivery, Feed
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police
from tests.factories.roles import acting_as
from tests.factories.tables import home_log
from tests.factories.world import make_feed, make_world

LINES = ("R1,01/02/2026 21:00,02/02/2026 07:00", "R2,31/02/2026 21:00,")


@pytest.fixture
def feed(database: None) -> Feed:
    return make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")


def keepsight(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "keepsight.cli", *map(str, arguments)],
        env=os.environ | environment | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_is_sent_and_then_taken_in(feed: Feed, tmp_path: Path) -> None:
    said = keepsight("send", police(tmp_path, *LINES), "--feed", feed.key)
    assert said.returncode == 0, said.stderr
    with acting_as("batch"):
        [accepted] = Delivery.objects.all()
    assert said.stdout == f"police.csv is accepted as delivery {accepted.pk}.\n"
    drop = tmp_path / "drop"
    (drop / feed.key).mkdir(parents=True)
    police(drop / feed.key, "R9,09/02/2026 21:00,")
    (drop / feed.key / "police.csv.done").touch()
    worked = keepsight("work", "--once", KEEPSIGHT_DROP=str(drop))
    said = "Arrivals taken up: 0.\nFiles taken in: 2.\n"
    assert worked.stdout == said, worked.stderr
    with acting_as("batch"):
        assert {each.state for each in Delivery.objects.all()} == {"done"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no-such.csv", "--feed", "FEED"), "There is no file no-such.csv."),
        (("FILE", "--feed", "nowhere"), "There is no feed “nowhere”."),
    ],
)
def test_what_cannot_be_sent_is_a_sentence(
    feed: Feed, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    swap = {"FEED": feed.key, "FILE": str(police(tmp_path, *LINES))}
    said = keepsight("send", *(swap.get(each, each) for each in arguments))
    assert (said.returncode, said.stdout) == (1, "")
    assert says in said.stderr


def test_ingest_says_of_every_file_what_adds_up(feed: Feed, tmp_path: Path) -> None:
    police(tmp_path, *LINES)
    police(tmp_path, "R1,01/02/2026 21:00,02/02/2026 08:00", name="zz.csv")
    (tmp_path / "zzz.csv").write_bytes(b"\x00")
    said = keepsight("ingest", tmp_path, "--feed", feed.key, "--json")
    assert said.returncode == 1, "one file is refused"
    first, second, refused = json.loads(said.stdout)["files"]
    for each in (first, second):
        rows = each["rows"]
        assert rows["read"] == sum(count for name, count in rows.items() if name != "read")
    assert first["rows"] == {
        "read": 3, "events": 2, "unchanged": 0, "superseded": 0, "quarantined": 1, "left_out": 0
    }  # fmt: skip
    assert second["rows"]["superseded"] == 1
    assert first["quarantined_by_reason"] == {
        "Reported Missing: This is not a day and time; write it as dd/mm/yyyy HH:MM.": 1
    }
    assert refused["refused"].endswith(".")
    table = keepsight("ingest", tmp_path / "police.csv", "--feed", feed.key)
    for column in ("rows read", "events", "unchanged", "superseded", "quarantined", "left out"):
        assert column in table.stdout


def test_a_mapping_is_proposed_tried_and_kept(database: None, tmp_path: Path) -> None:
    make_world()
    table, mapping = tmp_path / "homes.csv", tmp_path / "homes.yaml"
    table.write_bytes(home_log())
    said = keepsight("sources", "new", table, "--out", mapping)
    assert said.returncode == 0, said.stderr
    text = mapping.read_text()
    assert "# NHS No: person.nhs_number. 3 of 3 values pass the check digit" in text
    tried = keepsight("sources", "check", mapping, table)
    assert "5 rows, 5 facts, 0 for quarantine. Nothing was written." in tried.stdout
    for version in (1, 2):
        kept = keepsight("sources", "add", mapping, "--agency", "northmere-police")
        assert kept.stdout == f"The mapping own-homes is kept as version {version}.\n", kept.stderr
    added = keepsight(
        "feeds", "add", "homes", "--title", "Homes", "--agency", "northmere-police",
        "--source", "own-homes",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    with acting_as("batch"):
        assert Feed.objects.get(key="homes").state == "off"


def test_what_a_mapping_file_lacks_is_a_sentence(tmp_path: Path) -> None:
    table, mapping = tmp_path / "homes.csv", tmp_path / "homes.yaml"
    table.write_bytes(home_log())
    mapping.write_text("name: x\n")
    said = keepsight("sources", "check", mapping, table)
    assert said.returncode == 1
    assert said.stderr.startswith("homes.yaml: The mapping file lacks title, source, columns")
    said = keepsight("sources", "new", mapping)
    assert "one column only" in said.stderr
    said = keepsight("sources", "new", table, "--kind", "weather")
    assert "A table cannot state “weather”. It can state:" in said.stderr
