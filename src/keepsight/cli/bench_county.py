"""`keepsight bench county`: how long counties take to make, and how much memory at the most."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import psutil
from rich.console import Console
from rich.table import Table

from keepsight.cli.errors import Unusable
from keepsight.engines.paths import var

SEED = 7
EVERY = 0.2
"""Seconds between two looks at the memory of the processes."""
MEBIBYTE, GIBIBYTE = 1024**2, 1024**3


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
    command = [sys.executable, "-m", "keepsight.cli", "county", "make"]
    terms = ["--children", str(children), "--seed", str(SEED), "--out", str(folder)]
    begun, most = monotonic(), 0
    process = psutil.Popen([*command, *terms], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while True:
        most = max(most, _held(process))
        try:
            process.wait(timeout=EVERY)
            break
        except psutil.TimeoutExpired:
            continue
    seconds, said = monotonic() - begun, process.stdout.read().decode()
    if process.returncode:
        raise Unusable(f"A county of {children:,} children could not be made: {said.strip()}")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Run(children, seconds, most, len(sizes), sum(sizes))


def _held(process: psutil.Process) -> int:
    """Bytes that a process and those it started hold, what they share counted once if we can."""
    held = 0
    for each in (process, *_children(process)):
        try:
            memory = each.memory_full_info()
            held += getattr(memory, "pss", 0) or memory.rss
        except psutil.Error:
            continue
    return held


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


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
