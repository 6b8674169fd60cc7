"""School in ordinary times: suspensions, leaving a roll, and what staff write down."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.happenings import Exclusion, Happenings, RollChange, SchoolConcern
from keepsight.synthetic.life.choices import age_on, aged, one_of, pick, times
from keepsight.synthetic.life.wording import SCHOOL_ACTIONS, SCHOOL_CONCERNS
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.heritage import TRAVELLING
from keepsight.synthetic.period import Period, in_school, on_weekday
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools.terms import school_days

SUSPENDED_SHAPE = 0.045
"""Shape of the gamma law of pupils' rates: a few pupils are suspended again and again."""
ON_NO_ROLL_THEN = 1.36
"""Some of the days drawn fall before a child starts school, or after it has left."""
MOST_A_YEAR = 20
"""Nobody is suspended more often than this."""
OLDER, MEALS, SUPPORT = 6.0, 2.6, 2.4
"""How much more often from age 11, with free meals, with provision (mark M)."""
SESSIONS = ((2, 0.32), (4, 0.26), (6, 0.17), (10, 0.2), (20, 0.05))
REASONS = (("DB", 0.45), ("PP", 0.12), ("VA", 0.16), ("PA", 0.05), ("VP", 0.05), ("DA", 0.05),
           ("DM", 0.04), ("TH", 0.02), ("OW", 0.02), ("MT", 0.04))  # fmt: skip
"""How often each reason is given (our own assumption)."""
LEAVING = (("elective home education", 0.0105, 400, 0.35), ("not known", 0.031, 60, 0.97))
"""Why a pupil leaves a roll, how many of each pupil a year, days until one is found again, and the
share who are. The county begins with nobody out of school and fills up to the published shares."""
CONCERNS = 0.10
"""Entries in a school's safeguarding log, a pupil a year (our own assumption)."""


def ordinary_schooling(people: People, period: Period, seed: int) -> Happenings:
    """Exclusions, changes of roll, concerns."""
    days = school_days(period.start, period.today - timedelta(days=1))
    return Happenings(
        exclusions=_exclusions(people, period, days, seed),
        roll_changes=_roll_changes(people, period, seed),
        concerns=_concerns(people, period, days, seed),
    )


def _exclusions(
    people: People, period: Period, days: tuple[date, ...], seed: int
) -> list[Exclusion]:
    rng, may = stream(seed, "exclusions"), aged(people, 5, 15, period)
    weight = (
        np.where(people.ages(period.today)[may] >= 12, OLDER, 1.0)
        * np.where(people.free_meals[may], MEALS, 1.0)
        * np.where(people.sen[may] != "N", SUPPORT, 1.0)
    )
    weight *= rng.gamma(SUSPENDED_SHAPE, 1 / SUSPENDED_SHAPE, len(may))
    yearly = _capped(weight, per_child("suspensions") * ON_NO_ROLL_THEN)
    permanent = per_child("excluded") / per_child("suspensions")
    return [
        Exclusion(
            person=person,
            start=one_of(days, rng),
            sessions=10 if (ends := bool(rng.random() < permanent)) else pick(SESSIONS, rng),
            permanent=ends,
            reason=pick(REASONS, rng),
        )
        for person in times(may, yearly, period, rng)
    ]


def _capped(weight: NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    """Rates in proportion to weights, none above `MOST_A_YEAR`, with this mean."""
    rates = weight * mean / max(1e-9, float(weight.mean()))
    for _ in range(6):
        rates = np.minimum(rates, MOST_A_YEAR)
        rates = rates * mean / max(1e-9, float(rates.mean()))
    return rates


def _roll_changes(people: People, period: Period, seed: int) -> list[RollChange]:
    """Pupils who leave a roll to be taught at home, or nobody knows where to."""
    rng, may = stream(seed, "roll changes"), aged(people, 6, 14, period)
    changes = []
    travelling = np.isin(people.ethnicity[may].astype(str), TRAVELLING)
    for why, yearly, spell, returns in LEAVING:
        rates = np.where(travelling, 5.0, 1.0) * yearly
        for person in times(may, rates, period, rng):
            left = on_weekday(period.moment(rng)).date()
            back = period.past(left + timedelta(days=7 + int(rng.exponential(spell))))
            found = back if rng.random() < returns else None
            changes.append(RollChange(person=person, left=left, why=why, found=found))
    return _one_each(changes)


def _one_each(changes: list[RollChange]) -> list[RollChange]:
    """The first change of each pupil."""
    first: dict[int, RollChange] = {}
    for change in sorted(changes, key=lambda change: change.left):
        first.setdefault(change.person, change)
    return list(first.values())


def _concerns(
    people: People, period: Period, days: tuple[date, ...], seed: int
) -> list[SchoolConcern]:
    rng, may = stream(seed, "concerns"), aged(people, 5, 15, period)
    rates = CONCERNS * rng.gamma(0.4, 1 / 0.4, len(may))
    concerns = []
    for person in times(may, rates, period, rng):
        day = one_of(days, rng)
        old = age_on(people, person, day)
        befitting = [each for each in SCHOOL_CONCERNS if each[1] <= old]
        if not befitting:
            continue
        category, _, text = one_of(befitting, rng)
        concerns.append(
            SchoolConcern(
                person=person,
                noticed=in_school(day, rng),
                category=category,
                text=text,
                action=one_of(SCHOOL_ACTIONS, rng),
            )
        )
    return concerns
