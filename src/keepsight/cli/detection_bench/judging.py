"""A copy judged by DuckDB: beside a plain scan of it, indicator by indicator, and of the past."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import monotonic, process_time
from typing import Any, TypeVar

import duckdb
import ibis
import pyarrow as pa

from keepsight.chronology.relations import COPIED, opened_on_duckdb
from keepsight.engines.indicators import ChildFinding, evaluate_prepared, prepare
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.indicator import Indicator

Answer = TypeVar("Answer")

BACK = timedelta(days=182)
"""How long before the last day the replayed one is."""

SCAN = (
    "SELECT agency_id, kind, count(*), count(last_day), min(day), max(received), sum(revision),"
    " sum(length(content)) FROM all_events GROUP BY ALL",
    "SELECT week, count(*), sum(possible), sum(absent), sum(unauthorised), sum(unexplained),"
    " sum(late), sum(revision), max(received) FROM all_weeks GROUP BY ALL",
)
"""One plain scan and aggregation of the same tables: each column that detection reads, added up."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What judging a copy took, in seconds; `opened` is what of `whole` the links' join took.

    `scan_work` and `work` are seconds of processors, which do not grow while others work too.
    """

    scan: float
    opened: float
    whole: float
    findings: int
    scan_work: float
    work: float


def judge(folder: Path, given: pa.Table, day: date) -> Timed:
    """Scan the tables of a copy; then judge every child by the whole catalogue."""
    idle = process_time()
    scan, _ = _timed(lambda: _scan(folder))
    scanned = process_time()
    opened, duck = _timed(lambda: opened_on_duckdb(folder, given))
    with _closing(duck):
        judged, found = _timed(lambda: _judged(duck, CATALOGUE, day))
    work = process_time() - scanned
    return Timed(scan, opened, opened + judged, len(found), scanned - idle, work)


def each_alone(folder: Path, given: pa.Table, day: date) -> dict[str, tuple[float, int]]:
    """Per indicator, the seconds that it takes alone over the opened copy, and its findings."""
    with _closing(opened_on_duckdb(folder, given)) as duck:
        return {each.code: _alone(duck, each, day) for each in CATALOGUE}


def replayed(folder: Path, given: pa.Table, day: date) -> float:
    """Seconds to judge every child as of a day of the past, on what was known by its end."""
    past = day - BACK

    def run() -> None:
        with _closing(opened_on_duckdb(folder, given, past)) as duck:
            _judged(duck, CATALOGUE, past)

    return _timed(run)[0]


def findings_of_copy(folder: Path, given: pa.Table, day: date) -> list[ChildFinding]:
    """What the catalogue finds of a copy's children."""
    with _closing(opened_on_duckdb(folder, given)) as duck:
        return _judged(duck, CATALOGUE, day)


def _alone(duck: duckdb.DuckDBPyConnection, indicator: Indicator, day: date) -> tuple[float, int]:
    seconds, found = _timed(lambda: _judged(duck, [indicator], day))
    return seconds, len(found)


def _judged(
    duck: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator], day: date
) -> list[ChildFinding]:
    create_kind_tables(ibis.duckdb.from_connection(duck))
    return evaluate_prepared(duck, prepare(indicators, day))


def _scan(folder: Path) -> None:
    with duckdb.connect() as duck:
        for table, parts in COPIED.items():
            query = f"SELECT * FROM read_parquet('{folder / parts}')"
            duck.execute(f"CREATE TEMPORARY VIEW {table} AS {query}")
        for query in SCAN:
            duck.execute(query).fetchall()


def _timed(run: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = monotonic()
    answer = run()
    return monotonic() - begun, answer


@contextmanager
def _closing(duck: Any) -> Iterator[Any]:
    try:
        yield duck
    finally:
        duck.close()
