"""A workbook’s sheets as rows of text, as a CSV would have them: only in the reading process.

Of a formula the value is read that was last worked out. Nothing is worked out here, no link is
followed, and sheets are read a row at a time.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook

from keepsight.intake.readers.workbook import refuse_insane
from keepsight.intake.rows import FileRefused

DAY_FORMATS = {"dd/mm/yyyy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d", "yyyy-Mon-dd": "%Y-%b-%d"}
"""How a day is written for a source, by the name that its mapping gives to the form."""

BRITISH = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its number in the sheet, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class Spreadsheet:
    """The sheets of one workbook, in order; open within a `with`."""

    def __init__(self, stream: BinaryIO) -> None:
        """Raises `FileRefused` for a workbook that is not sane, or is damaged."""
        refuse_insane(stream)
        with _damage_said():
            self._book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        self.sheets: tuple[str, ...] = tuple(sheet.title for sheet in self._book.worksheets)

    def __enter__(self) -> "Spreadsheet":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def rows(self, sheet: str, days: str = BRITISH) -> Iterator[Row]:
        """The rows of a sheet that are not blank, its heading among them; raises `FileRefused`."""
        with _damage_said():
            found = self._book[sheet]
            # What a sheet says of its own size need not be so.
            found.reset_dimensions()
            for number, cells in enumerate(found.iter_rows(), start=1):
                said = tuple([_cell(cell, days) for cell in cells])
                while said and not said[-1]:
                    said = said[:-1]
                if said:
                    yield Row(number, said)


def _cell(cell: Any, days: str) -> str:
    value = cell.value
    if isinstance(value, str):
        return value.strip()
    # How a cell is shown costs more to ask than all the rest.
    return as_text(value, cell.number_format if isinstance(value, datetime) else "", days)


def as_text(value: Any, shown: str = "", days: str = BRITISH) -> str:
    """A cell as a CSV would hold it; a day in the form that the source reads.

    A time at midnight is a day unless the cell shows hours.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        day_only = whole.time() == time() and "h" not in (shown or "").casefold()
        return whole.strftime(DAY_FORMATS[days]) + ("" if day_only else whole.strftime(" %H:%M:%S"))
    if isinstance(value, date):
        return value.strftime(DAY_FORMATS[days])
    return str(value).strip()


def write_csv(rows: Iterator[Row], path: Path) -> None:
    """The rows as a CSV, each line as wide as the heading or, where it is wider, as wide as it is.

    Lines keep their numbers: where the sheet has a blank row, the CSV has a blank line.
    """
    width, last = 0, 0
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        for row in rows:
            width = width or len(row.cells)
            skipped = row.number - last - 1 if last else 0
            lines.writerows([[]] * min(skipped, _MOST_SKIPPED))
            lines.writerow((*row.cells, *[""] * (width - len(row.cells))))
            last = row.number


_MOST_SKIPPED = 10_000


@contextmanager
def _damage_said() -> Iterator[None]:
    """Whatever openpyxl makes of a damaged workbook comes out as one sentence."""
    try:
        yield
    except (FileRefused, MemoryError):
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")[:200]
        raise FileRefused(f"The workbook is damaged; save it again ({said}).") from error
