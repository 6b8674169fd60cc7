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
    for words in (
        "Sessions missed",
        "DfE, Pupil absence",
        "Pupils: White British",
        "63 figures",
        "within ±",
        "not confirmed",
    ):
        assert words in said
    rows = json.loads(told("describe", str(made.folder), "--json"))
    assert len(rows) == 63
    assert {"published", "within", "county", "source", "mark", "holds"} <= rows[0].keys()


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
        (
            ("describe", "nowhere"),
            "no whole county in nowhere. Make one: keepsight county make --out nowhere",
        ),
        (("make", "--out", "x", "--today", "soon"), "takes a day such as 2026-07-01, not “soon”"),
        (("make", "--out", "x", "--today", "2026-W27-3"), "takes a day such as 2026-07-01"),
        (("make", "--out", "x", "--today", "2020-07-01"), "on a day from 2025-01-01 to 2099-12-31"),
        (("make", "--out", __file__), "is a file, or lies in one. Name a folder"),
        (("describe", __file__), "is a file. Name the folder of a county"),
        (("story", "--children", "200", "--only", "999"), "there is no story 999"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused(*words)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "letters.txt"
    kept.write_text("keep me")
    assert "no county wrote: letters.txt" in refused("make", "--out", str(tmp_path))
    assert kept.read_text() == "keep me"


def test_what_somebody_put_among_the_files_of_a_county_is_left_alone(tmp_path: Path) -> None:
    words = ("make", "--children", "100", "--weeks", "26", "--out", str(tmp_path))
    told(*words)
    note = tmp_path / "truth" / "notes.txt"
    note.write_text("keep me")
    assert "no county wrote: truth/notes.txt" in refused(*words)
    assert note.read_text() == "keep me"
    note.unlink()
    told(*words)


def test_a_county_that_was_broken_off_is_replaced_and_not_described(tmp_path: Path) -> None:
    words = ("make", "--children", "100", "--weeks", "26", "--out", str(tmp_path))
    told(*words)
    (tmp_path / "county.json").unlink()
    assert "There is no whole county in" in refused("describe", str(tmp_path))
    told(*words)
    for register in (tmp_path / "feeds").rglob("daily_register/*.csv"):
        register.unlink()
    assert "A file of the county is missing" in refused("describe", str(tmp_path))


def test_fewer_stories_than_asked_are_said(tmp_path: Path) -> None:
    assert "stories, and no more." in told("story", "999", "--children", "200")
