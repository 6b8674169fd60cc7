"""Rows in quarantine as a table to take out: cells that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Sequence

from keepsight.intake.queries import RowOfDelivery
from keepsight.web.presenters.looks import plain

HEADING = ("Row", "Field", "Value", "Reason")


def as_csv(rows: Sequence[RowOfDelivery]) -> str:
    """A line a row: where and why, then every value under its own heading as it was sent."""
    columns = list(dict.fromkeys(name for row in rows for name in row.raw))
    written = io.StringIO()
    lines = csv.writer(written, quoting=csv.QUOTE_ALL)
    lines.writerow([plain(each) for each in (*HEADING, *columns)])
    for row in rows:
        cells = (row.row, row.field, row.value, row.reason)
        values = (str(row.raw.get(name, "")) for name in columns)
        lines.writerow([plain(cell) for cell in (*cells, *values)])
    return written.getvalue()
