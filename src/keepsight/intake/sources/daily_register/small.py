"""A register of some thousand lines as pupil-weeks, in memory: what `weeks` does, without DuckDB.

Most registers are one school's of one day. To begin a database for each would take longer than all
the rest; both ways come to the same, and tests hold them to it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from keepsight.intake.rows import Context, Fact, Refused, RegisterRow
from keepsight.intake.sources.daily_register import DailyRegister
from keepsight.intake.sources.daily_register.marks import Meaning, Meanings, said_otherwise

SMALL = 2_000_000
"""Bytes up to which a register is small: some thirty thousand lines."""

DAYS = range(1, 6)


class SmallRegister:
    """One register on its way to weeks: used as `weeks.Register` is."""

    def __init__(self, path: Path, context: Context, *, reduces: bool = False) -> None:
        self.path = path
        self.context = context
        self.marks = self.again = 0
        self._meanings = Meanings(context, reduces=reduces)
        self._weeks: dict[tuple[str, str], dict[int, tuple[str, Meaning]]] = {}

    def people_and_refusals(self) -> Iterator[Fact | Refused]:
        """Who the pupils are, and every line that cannot stand."""
        otherwise: list[Refused] = []
        with self.path.open("rb") as file:
            for part in DailyRegister().rows(file, self.context):
                if isinstance(part, RegisterRow):
                    otherwise += self._kept(part)
                else:
                    yield part
        yield from otherwise

    def write_weeks(self, target: Path) -> None:
        """Write the weeks as CSV without a heading, its columns as in `queries.WEEKS`."""
        with target.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            for (pupil, monday), days in self._weeks.items():
                found = {day: meaning for day, (_, meaning) in days.items()}
                marks = [found[day].marks if day in found else None for day in DAYS]
                counts = [
                    sum(each) for each in zip(*(m.counts for m in found.values()), strict=True)
                ]
                writer.writerow([pupil, monday, *marks, *counts])

    def _kept(self, row: RegisterRow) -> list[Refused]:
        """Keep a line's marks; of two lines for one pupil and day the first stands."""
        found = self._meanings.of(str(row.day), row.morning, row.afternoon)
        days = self._weeks.setdefault((row.subject_key, str(found.monday)), {})
        first = days.setdefault(found.weekday, (row.row, found))
        if first[0] == row.row:
            self.marks += 1
        elif first[1].marks == found.marks:
            self.again += 1
        else:
            return [said_otherwise(row.row, row.subject_key, row.day, found.marks,
                                   first[0], first[1].marks)]  # fmt: skip
        return []
