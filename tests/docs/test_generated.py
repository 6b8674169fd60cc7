"""The generated reference is current, needs no database, and never states a figure unmarked."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from keepsight.cli import docs
from keepsight.cli.reference import pages
from keepsight.cli.reference.cases import cases_of
from keepsight.cli.reference.indicators import rule_as_list
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.duties.duty import Mark as DutyMark
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    at_least,
    began,
    count_of,
    given,
    in_last,
    says,
    several_of,
    times,
)
from keepsight.kernel.indicators.sentences import lines, sentence
from keepsight.kernel.roles import Permission, Role
from keepsight.kernel.visibility import RULES
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD, Category
from keepsight.kernel.vocabulary.events import CONTENTS

NOT_CONFIRMED = "not confirmed against the source"
UNCONFIRMED = {Mark.UNCONFIRMED, Mark.UNCERTAIN}
RULED = (*CATALOGUE, *COHORTS)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str, *cells: str) -> list[str]:
    """The lines of tables that begin with these cells."""
    begin = f"| {' | '.join(cells)} |" if cells else "| "
    return [line for line in text.splitlines() if line.startswith(begin)]


def test_the_generated_reference_is_current() -> None:
    assert docs.write_docs(check=True) == []


def test_a_changed_a_missing_and_a_foreign_file_are_stale_until_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    docs.write_docs(check=False)
    (tmp_path / "duties.md").write_text("edited by hand", encoding="utf-8")
    (tmp_path / "house.md").unlink()
    old = ("indicators/old.md", "old.md")
    for name in old:
        (tmp_path / name).write_text("a page that is made no more", encoding="utf-8")
    assert docs.write_docs(check=True) == ["duties.md", "house.md", *old]
    assert (tmp_path / "old.md").exists()
    docs.write_docs(check=False)
    assert docs.write_docs(check=True) == []


def test_it_needs_neither_a_database_nor_django_set_up(tmp_path: Path) -> None:
    code = (
        "from keepsight.cli.reference import pages; from django.conf import settings; "
        "assert pages() and not settings.configured"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"KEEPSIGHT_VAR": str(tmp_path), "DATABASE_URL": "postgresql://nobody@nowhere/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.code}-{duty.version}")
def test_a_limit_that_is_not_confirmed_says_so_beside_it(made: dict[str, str], duty) -> None:
    (row,) = rows(section(made["duties.md"], duty.title), str(duty.version))
    assert str(duty.limit) in row
    unconfirmed = duty.mark in {DutyMark.FROM_MEMORY, DutyMark.UNCERTAIN}
    assert row.endswith(f"{NOT_CONFIRMED} |") == unconfirmed


@pytest.mark.parametrize("indicator", RULED, ids=lambda indicator: indicator.code)
def test_a_number_that_is_not_confirmed_says_so_beside_it(
    made: dict[str, str], indicator: Indicator
) -> None:
    own = f"indicators/{indicator.code}.md"
    found = made[own] if own in made else section(made["cohorts.md"], indicator.title)
    before_the_rule = found.split("**Met when:**")[0]
    for threshold in indicator.thresholds:
        (row,) = rows(found, f"{threshold.value} {threshold.unit}", threshold.meaning)
        if threshold.mark in UNCONFIRMED:
            assert NOT_CONFIRMED in row
            assert f"Its numbers: {NOT_CONFIRMED}" in before_the_rule


@pytest.mark.parametrize("code", ATTENDANCE_CODES, ids=lambda row: f"{row.code}-{row.source}")
def test_a_meaning_that_is_not_confirmed_says_so_beside_it(made: dict[str, str], code) -> None:
    found = rows(made["attendance-codes.md"], f"`{code.code}`", code.meaning)
    assert found
    assert any(row.endswith(f"{NOT_CONFIRMED} |") == (code.mark == "M") for row in found)


def test_no_mark_is_left_as_a_letter(made: dict[str, str]) -> None:
    for name, text in made.items():
        assert not any(f"[{mark.value}]" in text for mark in Mark), name


def test_every_rule_of_visibility_and_every_kind_of_event_is_there(made: dict[str, str]) -> None:
    assert all(rows(made["visibility.md"], rule.name.replace("_", " ")) for rule in RULES)
    assert all(f"\n## {content.kind}\n" in made["events.md"] for content in CONTENTS)


def column(text: str, title: str) -> list[str]:
    """The cells of one column of the first table of a text."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    place = lines[0].index(title)
    return [line[place] for line in lines[2:]]


@pytest.mark.parametrize("category", sorted(CLOSELY_HELD), ids=str)
def test_what_is_closely_held_is_nothing_but_to_inspectors_and_by_name(
    made: dict[str, str], category: Category
) -> None:
    usual = made["visibility.md"].split("### Another agency’s record")[1].split("\n### ")[0]
    seen = {
        who: sight
        for who, sight in zip(
            column(usual, "Who looks"), column(usual, category.value.replace("_", " ")), strict=True
        )
        if sight != "nothing"
    }
    named = category is Category.INTELLIGENCE
    assert all(who == "Inspector, a sampled case" or named for who in seen)
    assert "Police officer who broke the glass" not in seen


def test_every_role_says_what_it_is_for_and_every_permission_is_somebodys(
    made: dict[str, str],
) -> None:
    for role in Role:
        assert role.part.description() in made["roles.md"]
    for permission in Permission:
        (row,) = rows(made["roles.md"], permission.value)
        assert "yes" in [cell.strip("| ") for cell in row.split(" | ")[1:]]


def test_a_rule_is_a_numbered_list_that_markdown_nests() -> None:
    missing = began("missing_episode", in_last(90), says("category", "missing"))
    held = began("return_interview_held", in_last(1))
    rule = several_of(
        2,
        at_least(3, count_of(missing)),
        given(at_least(times(2, count_of(missing)), count_of(held))),
    )
    episodes = "missing episodes that began in the last 90 days, where the category is “Missing”"
    assert rule_as_list(rule).splitlines() == [
        "At least 2 of these 2 are so:",
        "",
        f"1. There were at least 3 {episodes}.",
        "2. As background only, which is no evidence:",
        "   1. The first of these numbers is no less than the second:",
        "      1. The number of return home interviews held on the day itself.",
        f"      2. Twice the number of {episodes}.",
    ]


@pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda indicator: indicator.code)
def test_an_indicator_has_a_page_with_its_sentence_and_its_cases(
    made: dict[str, str], indicator: Indicator
) -> None:
    page = made[f"indicators/{indicator.code}.md"]
    assert f"]({indicator.code}.md)" in made["indicators/README.md"]
    assert f"**Met when:** {lines(sentence(indicator.rule))[0].text}" in page
    cases = cases_of(indicator.code)
    assert {bool(case.met_by) for case in cases} == {True, False}
    for case in cases:
        (verdict,) = re.findall(r"^\*\*(.+)\*\*$", case_of(page, case.title), re.MULTILINE)
        assert verdict == (f"Met by: {', '.join(case.met_by)}." if case.met_by else "Not met.")
        assert len(rows(case_of(page, case.title))) == len(case.rows) + 2


def case_of(page: str, title: str) -> str:
    return page.split(f"\n### {title}\n", 1)[1].split("\n### ", 1)[0]
