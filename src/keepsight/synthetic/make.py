"""Make a county: its children, what happens to them, and the files that its agencies send."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic import places
from keepsight.synthetic.county import County, Delivery, save_county
from keepsight.synthetic.feeds import (
    cin_census,
    daily_register,
    fhir,
    police_missing,
    return_interviews,
    school_census,
    ssda903,
)
from keepsight.synthetic.feeds.desk import Desk
from keepsight.synthetic.life import ordinary_life
from keepsight.synthetic.people import People, populate
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools import Enrolments, enrol
from keepsight.synthetic.social_care import looked_after_children, ordinary_care
from keepsight.synthetic.storylines import Storyline, choose, unfold
from keepsight.synthetic.terms import start_of_school_year
from keepsight.synthetic.truth import TRUTH_FOLDER, write_truth

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done, and how much there is."""


def write_county(
    folder: Path, *, children: int, seed: int, today: date, progress: Progress | None = None
) -> County:
    """Write the feeds of a county of so many children over the 26 weeks before `today`.

    The same seed, children and day give the same bytes. What a county wrote into the folder
    before is replaced. The truth goes into `folder/truth`, and into no feed. Raises `ValueError`
    for fewer than 10 children.
    """
    tell = progress or _silent
    tell("people", 0, children)
    people = populate(children, seed, today)
    enrolments = enrol(people, seed, start_of_school_year(today).year)
    tell("people", children, children)
    for written in ("feeds", TRUTH_FOLDER):
        shutil.rmtree(folder / written, ignore_errors=True)
    desk, stories = _live(folder, people, enrolments, Period(today), seed)
    deliveries = sorted(_deliveries(desk, tell), key=lambda sent: (sent.received, sent.feed))
    write_truth(folder, people, desk.known_as, stories)
    county = County(
        areas=places.AREAS,
        agencies=places.agencies(enrolments.schools),
        feeds=places.feeds(enrolments.schools),
        deliveries=tuple(deliveries),
        children=children,
        seed=seed,
        today=today,
    )
    save_county(county, folder)
    return county


def _live(
    folder: Path, people: People, enrolments: Enrolments, period: Period, seed: int
) -> tuple[Desk, tuple[Storyline, ...]]:
    """Let the period pass: ordinary life first, then the storylines."""
    looked_after = looked_after_children(people, period.today, seed)
    stories = choose(people, period, seed)
    happenings = ordinary_life(people, looked_after, period, seed)
    happenings.add(ordinary_care(people, looked_after, period, seed))
    happenings.add(unfold(stories, people, looked_after, period, seed))
    desk = Desk(
        folder=folder,
        seed=seed,
        period=period,
        people=people,
        enrolments=enrolments,
        happenings=happenings,
    )
    return desk, stories


def _deliveries(desk: Desk, tell: Progress) -> Iterator[Delivery]:
    for council in (0, 1):
        yield from _social_care(desk, council)
    yield from police_missing.write_reports(desk)
    yield from return_interviews.write_interviews(desk)
    yield from fhir.write_health(desk)
    rolls = school_census.enrol_with_schools(desk)
    yield from school_census.write_census(desk, rolls)
    for done, sent in enumerate(daily_register.write_registers(desk, rolls), start=1):
        tell("registers", done, len(desk.enrolments.schools))
        yield from sent


def _social_care(desk: Desk, council: int) -> Iterator[Delivery]:
    here, happenings = desk.living_in(council), desk.happenings
    cases = (case.person for case in happenings.cases)
    everybody = (*cases, *(placement.person for placement in happenings.placements))
    known = desk.know(
        places.COUNCILS[council],
        AgencyKind.CHILDRENS_SOCIAL_CARE,
        (person for person in everybody if here[person]),
    )
    yield from cin_census.write_census(desk, council, known)
    yield from ssda903.write_return(desk, council, known)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody asked to be told."""
