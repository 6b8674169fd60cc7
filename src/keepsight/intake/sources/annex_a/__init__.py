"""Child-level data for inspection (Annex A): a workbook of eleven lists.

Each row of a list states one fact or more, as “List 7, row 4” and “List 7, row 4, visit”. What the
council’s own returns say of the same referral, enquiry, plan or placement stands over what a list
says again. A row of the list of adoption states nothing that is not sealed; the list of adopters is
not read.
"""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.spreadsheet import Row, Spreadsheet
from keepsight.intake.readers.workbook import begins_like_one
from keepsight.intake.rows import Context, Fact, FileRefused, Part, Refused, Remark
from keepsight.intake.sources.annex_a.mapping import PARTS
from keepsight.intake.tabular import PartOfLine
from keepsight.intake.values import british_day
from keepsight.kernel.formats.annex_a import CHILD, LEFT, LISTS, plain
from keepsight.kernel.formats.schema import Table
from keepsight.kernel.vocabulary.content.base import ContentError

NO_LIST = "The sheet is no list of Annex A, so nothing in it was read."
NO_COLUMN = "The list has no such column; what stands in it is kept here only."


class AnnexA:
    """Lists 1 to 10, each a sheet that is named for it; days may be days or dd/mm/yyyy."""

    name = "annex_a"
    title = "Child-level data for inspection, Annex A (Excel)"

    def recognises(self, filename: str, head: bytes) -> bool:
        return begins_like_one(head)

    @staticmethod
    def has_list(book: Spreadsheet, sheet: str) -> bool:
        """Whether a sheet is one of the lists by its name and its first column’s."""
        heading = next(book.rows(sheet), None) if _list_named(sheet) in LISTS else None
        return heading is not None and plain(CHILD.name) in map(plain, heading.cells)

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen = KeysSeen()
        with Spreadsheet(stream) as book:
            if not any(self.has_list(book, sheet) for sheet in book.sheets):
                raise FileRefused("The workbook has no list of Annex A, such as “List 1”.")
            for sheet in book.sheets:
                for part in _parts_of_sheet(book, sheet, context):
                    yield seen.distinct(part) if isinstance(part, Fact) else part


def _list_named(sheet: str) -> str:
    """“List 3” for “list_3 ”, whatever stands between."""
    return plain(sheet).replace("_", " ").capitalize()


def _parts_of_sheet(book: Spreadsheet, sheet: str, context: Context) -> Iterator[Part]:
    rows = book.rows(sheet)
    heading = next(rows, None)
    table = LISTS.get(_list_named(sheet))
    if heading is None or _list_named(sheet) in LEFT:
        return
    if table is None:
        raw = {str(number): cell for number, cell in enumerate(heading.cells, start=1)}
        yield Refused(f"sheet {sheet}", "", "", NO_LIST, raw)
        return
    names = _names(heading, table)
    for row in rows:
        yield from _parts_of_row(row, names, table, context)


def _names(heading: Row, table: Table) -> list[str]:
    """The list’s own name of each column, or the sheet’s where the list has none."""
    known = {plain(column.name): column.name for column in table.columns}
    names = [known.get(plain(cell), cell) for cell in heading.cells]
    for column in table.columns:
        if column.required and column.name not in names:
            raise FileRefused(f"{table.name} has no column “{column.name}”, and cannot be read.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FileRefused(f"{table.name} has the column “{twice[0]}” twice.")
    return names


def _parts_of_row(row: Row, names: list[str], table: Table, context: Context) -> Iterator[Part]:
    name = f"{table.name}, row {row.number}"
    if len(row.cells) > len(names):
        raw = {f"value {number}": cell for number, cell in enumerate(row.cells, start=1)}
        reason = f"The row has {len(row.cells)} values where the heading has {len(names)}."
        yield Refused(name, "", "", reason, raw)
        return
    values = dict(zip(names, row.cells, strict=False))
    strangers = [Remark(each, values[each], NO_COLUMN) for each in _strangers(values, table)]
    stated = False
    for part in PARTS[table.name]:
        fields = Fields(values, context, british_day, table.codes)
        fields.remarks += [] if stated else strangers
        found = _stated(part, fields, name)
        if found is not None:
            stated = True
            yield found


def _strangers(values: dict[str, str], table: Table) -> list[str]:
    return [name for name, value in values.items() if value and name not in table.names]


def _stated(part: PartOfLine, fields: Fields, row: str) -> Fact | Refused | None:
    name = f"{row}, {part.name}" if part.name else row
    try:
        return part.build(fields, name)
    except Unfit as unfit:
        return fields.refused(name, unfit)
    except ContentError as error:
        return fields.refused(name, Unfit("", "", str(error)))
