"""Every single defect of a looked-after return is found, and nothing in a clean one is."""

from pathlib import Path

import pytest

from keepsight.kernel.checks.ssda903 import RULES, Line, check, year_of
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from tests.factories.returns import ssda903_full
from tests.factories.returns.line_changes import changed

FOUND_ELSEWHERE = {
    "KS090": "of a file that is no table",
    "KS091": "of a line that does not fit its heading",
    "KS153": "of returns before 2023-24",
    "KS183": "of returns before 2026-27",
    **dict.fromkeys(("202", "203", "204", "208", "502", "576"), "of last year’s return"),
}
"""Rules that no single change to a return of 2026-27 breaks; tests of their own are elsewhere."""


def rows() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "defects" / "ssda903.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][2:]
    return [tuple(line.strip("| ").split(" | ")) for line in lines]  # type: ignore[misc]


DEFECTS = rows()


def test_there_are_many_defects_and_no_two_alike() -> None:
    assert len(DEFECTS) >= 200
    assert len(set(DEFECTS)) == len(DEFECTS)
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert f"{len(DEFECTS)} into a clean looked-after return" in readme


@pytest.mark.parametrize(
    ("change", "rule", "field"), DEFECTS, ids=lambda cell: cell.replace(" ", "_")
)
def test_a_single_defect_is_found(change: str, rule: str, field: str) -> None:
    found = ssda903_full.findings(changed(change))
    assert (rule, field) in {(each.rule, each.field) for each in found}
    assert all(each.row and each.says.endswith(".") and each.remedy for each in found)


def test_a_return_with_every_table_that_is_right_gives_nothing() -> None:
    lines = ssda903_full.lines()
    assert ssda903_full.findings(lines) == []
    assert {line.table for line in lines} == {table.name for table in ALL_TABLES}
    given = {(line.table, name) for line in lines for name, text in line.values.items() if text}
    columns = {(table.name, name) for table in ALL_TABLES for name in table.names}
    assert columns - given == {("oc2", "SDQ_REASON")}, "a score or a reason, and K1 has a score"
    assert year_of(lines) == ReturnYear.ending(2027)


def test_every_rule_is_broken_by_some_defect() -> None:
    broken = {rule for _, rule, _ in DEFECTS}
    assert {rule.code for rule in RULES} - broken == set(FOUND_ELSEWHERE)


LAST_YEAR = [
    ("header", "K1 F 04/05/2010 WBRI H801200001001 0 -"),
    ("episodes", "K1 01/02/2025 S C2 N1 U4 PR1 - - - ZZ1_1AA ZZ2_2BB -"),
    ("missing", "K1 04/05/2010 M 30/03/2026 -"),
]


def last_year(**changes: str) -> list[Line]:
    found = []
    for table_name, row in LAST_YEAR:
        table = next(each for each in ALL_TABLES if each.name == table_name)
        cells = ["" if cell == "-" else cell.replace("_", " ") for cell in row.split()]
        values = dict(zip(table.names, cells, strict=True))
        values |= {name: text for name, text in changes.items() if name in values}
        found.append(Line(table_name, f"{table_name}, row 2", values))
    return found


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({}, "576"),
        ({"MIS_END": "31/03/2026"}, ""),
        ({"MIS_END": "31/03/2026", "SEX": "M"}, "202"),
        ({"MIS_END": "31/03/2026", "DOB": "05/05/2010"}, "203"),
        ({"MIS_END": "31/03/2026", "ETHNIC": "WOTH"}, "204"),
        ({"MIS_END": "31/03/2026", "UPN": "L801200001003"}, "208"),
        ({"MIS_END": "31/03/2026", "UPN": "UN4"}, ""),
        ({"MIS_END": "31/03/2026", "DECOM": "02/02/2025"}, "502"),
    ],
)
def test_what_must_follow_from_last_year(change: dict[str, str], rule: str) -> None:
    found = ssda903_full.findings(ssda903_full.lines(), last_year(**change))
    assert {each.rule for each in found} == ({rule} if rule else set())


def test_tables_are_of_their_years() -> None:
    lines = ssda903_full.lines()
    assert "KS183" in {each.rule for each in check(lines, ReturnYear.ending(2026))}
    assert "KS153" in {each.rule for each in check(lines, ReturnYear.ending(2023))}


def test_short_breaks_add_up_over_the_year() -> None:
    table = next(each for each in ALL_TABLES if each.name == "episodes")
    lines = [each for each in ssda903_full.lines() if each.values["CHILD"] == "K6"]
    lines = [each for each in lines if each.table == "header"]
    for month in range(5, 11):
        row = f"K6 01/{month:02d}/2026 S V3 N2 U6 PR1 16/{month:02d}/2026 E4A - - - -"
        cells = ["" if cell == "-" else cell for cell in row.split()]
        values = dict(zip(table.names, cells, strict=True))
        lines.append(Line("episodes", f"episodes, row {month}", values))
    rules = [each.rule for each in ssda903_full.findings(lines)]
    assert rules.count("367") == 1
    assert "365" not in rules
