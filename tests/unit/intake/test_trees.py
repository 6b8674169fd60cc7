"""A census file as the checks read it: each header and child, and what stands around them."""

import io

import pytest

from keepsight.intake.readers.trees import pieces
from keepsight.intake.rows import FileRefused
from keepsight.kernel.checks import Finding
from keepsight.kernel.checks.cin import Checking
from keepsight.kernel.formats import cin_return
from tests.factories.returns import cin_full

CLEAN = "".join(cin_return.pieces(cin_full.HEADER, cin_full.CHILDREN))


def findings(text: str) -> list[Finding]:
    checking, found = Checking(), []
    take = {"Header": checking.take_header, "Child": checking.take_child, "Message": checking.end}
    for piece in pieces(io.BytesIO(text.encode())):
        found += take[piece.kind](piece.node)
    return found


def named(text: str) -> set[tuple[str, str]]:
    assert text != CLEAN
    return {(each.rule, each.field) for each in findings(text)}


def test_a_clean_file_gives_nothing_in_any_dress() -> None:
    spaced = CLEAN.replace("<Message>", '<Message xmlns="urn:dfe" xmlns:x="urn:x">')
    located = CLEAN.replace(
        "<Message>",
        '<Message xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation'
        '="CIN.xsd">',
    )
    remarked = CLEAN.replace("<Child>", "<!-- a child --><Child>")
    for text in (CLEAN, spaced, located, remarked, CLEAN.replace("\n", "\r\n")):
        assert findings(text) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("<Children>", "<Children>loose", "XML05", "Children"),
        ("    </Child>\n", "    </Child>loose\n", "XML05", "Children"),
        ("    </Child>\n", "    </Child><Pupil/>\n", "XML01", "Pupil"),
        ("  <Children>", "  <Notes/><Children>", "XML01", "Notes"),
        ("<Message>", "<Message>loose", "XML05", "Message"),
        ("<Children>", "<Children note='1'>", "XML08", "Children"),
        ("    <Child>\n", "    <Child><Child><LAchildID>X</LAchildID></Child>\n", "XML01", "Child"),
        ("<LAchildID>C1001", "<LAchildID note='1'>C1001", "XML08", "LAchildID"),
        ("</Children>", "</Children><Children></Children>", "XML04", "Children"),
    ],
)
def test_what_stands_where_it_should_not_is_found(old, new, rule, field) -> None:
    assert (rule, field) in named(CLEAN.replace(old, new, 1))


def test_a_return_without_children_says_so() -> None:
    empty = f"{CLEAN.split('<Children>')[0]}<Children></Children></Message>"
    assert ("XML03", "Child") in named(empty)
    assert ("XML03", "Children") in named(f"{CLEAN.split('<Children>')[0]}</Message>")


def test_a_header_after_the_children_is_out_of_order() -> None:
    head = CLEAN[CLEAN.index("  <Header>") : CLEAN.index("  <Children>")]
    moved = CLEAN.replace(head, "").replace("</Message>", f"{head}</Message>")
    assert ("XML02", "Header") in named(moved)


def test_a_row_is_named_as_taking_it_in_names_it() -> None:
    wrong = CLEAN.replace("<CPPendDate>2025-11-03", "<CPPendDate>2025-02-31")
    (found,) = [each for each in findings(wrong) if each.rule == "XML10"]
    assert found.row == "Child 1, CINdetails 1, ChildProtectionPlans 1"
    assert (found.child, found.field, found.value) == ("C1001", "CPPendDate", "2025-02-31")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<Message><Children>", "broken or ends too early"),
        ("<Return></Return>", "no Message element"),
        ("<!DOCTYPE Message><Message></Message>", "declares a document type"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        findings(text)
