"""The one door: `./run` says what it can do, and continuous integration uses it too."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = {"demo", "test", "check", "fix", "keepsight", "bench", "screenshots"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(ROOT / "run"), *arguments],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """What a bare `./run` prints, as each command's first word and the help below it."""
    listing = run()
    assert listing.returncode == 0, listing.stderr
    entries = re.findall(r"^  (\w+)[^\n]*\n((?:    +[^\n]+\n)*)", listing.stdout, re.MULTILINE)
    return dict(entries)


def test_bare_run_lists_each_command(listed: dict[str, str]) -> None:
    assert set(listed) == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_has_help_that_is_a_sentence(listed: dict[str, str], command: str) -> None:
    assert listed[command].strip().endswith(".")


def test_an_unknown_command_is_refused_and_the_known_ones_listed() -> None:
    refused = run("dmeo")
    assert refused.returncode == 1
    assert "There is no command 'dmeo'." in refused.stderr
    assert "  demo " in refused.stderr


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_door_can_be_opened(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_continuous_integration_runs_the_tests_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", 'exec "$(dirname "$0")/../run" test']
