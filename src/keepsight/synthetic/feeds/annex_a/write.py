"""The workbook: eleven sheets, each a list, with the days as days."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter

from keepsight.synthetic.agencies import council_key, feed_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.feeds.annex_a import care, lists
from keepsight.synthetic.feeds.annex_a.columns import COLUMNS
from keepsight.synthetic.feeds.annex_a.lists import Row, Scope
from keepsight.synthetic.people.knowing import Known

SOURCE, PREPARED_BEFORE = "annex_a", timedelta(days=7)

LISTS: dict[str, Callable[[Scope], Iterator[Row]]] = {
    "List 1": lists.contacts,
    "List 2": lists.early_help,
    "List 3": lists.referrals,
    "List 4": lists.assessments,
    "List 5": lists.enquiries,
    "List 6": lists.in_need,
    "List 7": lists.protection,
    "List 8": care.looked_after,
    "List 9": care.care_leavers,
    "List 10": care.adoption,
    "List 11": care.adopters,
}


def write_annex(desk: Desk, known: Known) -> Iterator[Delivery]:
    """A workbook a year, as an inspection would ask for it."""
    agency, rows = council_key(desk.district), known.rows_of()
    for window in desk.windows(agency, SOURCE, PREPARED_BEFORE):
        path = desk.path_for(window.until, agency, SOURCE, "annex-a.xlsx")
        _write(path, Scope(desk=desk, known=known, rows=rows, until=window.until))
        yield Delivery(received=window.until, feed=feed_key(agency, SOURCE), path=path)


def _write(path: Path, scope: Scope) -> None:
    # Rows are written as they come, so that memory stays flat; the same rows give the same bytes.
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": datetime.combine(scope.until, time.min)})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows_of in LISTS.items():
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, COLUMNS[name])
            for number, row in enumerate(_in_order(rows_of(scope)), start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, datetime.combine(cell, time.min), day)
                    elif cell is not None and cell != "":
                        sheet.write(number, column, cell)


def _in_order(rows: Iterator[Row]) -> list[Row]:
    """Rows in an order that tells nothing of how they came about."""
    return sorted(rows, key=lambda row: [str(cell) for cell in row])
