"""A whole register as pupil-weeks, in memory that does not grow with the file.

DuckDB reads the file and puts days together into weeks; what the marks mean, and what is wrong
with a line, is said by the same Python as for a single line (`marks`). A file that is no regular
table (a line of another width, another encoding, a blank line) is read line by line in Python and
put together in the same way: both give the same, and tests hold them to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from keepsight.intake.files import text_encoding
from keepsight.intake.readers.csv import order_of
from keepsight.intake.rows import Context, Fact, Refused, RegisterRow
from keepsight.intake.sources.daily_register import DailyRegister, pupil_of
from keepsight.intake.sources.daily_register import queries as sql
from keepsight.intake.sources.daily_register.marks import (
    AM,
    DATE,
    PM,
    PUPIL,
    Meanings,
    pupil_missing,
    refused_line,
    said_otherwise,
)
from keepsight.kernel.formats.daily_register import DAILY_REGISTER

CHUNK = 5_000
MOST_WAYS = 200_000
"""Ways of writing a day and its marks, from how many on a file is read line by line."""

MEMORY = "192MB"

Way = tuple[str, str, str]


class Register:
    """One register on its way to weeks.

    `people_and_refusals` is gone through first. Then `marks` is how many lines hold marks that
    stand, `again` how many more say what an earlier line said, and `write_weeks` writes them.
    """

    def __init__(
        self, path: Path, context: Context, folder: Path, *, reduces: bool = False
    ) -> None:
        self.path = path
        self.context = context
        self.marks = self.again = 0
        self._faulty = False
        self._meanings = Meanings(context, reduces=reduces)
        self._duck = duckdb.connect(str(folder / "register.duckdb"))
        for setting in (
            f"memory_limit = '{MEMORY}'",
            "threads = 2",
            f"temp_directory = '{folder}'",
        ):
            self._duck.execute(f"SET {setting}")

    def people_and_refusals(self) -> Iterator[Fact | Refused]:
        """Who the pupils are, and every line that cannot stand."""
        order = self._order()
        if order and self._read(order):
            # What people are said to be is written out in Python; meanwhile DuckDB goes on.
            with ThreadPoolExecutor(1) as meanwhile:
                together = meanwhile.submit(self._duck.cursor().execute, sql.DAYS_TO_WEEKS)
                yield from self._told()
                yield from self._refused()
                together.result()
        else:
            yield from self._line_by_line()
            self._duck.execute(sql.DAYS_TO_WEEKS)
        yield from self._first_of_each_day()

    def write_weeks(self, target: Path) -> None:
        """Write the weeks as CSV without a heading, its columns as in `queries.WEEKS`."""
        self._duck.execute(f"COPY ({sql.WEEKS}) TO '{target}' (FORMAT csv, HEADER false)")

    def close(self) -> None:
        self._duck.close()

    def _order(self) -> list[int]:
        """Where each column stands in a regular file; empty for a file that is not regular."""
        with self.path.open("rb") as file:
            encoding = text_encoding(file, older_allowed=True, by_line=True)
            if encoding == "cp1252" or not is_regular(file):
                return []
            heading = file.readline().decode("utf-8-sig")
        names = [name.strip() for name in heading.strip().split(",")]
        return [] if '"' in heading else order_of(names, DAILY_REGISTER)

    def _read(self, order: list[int]) -> bool:
        """Look at the whole file once; False for one that must be read line by line."""
        self._duck.execute(sql.lines(self.path, order))
        try:
            ways = self._duck.execute(f"{sql.WAYS_OF_LINES} LIMIT {MOST_WAYS + 1}").fetchall()
        except duckdb.Error:
            return False
        if len(ways) > MOST_WAYS or len({way for way, *_ in ways}) < len(ways):
            return False
        self._faulty = any(blank for *_, blank in ways)
        self._mean([way for *way, _ in ways])
        self._stand('"PupilID"')
        if self._count(sql.PADDED):
            self._faulty = True
            self._stand(sql.WITHOUT_PADDING)
        return True

    def _stand(self, pupil: str) -> None:
        with_a_day = sql.WITH_A_DAY if self._faulty else ""
        for view in (sql.NUMBERED, sql.STANDING, sql.STANDING_NUMBERED, sql.ONCE):
            self._duck.execute(view.format(pupil=pupil, with_a_day=with_a_day))

    def _mean(self, ways: Iterable[Sequence[Any]]) -> None:
        given = []
        for number, *way in ways:
            found = self._meanings.of(*way)
            said = (found.day, found.fault is None, found.monday, found.weekday, found.marks)
            given.append((number, *way, *said, *found.counts))
            self._faulty |= found.fault is not None
        columns = zip(*given, strict=True) if given else [()] * len(sql.WAY)
        self._keep("CREATE OR REPLACE TABLE way AS SELECT * FROM given", sql.WAY, columns)

    def _told(self) -> Iterator[Fact]:
        found = self._rows(sql.SAYING_THE_SAME)
        if self._count(sql.SAY_OTHERWISE):
            found = chain(found, self._rows(sql.SAYING_OTHERWISE))
        for number, first, *values in found:
            yield pupil_of(number, tuple(values), self.context, first)

    def _refused(self) -> Iterator[Refused]:
        if not self._faulty:
            return
        for number, *values in self._rows(sql.FAULTY):
            fault = self._meanings.of(values[DATE], values[AM], values[PM]).fault
            missing = None if values[PUPIL].strip() else pupil_missing()
            yield refused_line(number, tuple(values), missing or fault or pupil_missing())

    def _line_by_line(self) -> Iterator[Fact | Refused]:
        for step in sql.NONE_STOOD:
            self._duck.execute(step)
        found: list[RegisterRow] = []
        ways: dict[Way, int] = {}
        with self.path.open("rb") as file:
            for part in DailyRegister().rows(file, self.context):
                if not isinstance(part, RegisterRow):
                    yield part
                    continue
                found.append(part)
                if len(found) == CHUNK:
                    self._put(found, ways)
                    found.clear()
        self._put(found, ways)
        self._mean((number, *way) for way, number in ways.items())

    def _put(self, rows: list[RegisterRow], ways: dict[Way, int]) -> None:
        given = []
        for row in rows:
            way = (str(row.day), row.morning, row.afternoon)
            number = ways.setdefault(way, len(ways))
            given.append((int(row.row.removeprefix("row ")), row.subject_key, *way, number))
        if given:
            self._keep(sql.STANDS, sql.STOOD, zip(*given, strict=True))

    def _first_of_each_day(self) -> Iterator[Refused]:
        """Of two lines for one pupil and day the first stands."""
        if self._count("SELECT count(*) FROM week WHERE repeated"):
            for step in (sql.REPEATED_MARKS, sql.WITHOUT_REPEATED, sql.FIRST_OF_EACH_DAY):
                self._duck.execute(step)
            self.again = self._count(sql.SAID_AGAIN)
            for number, pupil, day, marks, first, stands in self._rows(sql.SAID_OTHERWISE):
                yield said_otherwise(f"row {number}", pupil, day, marks, f"row {first}", stands)
        self.marks = self._count(sql.MARKS)

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        found = self._duck.execute(query)
        while rows := found.fetchmany(CHUNK):
            yield from rows

    def _count(self, query: str) -> int:
        row = self._duck.execute(query).fetchone()
        return int(row[0]) if row else 0

    def _keep(self, statement: str, types: dict[str, Any], columns: Any) -> None:
        arrays = [pa.array(c, t) for t, c in zip(types.values(), columns, strict=True)]
        self._duck.register("given", pa.table(arrays, names=list(types)))
        self._duck.execute(statement)
        self._duck.unregister("given")


@contextmanager
def register_of(
    path: Path, context: Context, folder: Path, *, reduces: bool = False
) -> Iterator[Register]:
    """A register; `folder` is where DuckDB puts what it does not hold in memory."""
    register = Register(path, context, folder, reduces=reduces)
    try:
        yield register
    finally:
        register.close()


_BLOCK = 1 << 20


def is_regular(stream: BinaryIO) -> bool:
    """Whether lines end in one way and none is blank, so that both readers count them alike."""
    stream.seek(0)
    rest = b""
    while block := stream.read(_BLOCK):
        text = rest + block
        alone = text.count(b"\r", 0, len(text) - 1) - text.count(b"\r\n")
        if alone or b"\n\n" in text or b"\n\r\n" in text:
            return False
        rest = text[-2:]
    stream.seek(0)
    return not rest.endswith(b"\r")
