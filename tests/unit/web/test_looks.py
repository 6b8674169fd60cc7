"""The table that is handed over: no cell is a formula, and nothing counts or numbers."""

import csv
import io
from datetime import date

import pytest

from keepsight.kernel.releasing import Told
from keepsight.oversight.releasing import Document
from keepsight.web.presenters.looks import as_csv, plain


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1"])
def test_what_could_begin_a_formula_is_text(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["identity", "3 March 2026", "a = b", ""])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert plain(cell) == cell


def test_the_table_has_a_heading_and_each_line() -> None:
    line = Told(date(2026, 3, 3), '=SUM(1) "Police"', "Practitioner", "timeline, school")
    document = Document("Police", "A court", "to know", date(2026, 3, 4), (line,))
    heading, row = csv.reader(io.StringIO(as_csv(document)))
    assert heading == ["Day", "Agency", "Role", "What was looked at"]
    assert row == ["3 March 2026", '\'=SUM(1) "Police"', "Practitioner", "timeline, school"]
