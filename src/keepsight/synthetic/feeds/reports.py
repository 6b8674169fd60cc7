"""Feeds that are CSV with one report a row: the same way of writing for each of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window
from keepsight.synthetic.people.knowing import Known

Row = tuple[object, ...]
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Generic[R]):
    """How one agency tells of one kind of happening.

    `row` makes the cells of a report from its reference, the report, the agency's records and
    the row of the child among them. `written` is the day on which a report exists. A reference
    is `prefix`, the district and a number, so that no two districts use the same.
    `wrong` names a column, and what stands in it in a second, faulty copy of a delivery's first
    row; `reference` is the column that tells the copies apart.
    """

    agency: str
    kind: AgencyKind
    source: str
    filename: str
    header: tuple[str, ...]
    prefix: str
    row: Callable[[str, R, Known, int], Row]
    written: Callable[[R], date]
    wrong: tuple[tuple[str, str], ...] = ()
    reference: str = ""

    def write(
        self, desk: Desk, reports: Sequence[R], known: Known, *, late: timedelta = timedelta(0)
    ) -> Iterator[Delivery]:
        """A file for each delivery that tells of anything; the last is `late` by so much.

        The last file is sent even if it is empty: it says that the feed lives.
        """
        rows_of = known.rows_of()
        ordered = sorted(reports, key=lambda each: (self.written(each), each.person))  # type: ignore[attr-defined]
        windows = list(desk.windows(self.agency, self.source, late))
        begin = 0
        for window in windows:
            end = begin
            while end < len(ordered) and self.written(ordered[end]) < window.until:
                end += 1
            held = known.on(window.until)
            rows = [
                self.row(
                    f"{self.prefix}-{desk.district.number:02d}{number:06d}",
                    report,
                    held,
                    rows_of.on(report.person, self.written(report)),  # type: ignore[attr-defined]
                )
                for number, report in enumerate(ordered[begin:end], start=begin + 1)
            ]
            begin = end
            if rows or window is windows[-1]:
                yield self.deliver(desk, window, rows)

    def deliver(self, desk: Desk, window: Window, rows: Sequence[Row]) -> Delivery:
        """One file, with faulty copies of its first rows where the delivery is careless."""
        return desk.deliver_csv(
            window.until,
            self.agency,
            self.source,
            desk.for_district(self.filename),
            self.header,
            rows,
            self._faulty(rows) if window.careless else (),
        )

    def _faulty(self, rows: Sequence[Row]) -> list[Row]:
        made = []
        for letter, (column, value) in zip("ABC", self.wrong if rows else (), strict=False):
            cells = list(rows[0])
            cells[self.header.index(self.reference)] = (
                f"{cells[self.header.index(self.reference)]}{letter}"
            )
            cells[self.header.index(column)] = value
            made.append(tuple(cells))
        return made


def people_in(*records: Sequence[R]) -> Iterator[int]:
    """The children of whom some records tell."""
    return (record.person for each in records for record in each)  # type: ignore[attr-defined]
