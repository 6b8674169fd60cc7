"""`keepsight indicators`: what a person reads, what a program reads, and what is refused."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from keepsight.cli.app import app
from keepsight.cli.errors import Unusable
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.reading_written import indicator_of
from keepsight.kernel.indicators.written import as_data
from keepsight.synthetic import write_county
from keepsight.synthetic.period import USUAL_DAY

RUN = CliRunner()
CODES = [each.code for each in CATALOGUE]


def indicators(*words: object) -> Result:
    return RUN.invoke(app, ["indicators", *map(str, words)], env={"COLUMNS": "200"})


def refusal(*words: object) -> str:
    done = indicators(*words)
    assert isinstance(done.exception, Unusable), done.output
    return str(done.exception)


def definition(folder: Path, code: str = "repeat_missing", **changes: object) -> Path:
    """A file with one of our own indicators in it, and some of its parts set anew."""
    data = as_data(next(each for each in CATALOGUE if each.code == code)) | changes
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")
    return path


def test_the_list_names_every_indicator() -> None:
    lines = indicators("list").stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == CODES
    assert all(each.title in line for each, line in zip(CATALOGUE, lines, strict=True))


def test_the_list_is_data_for_a_program() -> None:
    found = json.loads(indicators("list", "--json").stdout)
    assert [each["code"] for each in found] == CODES
    assert found[1]["mark"] == "not confirmed against the source"


@pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda each: each.code)
def test_one_is_shown_whole(indicator) -> None:
    shown = indicators("show", indicator.code).stdout
    for words in (indicator.title, indicator.reason, indicator.question, indicator.changes):
        assert words in shown
    assert "Whose data it reads: " in shown
    assert all(threshold.meaning in shown for threshold in indicator.thresholds)
    assert "Example, met by " in shown
    assert "Example, not met: " in shown


def test_what_a_program_is_shown_can_be_read_back() -> None:
    shown = json.loads(indicators("show", "repeat_missing", "--json").stdout)
    assert indicator_of(shown["definition"]).code == "repeat_missing"
    assert shown["met_when"] == [
        {
            "number": "",
            "text": "There were at least 3 days on which a missing episode began in the last 90"
            " days.",
        }
    ]
    assert [case["met_by"] for case in shown["examples"]][:2] == [["m1", "m2", "m3"], []]


def test_one_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    said = refusal("show", "astrology")
    assert said.startswith("There is no indicator “astrology”. The indicators are: ")
    assert all(code in said for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_what_show_writes_as_a_definition_can_be_used(tmp_path: Path, code: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(indicators("show", code, "--definition").stdout, "utf-8")
    done = indicators("check", path)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"own.yaml can be used: {by_code(code).title} ({code}, ")


def by_code(code: str):
    return next(each for each in CATALOGUE if each.code == code)


def test_a_definition_may_be_json_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(as_data(CATALOGUE[0]), indent="\t"), "utf-8")
    assert indicators("check", path).exit_code == 0


def test_what_is_wrong_is_said_with_its_line_and_place_and_ends_with_1(tmp_path: Path) -> None:
    path = definition(tmp_path, mark="V", reason="Such a child is at risk.")
    path.write_text(path.read_text("utf-8").replace("missing_episode", "mising_episode"), "utf-8")
    done = indicators("check", path)
    lines = path.read_text("utf-8").splitlines()
    kind = next(at for at, line in enumerate(lines, 1) if "mising_episode" in line)
    mark = next(at for at, line in enumerate(lines, 1) if line == "mark: V")
    reason = next(at for at, line in enumerate(lines, 1) if line.startswith("reason: "))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"mine.yaml, line {reason}, reason: An indicator never says “at risk”: say what happened.",
        f"mine.yaml, line {mark}, mark: “V” cannot stand here: it takes one of read,"
        " read_second_hand, unconfirmed, uncertain, derived.",
        f"mine.yaml, line {kind}, rule.at_least.number.different_days.events.kind:"
        " “mising_episode” is not a kind of event that Keepsight knows. Did you mean"
        " “missing_episode”?",
    ]


UNREADABLE = {
    "": "line 1: Nothing cannot stand here: it takes names such as code, version, title, question.",
    "code: [1\ntitle: x": "line 2: This is neither YAML nor JSON: expected ',' or ']', but got"
    " ':'.",
    "code: x\ncode: y": "line 2, code: “code” stands here twice.",
    "thresholds: &a [1]\nrule: *a": "line 2, rule: Write this part out: an alias is not taken.",
    "\x00": "line 1: This is neither YAML nor JSON: it holds what is not text.",
    "[" * 5_000: "line 1: It holds more parts within parts than a rule that anybody could read.",
    "rule: " + "{all_of: " * 70 + "{}" + "}" * 70: "It holds more parts within parts than a rule"
    " that anybody could read.",
    "a" * 200_001: "line 1: The file is longer than any definition is.",
}


@pytest.mark.parametrize(("text", "says"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_is_no_definition_at_all_is_said_in_a_sentence(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    done = indicators("check", path)
    assert done.exit_code == 1
    assert done.stderr.startswith("mine.yaml, line ")
    assert done.stderr.endswith(f"{says}\n")


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    assert refusal("check", tmp_path / "none.yaml").startswith("There is no file ")
    (tmp_path / "mine.yaml").write_bytes(b"\xff\xfe\x00")
    assert refusal("check", tmp_path / "mine.yaml") == "mine.yaml is not text in UTF-8."


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, children=100, seed=7, today=USUAL_DAY, weeks=26)
    return folder


def test_a_definition_is_tried_on_a_county(tmp_path: Path, county: Path) -> None:
    done = indicators("try", definition(tmp_path), "--county", county)
    assert done.exit_code == 0, done.output
    title, met, raised, read, honest = done.stdout.splitlines()
    assert title == f"{by_code('repeat_missing').title} (repeat_missing, version 1)"
    assert met.endswith(" children whom the agencies know meet it on 1 July 2026.")
    assert raised.startswith("In the 26 weeks up to then it would have raised ")
    assert read.startswith("Read: ")
    assert "not what it would find among real children" in honest


def test_a_county_or_a_day_that_there_is_not_is_said(tmp_path: Path, county: Path) -> None:
    mine = definition(tmp_path)
    assert refusal("try", mine, "--county", tmp_path).startswith("There is no made-up county in ")
    assert refusal("try", mine, "--county", county, "--on", "x") == (
        "--on takes a day such as 2026-03-31, not “x”."
    )
    assert refusal("try", mine, "--county", county, "--on", "2020-01-01").startswith(
        "The county lives from "
    )


def test_a_definition_that_is_wrong_is_not_tried(tmp_path: Path, county: Path) -> None:
    done = indicators("try", definition(tmp_path, mark="V"), "--county", county)
    assert done.exit_code == 1
    assert "mark: “V” cannot stand here" in done.stderr
