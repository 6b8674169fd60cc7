"""Finding a county's files, and asking questions of its CSV."""

import csv
from datetime import date, timedelta
from pathlib import Path

import duckdb

from keepsight.synthetic.county import load_county
from keepsight.synthetic.schools.terms import start_of_school_year

A_YEAR = timedelta(days=365)


class NotDelivered(LookupError):
    """The county has no file of what a figure is counted from."""


class CountyFiles:
    """A county's folder, as one who receives its files would read it, and the last full years."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.county = folder, load_county(folder)
        self.database = duckdb.connect()
        self.database.execute("SET threads = 2; SET memory_limit = '4GB'")

    def of(self, source: str, ending: str = "") -> list[Path]:
        """The files of every feed of a source whose names end so, in order of arrival."""
        feeds = {feed.key for feed in self.county.feeds if feed.source == source}
        return [
            delivery.path
            for delivery in self.county.deliveries
            if delivery.feed in feeds and delivery.path.name.endswith(ending)
        ]

    def last_of(self, source: str, ending: str = "") -> list[Path]:
        """The last file of each agency and district of a source."""
        last = {(path.parent, path.name[11:]): path for path in self.of(source, ending)}
        return list(last.values())

    def rows(self, paths: list[Path]) -> str:
        """What to put after FROM to read these CSV files, which have the same columns, as text.

        Raises `NotDelivered` where there is none.
        """
        if not paths:
            raise NotDelivered
        with paths[0].open(encoding="utf-8", newline="") as first:
            columns = ", ".join(f"'{name}': 'VARCHAR'" for name in next(csv.reader(first)))
        listed = ", ".join(f"'{path}'" for path in paths)
        # Nothing is left to be guessed: a guess would open each of many thousand files twice.
        return (
            f"read_csv([{listed}], header = true, auto_detect = false, delim = ',', quote = '\"', "
            f"escape = '\"', new_line = '\\r\\n', columns = {{{columns}}})"
        )

    def ask(self, question: str) -> list[tuple]:
        return self.database.execute(question).fetchall()

    @property
    def school_year(self) -> tuple[date, date]:
        """The last school year that lies whole in the period, or what there is of one."""
        start = start_of_school_year(self.county.today)
        if start + timedelta(days=300) > self.county.today:
            start = start.replace(year=start.year - 1)
        return start, start.replace(year=start.year + 1)

    @property
    def day_of_count(self) -> date:
        """The last 31 March of the period."""
        this = date(self.county.today.year, 3, 31)
        return this if this < self.county.today else this.replace(year=this.year - 1)

    @property
    def last_year(self) -> tuple[date, date]:
        """The year that ends on the day of the county."""
        return self.county.today - A_YEAR, self.county.today
