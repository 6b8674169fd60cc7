"""Drawing people and choices for ordinary life."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.calendar import add_working_days, is_working_day
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period

YEAR_DAYS = 365

T = TypeVar("T")


def pick(choices: Sequence[tuple[T, float]], rng: np.random.Generator) -> T:
    """One of the choices, by its weight."""
    weights = np.cumsum([weight for _, weight in choices])
    return choices[int(np.searchsorted(weights, rng.random() * weights[-1], "right"))][0]


def one_of(choices: Sequence[T], rng: np.random.Generator) -> T:
    """One of the choices, each as likely as the next."""
    return choices[int(rng.integers(len(choices)))]


def aged(people: People, youngest: int, oldest: int, period: Period) -> NDArray[np.int64]:
    """The children of an age in the middle of the period."""
    ages = people.ages(period.start + timedelta(days=period.days // 2))
    return np.flatnonzero((ages >= youngest) & (ages <= oldest))


def age_on(people: People, person: int, day: date) -> int:
    """Whole years of age of one child on a day."""
    return (day - people.born(person)).days * 4 // 1461


def times(
    may: NDArray[np.int64],
    yearly: float | NDArray[np.float64],
    period: Period,
    rng: np.random.Generator,
) -> list[int]:
    """Each child as often as it happens to it in the period, at so many times a year."""
    counts = rng.poisson(np.broadcast_to(yearly, len(may)) * period.days / YEAR_DAYS)
    return np.repeat(may, counts).tolist()


def on_a_day(people: People, person: int, period: Period, rng: np.random.Generator) -> date:
    """A day of the period on which the child was born."""
    return max(people.born(person) + timedelta(days=1), period.day(rng))


def at_a_moment(people: People, person: int, period: Period, rng: np.random.Generator) -> datetime:
    """A moment of the period at which the child was born."""
    moment = period.moment(rng)
    born = people.born(person) + timedelta(days=1)
    return moment if moment.date() >= born else datetime.combine(born, moment.time())


def in_working_days(day: date, wait: int) -> date:
    """The working day so many after a day; with no wait the day itself, if it is one."""
    return day if not wait and is_working_day(day) else add_working_days(day, max(1, wait))
