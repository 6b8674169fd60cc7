"""`keepsight identity trace`: off unless it is set up, and counts in place of names."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keepsight.identity.tracing.settings import NEEDED, TracingOff, tracer_of_this_place
from tests.factories.pds_service import CLIENT, FHIR, KEY_ID, PEM
from tests.factories.pds_shapes import outcome
from tests.factories.tracing_office import NOWHERE, TESTINA, Office, kept, knows, open_office


@pytest.fixture
def office(database: None, tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def trace(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "identity", "trace", *arguments],
        env=os.environ | environment | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


def settings(office: Office, folder: Path) -> dict[str, str]:
    key = folder / "application.pem"
    key.write_bytes(PEM)
    return {
        "KEEPSIGHT_PDS_URL": f"{office.service.address}{FHIR}",
        "KEEPSIGHT_PDS_CLIENT": CLIENT,
        "KEEPSIGHT_PDS_KEY": str(key),
        "KEEPSIGHT_PDS_KEY_ID": KEY_ID,
    }


def test_without_settings_it_is_off_and_says_what_is_missing(office: Office) -> None:
    knows(office.police, TESTINA)
    off = trace(KEEPSIGHT_PDS_CLIENT=CLIENT)
    assert off.returncode == 1
    assert off.stderr.startswith("Tracing is off: nothing is asked of anybody.")
    assert "set KEEPSIGHT_PDS_URL, KEEPSIGHT_PDS_KEY, KEEPSIGHT_PDS_KEY_ID." in off.stderr
    counted = trace("--dry-run", "--json")
    assert json.loads(counted.stdout) == {"would_ask": 1, "agencies": 1}
    assert office.service.asked == []


def test_it_asks_about_so_many_and_prints_counts(office: Office, tmp_path: Path) -> None:
    knows(office.police, TESTINA, "U1")
    knows(office.police, NOWHERE, "U2")
    said = settings(office, tmp_path)
    first = trace("--limit", "1", **said)
    assert first.stdout == "PDS was asked about 1 records.\n  1 matched\n", first.stderr
    second = trace("--agency", office.police.key, "--json", **said)
    assert json.loads(second.stdout) == {
        "service": "PDS",
        "agencies": 1,
        "asked": 1,
        "outcomes": {"matched": 1},
        "restricted": 1,
        "not_understood": 0,
        "stopped": "",
    }
    assert len(kept()) == 2


def test_a_service_that_lets_nobody_in_ends_it_with_a_sentence(
    office: Office, tmp_path: Path
) -> None:
    knows(office.police, TESTINA)
    office.service.answers_first(403, outcome("ACCESS_DENIED"))
    done = trace(**settings(office, tmp_path))
    assert done.returncode == 1
    assert "lets Keepsight in no more (HTTP 403)" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_agency_that_may_not_be_told_of_is_named_why(office: Office) -> None:
    refused = trace("--agency", "northmere-refuge")
    assert (refused.returncode, "closely held" in refused.stderr) == (1, True)
    unknown = trace("--agency", "nowhere")
    assert unknown.stderr.strip() == "There is no agency “nowhere”."


@pytest.mark.parametrize(
    "address",
    [
        "http://service.example/FHIR/R4",
        "https://user:word@service.example/FHIR/R4",
        "https://service.example/FHIR/R4?family=x",
        "ftp://127.0.0.1/FHIR/R4",
        "service.example",
    ],
    ids=["in the clear", "with a password", "with a question", "no web", "no scheme"],
)
def test_an_address_that_others_could_read_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NEEDED:
        monkeypatch.setenv(name, "something")
    monkeypatch.setenv("KEEPSIGHT_PDS_URL", address)
    with pytest.raises(TracingOff, match="must be an https address"):
        tracer_of_this_place()


def test_a_demo_asks_no_real_service_about_made_up_children(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in NEEDED:
        monkeypatch.setenv(name, "something")
    monkeypatch.setenv("KEEPSIGHT_PDS_URL", "https://service.example/FHIR/R4/")
    with pytest.raises(TracingOff, match="made up"):
        tracer_of_this_place()
    monkeypatch.delenv("KEEPSIGHT_DEMO")
    assert tracer_of_this_place().name == "PDS"
