"""Tables in and out of CSV text by their columns: days dd/mm/yyyy, as DfE returns have them.

A row is a dictionary by column name. An empty cell is left out of the row.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from keepsight.kernel.formats.days import british, british_day
from keepsight.kernel.formats.schema import Column, Table, Type

Row = Mapping[str, object]


class NotOfTable(ValueError):
    """A row that the table does not allow; the message names the column and why."""


def written(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a table, heading first; raises `NotOfTable`."""
    yield _line(table.names)
    for row in rows:
        if unknown := sorted(set(row) - set(table.names)):
            raise NotOfTable(f"{table.title} has no column {', '.join(unknown)}.")
        yield _line([_cell(column, row.get(column.name)) for column in table.columns])


def read(table: Table, text: str) -> list[dict[str, object]]:
    """The rows of a table in its own order of columns; raises `NotOfTable`."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    if tuple(next(lines, ())) != table.names:
        raise NotOfTable(f"The heading is not that of {table.title}.")
    return [
        {
            column.name: _value(column, cell)
            for column, cell in zip(table.columns, cells, strict=True)
            if cell
        }
        for cells in lines
    ]


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(column: Column, value: object) -> str:
    if value is None:
        if column.required:
            raise NotOfTable(f"{column.name} is missing.")
        return ""
    if column.type is Type.DAY and isinstance(value, date):
        return british(value)
    if column.type is Type.COUNT and type(value) is int and value >= 0:
        return str(value)
    if column.type is Type.TEXT and isinstance(value, str) and value:
        return value
    raise NotOfTable(f"{column.name} cannot be written: it is not a {column.type}.")


def _value(column: Column, cell: str) -> object:
    value: object = cell
    if column.type is Type.DAY:
        value = british_day(cell)
    elif column.type is Type.COUNT:
        value = int(cell) if cell.isascii() and cell.isdigit() else None
    if value is None:
        raise NotOfTable(f"{column.name} is not a {column.type}.")
    return value
