"""`keepsight bench intake --county`: all that a made-up county sends, taken in by two processes."""

import json
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.table import Table

from keepsight.cli.demo_feeds import take_in_all
from keepsight.cli.demo_people import set_up
from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import GIBIBYTE, MEBIBYTE, Measured, measure
from keepsight.engines.paths import var
from keepsight.synthetic import County, load_county

SEED = 7
WEEKS = 26
"""The shortest time that a county lives: more than a term."""
WORKERS = 2
"""One for each core; an agency's files are taken in one after another, so by one worker."""

console = Console()


def run(children: int) -> None:
    """Make a county of so many children, take all of it in, and print what it took."""
    folder = var() / "county"
    with console.status(f"Making a county of {children:,} children"):
        made = measure(["county", "make", *_terms(children, folder)])
    _stop_if_failed(made)
    county = load_county(folder)
    with console.status("Setting up who takes part"):
        set_up(county, lambda: secrets.token_urlsafe(9))
    begun = monotonic()
    with console.status(f"Taking in {len(county.deliveries):,} files"):
        parts = _by_workers(folder)
    _print(county, parts, monotonic() - begun)


def take_part(folder: Path, number: int) -> None:
    """Take in the files of one worker's agencies, and print as JSON what they came to."""
    county = load_county(folder)
    place = {agency.key: index for index, agency in enumerate(county.agencies)}
    mine = {feed.key for feed in county.feeds if place[feed.agency] % WORKERS == number}
    files = tuple(each for each in county.deliveries if each.feed in mine)
    taken = take_in_all(replace(county, deliveries=files), lambda source: None)
    outcomes = [outcome for _, outcome in taken.outcomes]
    said = {
        "files": len(files),
        "left": taken.left.total() + taken.unread.total(),
        "refused": sum(bool(each.refusal) for each in outcomes),
        "rows": sum(each.counts.read for each in outcomes),
        "quarantined": sum(each.counts.quarantined for each in outcomes),
        "events": sum(each.events for each in outcomes),
    }
    print(json.dumps(said))


def _terms(children: int, folder: Path) -> Sequence[str]:
    size = ("--children", str(children), "--weeks", str(WEEKS))
    return (*size, "--seed", str(SEED), "--out", str(folder))


def _by_workers(folder: Path) -> list[Measured]:
    with ThreadPoolExecutor(WORKERS) as pool:
        part = partial(_part, folder)
        done = list(pool.map(part, range(WORKERS)))
    for each in done:
        _stop_if_failed(each)
    return done


def _part(folder: Path, number: int) -> Measured:
    return measure(["bench", "intake-part", str(folder), str(number)])


def _stop_if_failed(done: Measured) -> None:
    if done.code:
        raise Unusable(f"The county could not be taken in: {done.said.strip()}")


def _print(county: County, parts: Sequence[Measured], seconds: float) -> None:
    said = [json.loads(each.said.splitlines()[-1]) for each in parts]
    total = {name: sum(each[name] for each in said) for name in said[0]}
    table = Table(title=f"All of a county, {WEEKS} weeks, by {WORKERS} workers", show_header=False)
    table.add_column("what")
    table.add_column("how much", justify="right")
    for what, how_much in (
        ("children", f"{county.children:,}"),
        ("files", f"{total['files']:,}"),
        ("left unread, in formats of no purpose here", f"{total['left']:,}"),
        ("refused", f"{total['refused']:,}"),
        ("rows", f"{total['rows']:,}"),
        ("quarantined", f"{total['quarantined']:,}"),
        ("events", f"{total['events']:,}"),
        ("time", f"{seconds:,.0f} s"),
        ("rows a second", f"{total['rows'] / seconds:,.0f}"),
        ("files a second", f"{total['files'] / seconds:,.1f}"),
        ("most memory of each worker", " and ".join(_memory(each) for each in parts)),
        ("size of the database", f"{_size() / GIBIBYTE:,.1f} GiB"),
    ):
        table.add_row(what, how_much)
    console.print(table)


def _memory(done: Measured) -> str:
    return f"{done.memory / MEBIBYTE:,.0f} MiB"


def _size() -> int:
    return sum(path.stat().st_size for path in (var() / "database").rglob("*") if path.is_file())
