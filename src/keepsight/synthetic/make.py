"""Make a county: district by district, each in a process that gives its memory back."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path

from keepsight.synthetic.agencies import areas, county_agencies, county_feeds
from keepsight.synthetic.county import COUNTY_FILE, County, load_county, save_county
from keepsight.synthetic.data_card import data_card
from keepsight.synthetic.desk import FEEDS
from keepsight.synthetic.district import Made, Task, make_district
from keepsight.synthetic.districts import districts
from keepsight.synthetic.period import FEWEST_WEEKS, WEEKS, Period
from keepsight.synthetic.truth.merge import SUMMARY, merge_truth
from keepsight.synthetic.truth.tables import HEADERS, TRUTH_FOLDER

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done, and how much there is."""

DATA_CARD = "DATA_CARD.md"
MARKER = ".made-up-county"
"""An empty file that says that a county wrote the folder, even one that was broken off."""
WRITTEN = (MARKER, COUNTY_FILE, DATA_CARD, FEEDS, TRUTH_FOLDER)
MOST_WORKERS = 8
"""Each may need 750 MiB."""
EARLIEST, LATEST = date(2025, 1, 1), date(2099, 12, 31)
"""The county speaks the attendance codes in force since August 2024 (SI 2024/208)."""
ALONE_BELOW = 15_000
"""A smaller county is made in this process: starting others would take longer."""


def write_county(
    folder: Path,
    *,
    children: int,
    seed: int,
    today: date,
    weeks: int = WEEKS,
    progress: Progress | None = None,
) -> County:
    """Write the feeds of a county of so many children over the weeks before `today`.

    The same seed, children, weeks and day give the same bytes. What a county wrote into the
    folder before is replaced. The truth goes into `folder/truth`, and into no feed; the data card
    says what the county is and is not. Raises `ValueError` for fewer than 100 children or 26
    weeks, or a day whose codes it does not speak, and `FileExistsError`, having touched nothing,
    where the folder holds what no county wrote. A script that makes a large one needs the guard
    `if __name__ == "__main__":`, for it starts processes of its own.
    """
    _check(today, weeks)
    places, tell = districts(children, seed), progress or _silent
    _clear(folder)
    tasks = [
        Task(folder=folder, number=number, places=places, period=Period(today, weeks))
        for number in range(len(places))
    ]
    made: list[Made] = []
    for done in _made(tasks, children):
        made.append(done)
        tell("districts", len(made), len(places))
    merge_truth(folder, places)
    deliveries = [delivery for each in made for delivery in each.deliveries]
    county = County(
        areas=areas(places),
        agencies=(*county_agencies(places), *(one for each in made for one in each.agencies)),
        feeds=(*county_feeds(), *(one for each in made for one in each.feeds)),
        deliveries=tuple(sorted(deliveries, key=lambda one: (one.received, one.feed, one.path))),
        children=children,
        seed=seed,
        today=today,
        weeks=weeks,
    )
    save_county(county, folder)
    (folder / DATA_CARD).write_text(data_card(county), encoding="utf-8")
    return county


def _check(today: date, weeks: int) -> None:
    if weeks < FEWEST_WEEKS:
        raise ValueError(f"A county lives for at least {FEWEST_WEEKS} weeks; {weeks} were asked.")
    if not EARLIEST <= today <= LATEST:
        raise ValueError(f"A county stands on a day from {EARLIEST} to {LATEST}, not on {today}.")


def _clear(folder: Path) -> None:
    """What lists the files goes first: a county that is broken off has no list."""
    if other := _not_of_a_county(folder):
        raise FileExistsError(
            f"{folder} holds what no county wrote: {', '.join(other)}. Name an empty folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    for name in (COUNTY_FILE, DATA_CARD):
        (folder / name).unlink(missing_ok=True)
    for name in (FEEDS, TRUTH_FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)


def _not_of_a_county(folder: Path) -> list[str]:
    """Some of what is in a folder and was put there by no county, whole or broken off."""
    if not folder.exists():
        return []
    names = {path.name for path in folder.iterdir()}
    if not names & {MARKER, COUNTY_FILE}:
        return sorted(names)[:3]
    return sorted(names - set(WRITTEN))[:3] or _added_to(folder)


def _added_to(folder: Path) -> list[str]:
    """Files in the folders of a whole county that it does not list."""
    try:
        listed = {delivery.path for delivery in load_county(folder).deliveries}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return []
    truth = {folder / TRUTH_FOLDER / name for name in (SUMMARY, *(f"{t}.csv" for t in HEADERS))}
    written = listed | truth
    inside = (path for name in (FEEDS, TRUTH_FOLDER) for path in (folder / name).rglob("*"))
    other = (path for path in inside if path.is_file() and path not in written)
    return [path.relative_to(folder).as_posix() for path in islice(other, 3)]


def _made(tasks: list[Task], children: int) -> Iterator[Made]:
    if children < ALONE_BELOW:
        yield from map(make_district, tasks)
        return
    # A fresh process a district, so that memory does not grow with the county; never a fork of
    # this one, which may hold threads and connections.
    with ProcessPoolExecutor(
        max_workers=min(MOST_WORKERS, len(os.sched_getaffinity(0))),
        mp_context=multiprocessing.get_context("spawn"),
        max_tasks_per_child=1,
        initializer=_leave_the_keyboard_alone,
    ) as pool:
        try:
            yield from pool.map(make_district, tasks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_the_keyboard_alone() -> None:
    """Ctrl+C is for the process that began the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody asked to be told."""
