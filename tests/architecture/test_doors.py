"""Every way in and out beside the pages: jobs, exports and an API answer to somebody or to none.

A job acts as a named process through actions and shows nothing; it may call no query that reads
for a viewer, and run no SQL. The API takes reports in and reads nothing for anybody: what a client
can learn is held by `tests/integration/test_senders.py`, address by address.
"""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/keepsight"
JOBS = sorted((SOURCE / "jobs").glob("*.py"))
API = sorted((SOURCE / "api").glob("*.py"))
DOORS = {"web", "cli", "jobs", "api"}
"""Rooms through which somebody outside can make the others work."""


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", JOBS, ids=lambda path: path.name)
def test_a_job_calls_actions_and_reads_for_nobody(path: Path) -> None:
    names = imported(path)
    assert not any(".queries" in name or ".models" in name for name in names), path.name
    assert not any(name.startswith("django.db") for name in names), path.name


def test_every_action_of_a_job_says_who_acts() -> None:
    for path in JOBS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                keywords = {each.arg for each in node.keywords}
                acts = node.func.id in {
                    name.rsplit(".", 1)[1] for name in imported(path) if ".actions." in name
                }
                assert not acts or "by" in keywords, f"{path.name}: {node.func.id}"


@pytest.mark.parametrize("path", API, ids=lambda path: path.name)
def test_the_api_reads_for_nobody(path: Path) -> None:
    names = imported(path) - {"keepsight.audit.models.Act"}
    assert not any(".queries" in name or ".models" in name for name in names), path.name
    assert not any("viewer" in name.casefold() for name in names), path.name


def test_there_is_no_other_door() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    known = {"access", "agencies", "audit", "casework", "chronology", "config", "detection"}
    known |= {"engines", "identity", "intake", "kernel", "oversight", "sharing", "synthetic"}
    assert rooms == known | DOORS
