"""`keepsight bench county`: how long counties take to make, and how much memory at the most."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import GIBIBYTE, MEBIBYTE, measure
from keepsight.engines.paths import var

SEED = 7


@dataclass(frozen=True, slots=True)
class Run:
    """The making of one county. Memory is the most that all its processes held at one time."""

    children: int
    seconds: float
    memory: int
    files: int
    size: int


def run(sizes: Sequence[int], *, keep: bool) -> None:
    """Make a county of each size in a process of its own, and print what it took."""
    console, folder = Console(), var() / "bench" / "county"
    runs = []
    for children in sizes:
        shutil.rmtree(folder, ignore_errors=True)
        with console.status(f"Making a county of {children:,} children"):
            runs.append(_make(children, folder))
        if not (keep and children == sizes[-1]):
            shutil.rmtree(folder, ignore_errors=True)
    console.print(_table(runs))


def _make(children: int, folder: Path) -> Run:
    terms = ["--children", str(children), "--seed", str(SEED), "--out", str(folder)]
    done = measure(["county", "make", *terms])
    if done.code:
        raise Unusable(f"A county of {children:,} children could not be made: {done.said.strip()}")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Run(children, done.seconds, done.memory, len(sizes), sum(sizes))


def _table(runs: Sequence[Run]) -> Table:
    table = Table(title=f"Making a county, seed {SEED}, two years", title_justify="left")
    for name in ("children", "time", "a child", "most memory held", "files", "size"):
        table.add_column(name, justify="right")
    for each in runs:
        table.add_row(
            f"{each.children:,}",
            f"{each.seconds:,.0f} s",
            f"{1000 * each.seconds / each.children:.2f} ms",
            f"{each.memory / MEBIBYTE:,.0f} MiB",
            f"{each.files:,}",
            f"{each.size / GIBIBYTE:.2f} GiB",
        )
    return table
