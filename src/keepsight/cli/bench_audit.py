"""`keepsight bench audit`: the log under writers, and the check of a million entries."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from statistics import quantiles
from threading import Event, Thread
from time import monotonic, time
from typing import Any

import psycopg
from rich.console import Console
from rich.table import Table

from keepsight.cli import process
from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import MEBIBYTE, measure
from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, role_name

FILLERS, TOGETHER = 2, 1_000
"""How the log is filled up to a million: in large transactions, because that is not measured."""
LOOK_EVERY = 0.02
"""Seconds between two looks at how many entries have their place."""

PLACED = "SELECT coalesce(max(tree_index) + 1, 0) FROM audit_leaf"
WRITTEN = """
SELECT extract(epoch FROM a.at)::float8 FROM audit_leaf l
JOIN audit_auditentry a ON a.id::text = l.ref WHERE l.source = 'entry' ORDER BY l.tree_index"""
SIZES = """
SELECT sum(pg_total_relation_size(oid)) FROM pg_class
WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace"""
LOG = ["audit_leaf", "audit_tile", "audit_checkpoint", "audit_inbox"]

console = Console()


def run(writers: int, seconds: int, entries: int) -> None:
    """Write, place, fill up and check, in a database of its own under `var/bench`."""
    credentials = process.begin_anew("audit", "backup")
    (var() / "checkpoint-key").unlink(missing_ok=True)
    table = Table(title="The tamper-evident log", title_justify="left")
    table.add_column("what")
    table.add_column("figure", justify="right")
    with _connect(credentials) as connection:
        _under_writers(table, connection, credentials, writers, seconds)
        _filled(connection, entries)
        _checked(table, connection)
    console.print(table)


def _under_writers(
    table: Table,
    connection: psycopg.Connection[Any],
    credentials: Credentials,
    writers: int,
    seconds: int,
) -> None:
    """One entry a transaction, with the sequencer beside it, as when pages are served."""
    with _sequencing():
        first = _write(1, 1, 1, 1)
        _until_placed(connection, first)
        with (
            _watching(credentials, first) as seen,
            console.status(f"{writers} writers write for {seconds} s"),
        ):
            written = _write(writers, seconds, 1 << 40, 1)
            _until_placed(connection, first + written)
    waited = _waited(connection, seen)
    p50, p99 = quantiles(waited, n=100)[49], quantiles(waited, n=100)[98]
    table.add_row(
        f"durable entries a second, {writers} writers, one a commit", _n(written / seconds)
    )
    table.add_row("from written to in its place: half of them within", f"{p50:.2f} s")
    table.add_row("… 99 of 100 within", f"{p99:.2f} s")
    table.add_row("… the slowest", f"{max(waited):.2f} s")


def _filled(connection: psycopg.Connection[Any], entries: int) -> None:
    there = _count(connection)
    with console.status(f"Filling the log up to {entries:,} entries"):
        if entries > there:
            _write(FILLERS, 1e9, -(-(entries - there) // FILLERS), TOGETHER)
        done = measure(["audit", "sequence", "--once"])
    if done.code:
        raise Unusable(f"The log could not be filled: {done.said.strip()}")


def _checked(table: Table, connection: psycopg.Connection[Any]) -> None:
    with console.status("Checking all of it"):
        done = measure(["audit", "verify"])
    console.print(done.said.strip(), markup=False, highlight=False)
    if done.code:
        raise Unusable("The log of the benchmark is not whole.")
    count = _count(connection)
    table.add_row(f"checking {count:,} entries (`keepsight audit verify`)", f"{done.seconds:.1f} s")
    table.add_row("… most memory held by it", f"{done.memory / MEBIBYTE:,.0f} MiB")
    for title, names in (("the log", LOG), ("the entries", ["audit_auditentry"])):
        size = _one(connection, SIZES, [names])
        table.add_row(f"size of {title} on disk", f"{size / MEBIBYTE:,.0f} MiB")
        table.add_row("… an entry", f"{size / count:,.0f} bytes")


def _write(writers: int, seconds: float, entries: int, together: int) -> int:
    """Start writers, let them begin at one time, and add up what they have written."""
    terms = [str(seconds), str(entries), str(together)]
    started = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "keepsight.cli", "bench", "audit-writer", *terms],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(writers)
    ]
    for each in started:
        if each.stdout is None or each.stdout.readline() != "ready\n":
            raise Unusable("A writer could not start.")
    for each in started:
        if each.stdin is not None:
            each.stdin.write("\n")
            each.stdin.flush()
    return sum(int(each.communicate()[0]) for each in started)


@contextmanager
def _sequencing() -> Iterator[None]:
    sequencer = subprocess.Popen([sys.executable, "-m", "keepsight.cli", "audit", "sequence"])
    try:
        yield
    finally:
        sequencer.terminate()
        sequencer.wait()


@contextmanager
def _watching(credentials: Credentials, placed: int) -> Iterator[list[tuple[float, int]]]:
    """Looks again and again how many entries have their place; when, and how many."""
    seen: list[tuple[float, int]] = [(time(), placed)]
    stop = Event()

    def watch() -> None:
        with _connect(credentials) as connection:
            while not stop.wait(LOOK_EVERY):
                placed = _one(connection, PLACED)
                if placed > seen[-1][1]:
                    seen.append((time(), placed))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def _until_placed(connection: psycopg.Connection[Any], entries: int) -> None:
    begun, pause = monotonic(), Event()
    while _count(connection) < entries:
        if monotonic() - begun > 60:
            raise Unusable("The sequencer does not keep up.")
        pause.wait(LOOK_EVERY)
    pause.wait(5 * LOOK_EVERY)


def _waited(connection: psycopg.Connection[Any], seen: Sequence[tuple[float, int]]) -> list[float]:
    """Seconds from when each entry was written to when it was first seen in its place."""
    written = [row[0] for row in connection.execute(WRITTEN).fetchall()]
    return [
        when - each
        for (_, before), (when, placed) in pairwise(seen)
        for each in written[before:placed]
    ]


def _count(connection: psycopg.Connection[Any]) -> int:
    return _one(connection, PLACED)


def _one(connection: psycopg.Connection[Any], query: str, values: Sequence[Any] = ()) -> int:
    found = connection.execute(query, values).fetchone()
    return int(found[0]) if found else 0


def _connect(credentials: Credentials) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=role_name("backup"),
        password=credentials.passwords["backup"],
        autocommit=True,
    )


def _n(number: float) -> str:
    return f"{number:,.0f}"
