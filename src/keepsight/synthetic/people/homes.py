"""Households: who is born into which, twins and triplets, and where they live and move."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.districts import District
from keepsight.synthetic.people.columns import NEVER, Days
from keepsight.synthetic.people.names import Texts
from keepsight.synthetic.people.numbers import postcodes
from keepsight.synthetic.period import Period

CHILDHOOD_DAYS = 6574
"""Days in eighteen years."""
HOUSEHOLD_SIZES = (0.45, 0.38, 0.13, 0.04)
"""Shares of households with one, two, three and four children (our own assumption)."""
TRIPLETS = 0.015
"""Share of maternities with a multiple birth that have three (mark M)."""
MOVED = 0.12
"""Share of households that moved within two years (our own assumption)."""
TRAVELLING_MOVES = 4.0
"""How much more often Gypsy, Roma and Traveller households move (our own assumption)."""
ACROSS = 0.15
"""Share of moves that crossed a council's border (our own assumption)."""
PARENTS_APART = 0.24
"""Share of households whose children have a second home (our own assumption)."""
HOUSEHOLDS_A_POSTCODE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Households, one row each."""

    postcode: Texts
    former_postcode: Texts
    other_postcode: Texts
    moved: Days
    from_other_district: NDArray[np.bool_]


def households(
    children: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each child's household, and the child's place among its siblings from 0."""
    sizes = rng.choice(np.arange(1, 5), children, p=HOUSEHOLD_SIZES)
    sizes[0] = 2
    household = np.repeat(np.arange(children), sizes)[:children]
    return household, np.arange(children) - np.searchsorted(household, household)


def births(
    household: NDArray[np.int64],
    order: NDArray[np.int64],
    today: date,
    rng: np.random.Generator,
) -> Days:
    """Days of birth: siblings 13 months or more apart, or twins and triplets on one day."""
    anchor = rng.integers(0, CHILDHOOD_DAYS, len(household))[household]
    # At most 1,000 days a gap: three gaps are under nine years, so a sibling on the other side
    # of the first child always fits into childhood.
    gap = np.minimum(400 + rng.exponential(400, len(household)), 1000).astype(np.int64)
    twins, triplets = _multiples(household, order, rng)
    gap[(order == 1) & twins[household]] = 0
    gap[(order == 2) & triplets[household]] = 0
    gap[order == 0] = 0
    total = np.cumsum(gap)
    since_first = total - total[np.searchsorted(household, household)]
    older = anchor + since_first
    age_days = np.where(older < CHILDHOOD_DAYS, older, anchor - since_first)
    return np.asarray(np.datetime64(today - timedelta(days=1)) - age_days)


def _multiples(
    household: NDArray[np.int64], order: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Households whose first two children are twins, and those whose first three are triplets."""
    homes, count = int(household[-1]) + 1, len(household)
    several, three = int(np.sum(order == 1)), np.bincount(household, minlength=homes) >= 3
    rate = per_child("multiple_births")
    # A birth of two is one maternity: so many of the households with two or more children.
    twins = rng.random(homes) < rate * count / (1 + rate) / max(1, several)
    twins[0] = True
    triplets = twins & three & (rng.random(homes) < TRIPLETS * several / max(1, three.sum()))
    return twins, triplets


def homes(
    district: District, travelling: NDArray[np.bool_], period: Period, rng: np.random.Generator
) -> Homes:
    """Where each household lives, lived before it moved, and has a second home."""
    count = len(travelling)
    pool = postcodes(max(3, count // HOUSEHOLDS_A_POSTCODE), district.postcode_area, rng)
    rate = MOVED * np.where(travelling, TRAVELLING_MOVES, 1) * period.days / 730
    moves, apart = rng.random(count) < rate, rng.random(count) < PARENTS_APART
    day = np.datetime64(period.start) + rng.integers(1, period.days, count)
    now, before, other = rng.choice(pool, count), rng.choice(pool, count), rng.choice(pool, count)
    return Homes(
        postcode=now,
        former_postcode=np.where(moves, before, now),
        other_postcode=np.where(apart, other, ""),
        moved=np.where(moves, day, NEVER),
        from_other_district=moves & (rng.random(count) < ACROSS),
    )
