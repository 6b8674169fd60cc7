"""What is written by a schema is read back as it was, and a clean file is written as it stands."""

import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepsight.intake.readers import trees
from keepsight.kernel.formats import cin_census, cin_return, csv_text
from keepsight.kernel.formats.blocks import Block, NotOfSchema, read, written
from keepsight.kernel.formats.schema import Column, Element, Shape, Table, Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from keepsight.kernel.formats.xml_text import NotXML
from tests.factories.returns import cin_full, of_county

FIXTURE = Path(__file__).parents[2] / "src/keepsight/intake/sources/cin/fixture.xml"
texts = (
    st.text(
        st.characters(
            min_codepoint=9, exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"
        ),
        min_size=1,
        max_size=30,
    )
    .map(lambda text: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).strip())
    .filter(bool)
)
"""Any text that XML can hold, the awkward among it: quotation marks, ampersands, line ends."""


def shaped(shape: Shape) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(shape.pattern, re.ASCII), fullmatch=True)


def values(schema: Element) -> st.SearchStrategy[object]:
    if schema.type is Type.GROUP:
        return blocks(schema)
    if schema.type is Type.DAY:
        return st.dates()
    if schema.type is Type.FLAG:
        return st.booleans()
    if schema.type is Type.COUNT:
        return st.integers(0, 10**9 - 1)
    if schema.codes:
        return st.sampled_from([code for codes in schema.codes for code in codes.codes])
    return shaped(schema.shape) if schema.shape else texts


def blocks(schema: Element) -> st.SearchStrategy[dict[str, object]]:
    """Any block that a schema allows."""
    given_ = {}
    for child in schema.children:
        one = values(child)
        given_[child.name] = st.lists(one, min_size=1, max_size=3) if child.many else one
    required = {child.name: given_.pop(child.name) for child in schema.children if child.required}
    return st.fixed_dictionaries(required, optional=given_)


def read_back(text: str) -> tuple[Block, list[Block]]:
    pieces = list(trees.pieces(io.BytesIO(text.encode())))
    (header,) = [each.node for each in pieces if each.kind == "Header"]
    children = [read(cin_census.CHILD, each.node) for each in pieces if each.kind == "Child"]
    return read(cin_census.HEADER, header), children


def spaceless(text: str) -> str:
    return re.sub(r"\s+", "", re.sub("<!--.*?-->", "", text, flags=re.DOTALL))


@settings(max_examples=150, deadline=None)
@given(blocks(cin_census.HEADER), st.lists(blocks(cin_census.CHILD), min_size=1, max_size=3))
def test_any_valid_return_is_read_back_as_it_was_written(header, children) -> None:
    text = "".join(cin_return.pieces(header, children))
    assert read_back(text) == (header, children)


@pytest.mark.parametrize("text", [FIXTURE.read_text("utf-8")])
def test_a_clean_file_is_written_as_it_stands(text: str) -> None:
    header, children = read_back(text)
    assert spaceless("".join(cin_return.pieces(header, children))) == spaceless(text)


def test_a_county_export_is_written_as_it_stands() -> None:
    for files in of_county.exports().values():
        text = files["cin.xml"].decode()
        header, children = read_back(text)
        assert spaceless("".join(cin_return.pieces(header, children))) == spaceless(text)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"Sex": "X"}, "Sex cannot be written: it is not one of its codes"),
        ({"Sex": ""}, "Sex cannot be written: it is not a text"),
        ({"LAchildID": None}, "LAchildID cannot be written"),
        ({"LAchildID": " C1"}, "LAchildID cannot be written: it is not a text"),
        ({"PersonBirthDate": "2011-04-02"}, "PersonBirthDate cannot be written: it is not a day"),
        ({"Surname": "Example"}, "ChildIdentifiers has no Surname"),
    ],
)
def test_what_is_not_right_is_not_written(changes: dict[str, object], why: str) -> None:
    identity = {**cin_full.EVERYTHING["ChildIdentifiers"], **changes}  # type: ignore[dict-item]
    with pytest.raises(NotOfSchema, match=why):
        written(cin_census.CHILD, {**cin_full.EVERYTHING, "ChildIdentifiers": identity})


@pytest.mark.parametrize("missing", ["ChildIdentifiers", "ChildCharacteristics", "CINdetails"])
def test_what_must_be_given_must_be_given(missing: str) -> None:
    child = {name: value for name, value in cin_full.EVERYTHING.items() if name != missing}
    with pytest.raises(NotOfSchema, match=f"{missing} is missing from Child"):
        written(cin_census.CHILD, child)


def test_what_no_xml_can_hold_is_not_written() -> None:
    header = {"Source": [{"LEA": "999", "SoftwareCode": "bell\x07"}]}
    with pytest.raises(NotXML, match=r"U\+0007"):
        "".join(cin_return.pieces(header, []))


def cell(column: Column) -> st.SearchStrategy[object]:
    if column.type is Type.DAY:
        return st.dates(min_value=date(1900, 1, 1))
    return texts


def rows_of(table: Table) -> st.SearchStrategy[list[dict[str, object]]]:
    cells = {column.name: cell(column) for column in table.columns}
    required = {each.name: cells.pop(each.name) for each in table.columns if each.required}
    return st.lists(st.fixed_dictionaries(required, optional=cells), max_size=5)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ALL_TABLES).flatmap(lambda t: st.tuples(st.just(t), rows_of(t))))
def test_any_table_is_read_back_as_it_was_written(made: tuple[Table, Iterable[dict]]) -> None:
    table, rows = made
    assert csv_text.read(table, "".join(csv_text.written(table, rows))) == rows


def test_a_countys_tables_are_written_as_they_stand() -> None:
    for files in of_county.exports().values():
        for content in files.values():
            text = content.decode()
            heading = text.split("\r\n", 1)[0].split(",")
            for table in ALL_TABLES:
                if list(table.names) == heading:
                    rows = csv_text.read(table, text)
                    assert "".join(csv_text.written(table, rows)) == text


def test_a_row_that_is_not_right_is_not_written() -> None:
    (table,) = [each for each in ALL_TABLES if each.name == "episodes"]
    for row, why in (
        ({"CHILD": "K1"}, "DECOM is missing"),
        ({"CHILD": "K1", "DECOM": "01/02/2025"}, "DECOM cannot be written: it is not a day"),
        ({"CHILD": "K1", "DECOM": date(2025, 2, 1), "AGE": 5}, "has no column AGE"),
    ):
        with pytest.raises(csv_text.NotOfTable, match=why):
            list(csv_text.written(table, [row]))
