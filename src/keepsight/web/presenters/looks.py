"""Who looked, as a table to hand over: cells that no spreadsheet takes for a formula."""

import csv
import io

from keepsight.oversight.releasing import Document
from keepsight.web.presenters.dates import day

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADING = ("Day", "Agency", "Role", "What was looked at")


def as_csv(document: Document) -> str:
    """The lines of a document, a heading first."""
    written = io.StringIO()
    rows = csv.writer(written, quoting=csv.QUOTE_ALL)
    rows.writerow(HEADING)
    for line in document.lines:
        cells = (day(line.day), line.agency, line.role, line.what)
        rows.writerow([plain(cell) for cell in cells])
    return written.getvalue()


def plain(cell: str) -> str:
    """A cell as text: what could begin a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
