"""`keepsight detect`: the past of a demo replayed and weighed, and a made-up county measured."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.system.conftest import TODAY, Site


def keepsight(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "keepsight.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def detect(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    return keepsight(site.environment | {"KEEPSIGHT_DEMO": "1"}, "detect", *words)


def test_a_day_is_replayed(untouched_site: Site) -> None:
    done = detect(untouched_site, "replay", "--on", TODAY, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert 0 < max(found["indicators"].values()) <= found["children"]


def test_weeks_are_weighed_against_what_people_can_read(site: Site) -> None:
    words = ("weigh", "--until", TODAY, "--weeks", "2", "--budget", "1000")
    said = " ".join(detect(site, *words).stdout.split())
    assert f"a week, over 2 weeks to {TODAY}. That is within the 1,000" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("replay", "--on", "yesterday"), "“yesterday” is not a day: write it as 2026-03-31."),
        (
            ("replay", "--on", TODAY, "--indicator", "horoscope"),
            "There is no indicator “horoscope”.",
        ),
        (("evaluate", "--county", "nowhere"), "nowhere is not a county"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    untouched_site: Site, words: tuple[str, ...], why: str
) -> None:
    done = detect(untouched_site, *words)
    assert done.returncode == 1
    assert why in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_county_is_measured_by_its_truth(tmp_path: Path) -> None:
    environment = os.environ | {"KEEPSIGHT_VAR": str(tmp_path / "var")}
    county = tmp_path / "county"
    size = ("--children", "600", "--weeks", "40", "--seed", "5")
    made = keepsight(environment, "county", "make", *size, "--out", str(county))
    assert made.returncode == 0, made.stderr
    words = ("detect", "evaluate", "--county", str(county), "--every", "13", "--json")
    done = keepsight(environment, *words)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    whole, *_ = found["ways"].values()
    assert 0 < whole["found"] <= whole["touched"] <= whole["exploited"]
    assert len(found["days"]) == 3
    assert set(found["groups"]) == {
        "storyline", "form", "sex", "ethnicity", "disabled", "looked after",
    }  # fmt: skip
