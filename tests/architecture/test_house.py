"""The house stands as it is drawn: who imports whom, who writes, who looks, what time it is."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from importlinter.cli import lint_imports

from keepsight.agencies.models import Person
from keepsight.audit.writing import ActionModel

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "keepsight"
LONGEST = 300

NOT_ABOUT_A_CHILD = {
    "agencies.agencies_of": "organisations",
    "agencies.agency_by_key": "organisations",
    "agencies.agency_keys": "organisations",
    "agencies.area_of": "areas",
    "agencies.areas": "areas",
    "agencies.account_by_email": "those who sign in",
    "agencies.has_second_factor": "those who sign in",
    "agencies.may_sign_in": "those who sign in",
    "agencies.people": "those who sign in",
    "agencies.people_of": "those who sign in",
    "agencies.person_by_email": "those who sign in",
    "agencies.person_by_id": "those who sign in",
    "agencies.second_factor": "those who sign in",
    "agencies.second_factors": "those who sign in",
    "agencies.workers_at": "those who work at an agency",
    "agencies.workers_in": "those who work in an area",
    "access.clients": "agencies’ systems, for the nightly role; the pages’ role is given none",
    "audit.consistency": "hashes, for anybody",
    "audit.latest_checkpoint": "a hash of everything, for anybody",
    "chronology.describe": "a feed that was already given",
    "chronology.every_feed": "feeds",
    "chronology.feed_by_key": "feeds",
    "chronology.feed_keys": "feeds",
    "chronology.lines_of": "feeds that were already given",
    "chronology.late_feeds": "an area's feeds, in the same words on every child",
    "chronology.event_from": "makes a value of a row that was already given",
    "chronology.agencies_that_may_trace": "organisations, by what governs their feeds",
    "chronology.standing_holds": "for the nightly role; the pages' role is given none",
    "identity.subject_ids": "the ids of links that were already given",
    "oversight.cases_for_a_sample": "ids of children, for the nightly role to sample from",
    "oversight.published_plan": "a plan, for anybody",
    "oversight.standing": "counts for the nightly role; the pages' role is given none",
}
"""Public functions of queries that take no viewer, and what they are about instead."""

READS_ONLY = {
    "chronology.fresh_events": "reads which facts are news, and writes none",
    "chronology.first_week_of": "reads which week a delivery began with",
    "chronology.pupils_with_absence": "reads whose weeks a delivery changed",
    "chronology.weeks_in_force": "reads weeks",
    "detection.detect": "finds first, and writes what it found by an action",
    "detection.evaluate_all": "reads the nightly copy",
    "identity.tier_of": "reads the kind of an agency",
    "intake.take_in": "takes in each file by actions, each in a transaction of its own",
}
"""Public functions of actions that are not actions, and why."""

OTHER_MODELS = {
    Person: "Django's own user, whose manager signs people in; written by the agencies' actions",
}
"""Models that other code than an action could write, and why."""

CLOCKS = {"access/clock.py", "intake/dropping.py", "intake/spool.py"}
"""Where the machine may be asked what day it is: a demo stands on another. The spool and the drop
folder ask how long a file has been lying on their disk.
"""

WRITES = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE \w+ (\w+ )?SET)\b")
NOT_DATABASE_ROWS = {
    "cli/county_events.py": "throw-away tables in DuckDB",
    "cli/detection/running.py": "throw-away tables in DuckDB",
    "cli/detection_bench/one_child.py": "temporary tables of one session",
    "access/policies.py": "grants and policies, run by migrations",
    "engines/rls.py": "grants and policies, run by migrations",
    "engines/event_tables.py": "throw-away tables in DuckDB",
    "intake/sources/daily_register/queries.py": "throw-away tables in DuckDB",
    "intake/sources/daily_register/weeks.py": "throw-away tables in DuckDB",
}
MANAGER_WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}


def modules(*folders: str) -> list[Path]:
    """Every module of some rooms, migrations left out."""
    found = [
        path for folder in folders or ("",) for path in sorted((SOURCE / folder).rglob("*.py"))
    ]
    assert found
    return [path for path in found if "migrations" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public_functions(kind: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions at the top of the rooms' modules of a kind, as `room.function`."""
    for path in modules():
        room, *rest = path.relative_to(SOURCE).with_suffix("").parts
        if rest and rest[0] == kind:
            for node in parsed(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{room}.{node.name}", node


def is_action(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "action" for each in node.decorator_list)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rooms_import_in_the_order_of_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_no_module_is_too_long_to_hold_in_the_head() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_every_model_refuses_writers_that_are_no_action() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("keepsight.")]
    assert len(ours) > 10
    assert {model for model in ours if not issubclass(model, ActionModel)} == set(OTHER_MODELS)


def test_every_public_function_of_actions_is_an_action() -> None:
    public = list(public_functions("actions"))
    assert len(public) > 15
    assert {name for name, node in public if not is_action(node)} == set(READS_ONLY)


def test_actions_are_told_who_acts_by_keyword_only() -> None:
    acting = [
        (path, node)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and is_action(node)
    ]
    assert len(acting) > 20
    for path, node in acting:
        assert not node.args.args, f"{named(path)}: {node.name}"
        assert "by" in {each.arg for each in node.args.kwonlyargs}, f"{named(path)}: {node.name}"


RUN_BY_MIGRATIONS = {
    "identity/joining.py",
    "identity/judging_functions.py",
    "identity/matching_functions.py",
    "identity/moving_functions.py",
    "identity/raising_functions.py",
    "identity/severing_functions.py",
}
"""Functions of the database, which actions call by name."""


def test_only_modules_with_actions_write() -> None:
    """SQL that writes, and managers' writing methods, stand beside an action that calls them."""
    writers = {named(path) for path in modules() if _writes(path)}
    assert "chronology/actions/events.py" in writers
    acting = {
        named(path)
        for path in modules()
        if any(isinstance(n, ast.FunctionDef) and is_action(n) for n in parsed(path).body)
    }
    assert writers - acting - set(NOT_DATABASE_ROWS) == {"audit/writing.py", *RUN_BY_MIGRATIONS}


def _writes(path: Path) -> bool:
    for node in ast.walk(parsed(path)):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and WRITES.search(text):
            return True
        if isinstance(node, ast.Attribute) and node.attr in MANAGER_WRITES:
            return True
    return False


def test_every_query_takes_the_viewer_first() -> None:
    public = list(public_functions("queries"))
    assert len(public) > 20
    without = {
        name for name, node in public if not node.args.args or node.args.args[0].arg != "viewer"
    }
    assert without - set(NOT_ABOUT_A_CHILD) == set()
    assert set(NOT_ABOUT_A_CHILD) - without == set(), "these are gone, or take a viewer now"


def test_pages_and_command_line_ask_no_manager() -> None:
    """The command line's setting up of a demo may: it looks up what it has just made."""
    folders = [name for name in ("web", "api", "cli", "jobs") if (SOURCE / name).exists()]
    asking = {
        named(path)
        for path in modules(*folders)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    }
    assert asking <= {"cli/demo_cases.py", "cli/demo_people.py"}


def test_the_day_is_asked_of_one_clock_only() -> None:
    asked = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    found = {named(path) for path in modules() if asked.search(path.read_text("utf-8"))}
    assert {name for name in found - CLOCKS if not name.startswith("audit/")} == set()


def test_no_time_is_without_its_zone_and_no_test_sleeps() -> None:
    checked = [
        *(sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--quiet"),
        *("--select", "DTZ", str(SOURCE), str(ROOT / "tests")),
    ]
    done = subprocess.run(checked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    sleeping = [
        path.name
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute | ast.Name) and _name(node) == "sleep"
    ]
    assert sleeping == []


def _name(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


OF_THE_TRUTH = re.compile(r"^/?truth/?$|truth/|storylines|story_records")
"""The names of the truth's folder and of its tables."""


def test_no_product_code_reads_the_truth_of_the_made_up_county() -> None:
    """Only the command line may use the made-up county at all, and none of it the truth."""
    using = {
        named(path): imported
        for path in modules()
        if not named(path).startswith("synthetic/")
        and (imported := {name for name in _imports(path) if "keepsight.synthetic" in name})
    }
    assert {name.split("/")[0] for name in using} == {"cli"}
    assert not any("truth" in name for names in using.values() for name in names)
    for path in modules():
        if not named(path).startswith(("synthetic/", "cli/county")):
            strings = {n.value for n in ast.walk(parsed(path)) if _is_text(n)}
            assert not any(OF_THE_TRUTH.search(text) for text in strings), named(path)


def test_within_the_made_up_county_no_writer_of_feeds_knows_the_truth() -> None:
    """What agencies send is written from what happened, never from who is exploited."""
    for path in modules(
        "synthetic/feeds", "synthetic/life", "synthetic/people", "synthetic/schools"
    ):
        for name in _imports(path):
            assert "synthetic.truth" not in name, named(path)
            assert "synthetic.stories" not in name, named(path)
            assert "synthetic.reading" not in name, named(path)


def test_what_is_large_or_optional_is_imported_in_one_place() -> None:
    for package, place in {"splink": "splink_model", "pyspark": "spark"}.items():
        importing = {
            named(path)
            for path in modules()
            if any(name.split(".")[0] == package for name in _imports(path))
        }
        assert importing == {f"engines/{place}.py"}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
