"""Which source a workbook is for, and a table in it as the CSV that its source reads."""

import csv
import io
from pathlib import Path
from typing import BinaryIO

from keepsight.intake.readers.csv import MOST_COLUMNS
from keepsight.intake.readers.spreadsheet import BRITISH, Row, Spreadsheet, write_csv
from keepsight.intake.recognise import SOURCES, source_for
from keepsight.intake.rows import FileRefused, Source, UnknownFormat
from keepsight.intake.sources.annex_a import AnnexA

TABLE = "table.csv"


def source_in(filename: str, stream: BinaryIO, folder: Path) -> tuple[Source, Path | None]:
    """The source of a workbook, and where its table lies as a CSV, if it is one table.

    Raises `FileRefused`; a workbook of several tables is refused, lest all but one be lost.
    """
    with Spreadsheet(stream) as book:
        if any(AnnexA.has_list(book, sheet) for sheet in book.sheets):
            return next(source for source in SOURCES if isinstance(source, AnnexA)), None
        sheet, heading = _only(book)
        source = source_for(filename, _as_line(heading))
        return source, _written(book, sheet, getattr(source, "days", BRITISH), folder)


def table_in(stream: BinaryIO, folder: Path, days: str) -> Path:
    """The one table of a workbook as a CSV, its days written so; raises `FileRefused`."""
    with Spreadsheet(stream) as book:
        sheet, _ = _only(book)
        return _written(book, sheet, days, folder)


def _only(book: Spreadsheet) -> tuple[str, Row]:
    """The one sheet that is filled, and its heading."""
    filled = [(sheet, row) for sheet in book.sheets if (row := next(book.rows(sheet), None))]
    if not filled:
        raise FileRefused("The workbook is empty.")
    if len(filled) > 1:
        named = ", ".join(f"“{sheet}”" for sheet, _ in filled)
        raise FileRefused(
            f"The workbook has several sheets that are filled ({named}); save each as a "
            "workbook of its own."
        )
    return filled[0]


def _written(book: Spreadsheet, sheet: str, days: str, folder: Path) -> Path:
    path = folder / TABLE
    write_csv(book.rows(sheet, days), path)
    return path


def _as_line(heading: Row) -> bytes:
    if len(heading.cells) > MOST_COLUMNS:
        raise UnknownFormat(
            f"The sheet has {len(heading.cells)} columns, more than any that is taken."
        )
    out = io.StringIO()
    csv.writer(out).writerow(heading.cells)
    return out.getvalue().encode()
