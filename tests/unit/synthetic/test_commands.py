"""`keepsight county`: made, described and told at the command line; what is wrong in a sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from keepsight.cli.county import county
from keepsight.cli.errors import Unusable
from tests.unit.synthetic.conftest import Made

RUN = CliRunner()


def told(*words: str) -> str:
    result = RUN.invoke(county, words, env={"COLUMNS": "150"})
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = RUN.invoke(county, words)
    assert result.exit_code == 1
    assert isinstance(result.exception, Unusable)
    return str(result.exception)


def test_make_says_what_was_made_and_where(tmp_path: Path) -> None:
    out = str(tmp_path / "county")
    said = told("make", "--children", "200", "--seed", "3", "--out", out, "--weeks", "26")
    assert "200 children in 3 districts" in said
    assert (tmp_path / "county" / "truth" / "summary.json").exists()
    card = (tmp_path / "county" / "DATA_CARD.md").read_text(encoding="utf-8")
    assert "--children 200 --seed 3 --today 2026-07-01 --weeks 26" in card


def test_describe_prints_each_figure_with_its_source(made: Made) -> None:
    said = told("describe", str(made.folder))
    for words in ("Sessions missed", "DfE, Pupil absence", "Pupils: White British", "63 figures"):
        assert words in said
    rows = json.loads(told("describe", str(made.folder), "--json"))
    assert len(rows) == 63
    assert {"published", "county", "source", "mark", "holds"} <= rows[0].keys()


def test_story_prints_a_timeline_beside_what_each_agency_could_see() -> None:
    said = told("story", "--seed", "7", "2", "--children", "1000")
    assert said.count("Story ") == 2
    assert "The truth:" in said
    assert "What each agency alone could see" in said
    assert "●" in said
    again = told("story", "--seed", "7", "--children", "1000", "--only", "2")
    assert again.strip() in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("describe", "nowhere"), "There is no county in nowhere. Make one: keepsight county make"),
        (("make", "--out", "x", "--today", "soon"), "takes a day such as 2026-07-01, not “soon”"),
        (("story", "--children", "200", "--only", "999"), "has no story of number 999"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused(*words)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "letters.txt"
    kept.write_text("keep me")
    assert "holds something that is no county" in refused("make", "--out", str(tmp_path))
    assert kept.read_text() == "keep me"
