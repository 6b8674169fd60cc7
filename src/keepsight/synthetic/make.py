"""Make a county: district by district, each in a process that gives its memory back."""

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from keepsight.synthetic.agencies import areas, county_agencies, county_feeds
from keepsight.synthetic.county import COUNTY_FILE, County, save_county
from keepsight.synthetic.data_card import data_card
from keepsight.synthetic.desk import FEEDS
from keepsight.synthetic.district import Made, Task, make_district
from keepsight.synthetic.districts import districts
from keepsight.synthetic.period import FEWEST_WEEKS, WEEKS, Period
from keepsight.synthetic.truth.merge import merge_truth
from keepsight.synthetic.truth.tables import TRUTH_FOLDER

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done, and how much there is."""

DATA_CARD = "DATA_CARD.md"
WRITTEN = (COUNTY_FILE, DATA_CARD, FEEDS, TRUTH_FOLDER)
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
    says what the county is and is not. Raises
    `ValueError` for fewer than 100 children or 26 weeks.
    """
    if weeks < FEWEST_WEEKS:
        raise ValueError(f"A county lives for at least {FEWEST_WEEKS} weeks; {weeks} were asked.")
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


def holds_only_a_county(folder: Path) -> bool:
    """Whether a folder has nothing in it but what a county, whole or broken off, left there."""
    return not folder.exists() or {path.name for path in folder.iterdir()} <= set(WRITTEN)


def _clear(folder: Path) -> None:
    """What lists the files goes first: a county that is broken off has no list."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (COUNTY_FILE, DATA_CARD):
        (folder / name).unlink(missing_ok=True)
    for name in (FEEDS, TRUTH_FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)


def _made(tasks: list[Task], children: int) -> Iterator[Made]:
    if children < ALONE_BELOW:
        yield from map(make_district, tasks)
        return
    # A fresh process a district, so that memory does not grow with the county; never a fork of
    # this one, which may hold threads and connections.
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=multiprocessing.get_context("spawn"),
        max_tasks_per_child=1,
    ) as pool:
        yield from pool.map(make_district, tasks)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody asked to be told."""
