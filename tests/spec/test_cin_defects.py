"""Every single defect of a children in need return is found, and nothing in a clean one is."""

from pathlib import Path

import pytest

from keepsight.kernel.checks.cin import RULES
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.blocks import written
from keepsight.kernel.formats.schema import Element
from keepsight.kernel.formats.tree import Node
from tests.factories.returns import cin_full
from tests.factories.returns.changes import changed

FOUND_ELSEWHERE = {
    "2887Q": "of a hundred disabled children and more",
    "2888Q": "of a hundred disabled children and more",
    "XML13": "the one count has its own number, 8730",
}
"""Rules that no single change to a small return breaks, and why."""


def rows() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "defects" / "cin.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][2:]
    return [tuple(line.strip("| ").split(" | ")) for line in lines]  # type: ignore[misc]


DEFECTS = rows()


def test_there_are_many_defects_and_no_two_alike() -> None:
    assert len(DEFECTS) >= 200
    assert len(set(DEFECTS)) == len(DEFECTS)
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert f"{len(DEFECTS)} single defects seeded into a clean census return" in readme


@pytest.mark.parametrize(
    ("change", "rule", "field"), DEFECTS, ids=lambda cell: cell.replace(" ", "_")
)
def test_a_single_defect_is_found(change: str, rule: str, field: str) -> None:
    found = cin_full.findings(changed(change))
    assert (rule, field) in {(each.rule, each.field) for each in found}
    assert all(each.row and each.says.endswith((".", "?")) and each.remedy for each in found)


def test_a_return_that_holds_every_element_and_is_right_gives_nothing() -> None:
    tree = cin_full.message(cin_full.header(), cin_full.children())
    assert cin_full.findings(tree) == []
    assert _leaves(cin_census.MESSAGE) - _names(tree) == {"GenderCurrent"}


def test_every_rule_is_broken_by_some_defect() -> None:
    broken = {rule for _, rule, _ in DEFECTS}
    assert {rule.code for rule in RULES} - broken == set(FOUND_ELSEWHERE)


def test_a_return_before_2024_has_a_gender_and_no_sex() -> None:
    earlier = "header ReferenceDate = 2024-03-31; header Year = 2024"
    found = cin_full.findings(changed(f"{earlier}; C1001 Sex renamed GenderCurrent"))
    of_c1001 = {each.rule for each in found if each.child == "C1001" and "Sex" in each.field}
    assert of_c1001 == set()
    assert {each.field for each in found if each.rule == "XML16"} == {"Sex"}
    wrong = cin_full.findings(
        changed(f"{earlier}; C1001 Sex renamed GenderCurrent; C1001 GenderCurrent = F")
    )
    assert ("4180", "GenderCurrent") in {(each.rule, each.field) for each in wrong}


def of_disabled(count: int, *disabilities: str) -> set[str]:
    """The rules that a return of so many disabled children breaks."""
    kids = []
    for number in range(count):
        identity = {**cin_full.ON_PLANS["ChildIdentifiers"], "LAchildID": f"C{number}"}  # type: ignore[dict-item]
        identity = {name: value for name, value in identity.items() if name != "UPN"}
        given = {"Ethnicity": "WBRI", "Disabilities": {"Disability": list(disabilities)}}
        child = {
            **cin_full.ON_PLANS,
            "ChildIdentifiers": {**identity, "UPNunknown": "UN4"},
            "ChildCharacteristics": given,
        }
        kids.append(written(cin_census.CHILD, child))
    return {each.rule for each in cin_full.findings(cin_full.message(cin_full.header(), kids))}


def test_which_disabilities_a_large_return_uses_is_asked_about() -> None:
    assert of_disabled(99, "LD") == set()
    assert of_disabled(100, "LD") == {"2887Q", "2888Q"}
    assert of_disabled(100, "LD", "AUT") == {"2887Q"}
    assert of_disabled(100, "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS") == set()


def _leaves(element: Element) -> set[str]:
    inner = {name for child in element.children for name in _leaves(child)}
    return inner | {element.name}


def _names(node: Node) -> set[str]:
    return {node.name} | {name for child in node.children for name in _names(child)}
