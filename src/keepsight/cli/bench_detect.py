"""`keepsight bench detect`: every child of a nightly copy judged, beside a plain scan of it.

A small county is made and taken in by the line. Its nightly copy is grown to so many children, and
each part is measured in a process of its own.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from keepsight.cli.detection_bench.jobs import NEW_ROWS, copy_of
from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import GIBIBYTE, Measured, measure
from keepsight.engines.errors import EngineUnusable
from keepsight.engines.paths import var
from keepsight.engines.spark import require_spark
from keepsight.kernel.indicators.catalogue import CATALOGUE

GOAL_SECONDS, GOAL_MEMORY, GOAL_RATIO = 120, 12 * GIBIBYTE, 30
SAMPLES = 500
COLUMNS = (
    *("children", "events", "pupil-weeks", "a plain scan", "joined with links", "all of it"),
    *(
        "times the scan",
        "processors",
        "times the scan’s",
        "most memory",
        "findings",
        "a day replayed",
    ),
)

console = Console(width=130)


@dataclass(frozen=True, slots=True)
class Size:
    """What judging the copy of so many children took."""

    grown: dict[str, Any]
    judged: dict[str, Any]
    memory: int
    replayed: float

    @property
    def ratio(self) -> float:
        return float(self.judged["whole"] / self.judged["scan"])


def run(sizes: Sequence[int], county: int, *, rows: int = NEW_ROWS, keep: bool = False) -> None:
    """Measure every part and print it."""
    os.environ |= {"KEEPSIGHT_VAR": str(var() / "bench" / "detect"), "KEEPSIGHT_DEMO": "1"}
    shutil.rmtree(var(), ignore_errors=True)
    _part("county", county, f"Making and taking in a county of {county:,} children")
    measured = [_size(children, keep=keep) for children in sizes]
    console.print(_sizes(measured))
    if len(measured) > 1:
        console.print(_growth(measured[0], measured[-1]))
    _one_child()
    _spark(county)
    _extract(rows)


def _size(children: int, *, keep: bool) -> Size:
    grown, _ = _part("grow", children, f"Writing the copy of {children:,} children")
    judged, process = _part("judge", children, f"Judging {children:,} children")
    past, _ = _part("replay", children, f"Judging {children:,} children of the past")
    each, _ = _part("each", children, f"Judging {children:,} children, indicator by indicator")
    console.print(_indicators(children, each))
    if not keep:
        shutil.rmtree(copy_of(children))
    return Size(grown, judged, process.memory, past["seconds"])


def _part(way: str, size: int, title: str) -> tuple[dict[str, Any], Measured]:
    with console.status(title):
        done = measure(["bench", "detect", "--way", way, "--size", str(size)])
    if done.code:
        raise Unusable(f"{title}: it ended with an error. {done.said.strip()[-600:]}")
    return json.loads(done.said.strip().splitlines()[-1]), done


def _sizes(measured: Sequence[Size]) -> Table:
    table = Table(title="The whole catalogue over every child, on DuckDB")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for each in measured:
        table.add_row(
            f"{each.grown['children']:,}",
            f"{each.grown['events']:,}",
            f"{each.grown['weeks']:,}",
            f"{each.judged['scan']:.2f} s",
            f"{each.judged['opened']:.1f} s",
            f"{each.judged['whole']:.1f} s",
            f"{each.ratio:.0f}",
            f"{each.judged['work']:.0f} s",
            f"{each.judged['work'] / each.judged['scan_work']:.0f}",
            f"{each.memory / GIBIBYTE:.1f} GiB",
            f"{each.judged['findings']:,}",
            f"{each.replayed:.1f} s",
        )
    table.caption = (
        f"Goals for a million: {GOAL_SECONDS} s, {GOAL_MEMORY // GIBIBYTE} GiB, {GOAL_RATIO} times"
        " the scan."
    )
    return table


def _growth(small: Size, large: Size) -> str:
    children = large.grown["children"] / small.grown["children"]
    times = large.judged["whole"] / small.judged["whole"]
    return f"{children:.0f} times the children took {times:.1f} times as long."


def _indicators(children: int, each: dict[str, tuple[float, int]]) -> Table:
    table = Table(title=f"Each indicator alone over {children:,} children, once the copy is open")
    for name in ("indicator", "time", "findings"):
        table.add_column(name, justify="left" if name == "indicator" else "right")
    titles = {indicator.code: indicator.title for indicator in CATALOGUE}
    for code, (seconds, findings) in each.items():
        table.add_row(titles[code], f"{seconds:.2f} s", f"{findings:,}")
    return table


def _one_child() -> None:
    said, _ = _part("child", SAMPLES, "Judging one child at a time")
    table = Table(title=f"One child, judged anew in PostgreSQL, {said['children']} times")
    for name in ("", "half of them", "99 of 100"):
        table.add_column(name, justify="right")
    for title, way in (("SQL, prepared once", "sql"), ("the plain evaluator", "hand")):
        middle, slowest = said[way]
        table.add_row(title, f"{1000 * middle:.1f} ms", f"{1000 * slowest:.1f} ms")
    console.print(table)
    console.print(
        f"The SQL was compiled and prepared in {said['prepared']:.1f} s, once a process and day; of"
        f" {said['unlike']} children the two found something else."
    )


def _spark(county: int) -> None:
    try:
        require_spark()
    except EngineUnusable as fault:
        console.print(f"Not measured on Spark. {fault}")
        return
    said, done = _part("spark", county, "Judging the county on Spark")
    console.print(
        f"On Spark, here, the county of {county:,} children took {said['seconds']:.0f} s and"
        f" {done.memory / GIBIBYTE:.1f} GiB: {said['findings']:,} findings,"
        f" {'the same as' if said['same'] else 'NOT those'} on DuckDB."
    )


def _extract(rows: int) -> None:
    said, _ = _part("extract", rows, f"Adding {rows:,} events and bringing the copy up to date")
    console.print(f"The copy after {rows:,} new events: up to date in {said['seconds']:.1f} s.")
