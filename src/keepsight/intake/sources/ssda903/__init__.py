"""Children looked after return (SSDA903) as CSV, each table known by its exact columns.

A line of health and outcomes states two facts where it tells of a questionnaire: “row 12” and
“row 12, questionnaire”. What the tables of adoption state is sealed.
"""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.files import head_of
from keepsight.intake.readers.csv import heading
from keepsight.intake.rows import Context, FileRefused, Part
from keepsight.intake.sources.ssda903.mapping import PARTS
from keepsight.intake.tabular import parts_of_table
from keepsight.intake.values import british_day
from keepsight.kernel.formats.schema import Table
from keepsight.kernel.formats.ssda903_more import ALL_TABLES


class SSDA903:
    """All tables of the return. A yearly answer is timeless: a later file that gives the same one
    changes nothing.
    """

    name = "ssda903"
    title = "Children looked after return SSDA903 (CSV)"
    days = "dd/mm/yyyy"

    def recognises(self, filename: str, head: bytes) -> bool:
        return _table(head) is not None

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        table = _table(head_of(stream))
        if table is None:
            raise FileRefused("The columns are those of no SSDA903 table that Keepsight takes.")
        return parts_of_table(stream, context, table, british_day, PARTS[table.name])


def _table(head: bytes) -> Table | None:
    names = heading(head)
    return next((table for table in ALL_TABLES if table.has_heading(names)), None)
