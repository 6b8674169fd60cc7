"""Names within a family: blended families, double surnames, names changed, other spellings."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.people.columns import NEVER, Days
from keepsight.synthetic.people.names import (
    Texts,
    for_daughters_and_sons,
    forenames,
    spelled_otherwise,
    surnames,
)
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

BLENDED = 0.14
"""Share of households with siblings whose later children bear another surname (our assumption)."""
DOUBLE = 0.04
"""Share of households with a double surname (our own assumption); all of the Latin American."""
SPELLED_ALIKE = ("british", "irish", "traveller")
"""Communities whose names are spelled alike by everybody in England."""
RENAMED_A_YEAR = 0.012
"""Share of households whose surname changes in a year (our own assumption)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What each child is called, one row each."""

    forename: Texts
    also_written: Texts
    surname: Texts
    former_surname: Texts
    renamed: Days


def name_children(
    household: NDArray[np.int64],
    order: NDArray[np.int64],
    sex: NDArray[np.str_],
    birth: Days,
    communities: Texts,
    period: Period,
    seed: int,
) -> Names:
    """Names for children whose households belong to these communities (one row a household)."""
    of_child = communities[household]
    rng = stream(seed, "surnames")
    surname = _surnames(household, order, sex, communities, rng)
    renamed, former = _renamed(surname, household, communities, period, rng)
    forename = given_names(household, sex, birth, of_child, stream(seed, "forenames"))
    return Names(
        forename=forename,
        also_written=_also_written(forename, of_child, stream(seed, "spellings")),
        surname=surname,
        former_surname=former,
        renamed=renamed,
    )


def _also_written(forename: Texts, communities: Texts, rng: np.random.Generator) -> Texts:
    """Another spelling, in families whose names clerks spell by ear."""
    written = forename.copy()
    for row in np.flatnonzero(~np.isin(communities.astype(str), SPELLED_ALIKE)):
        written[row] = spelled_otherwise(written[row], rng)
    return written


def _surnames(
    household: NDArray[np.int64],
    order: NDArray[np.int64],
    sex: NDArray[np.str_],
    communities: Texts,
    rng: np.random.Generator,
) -> Texts:
    own, other = surnames(communities, rng), surnames(communities, rng)
    blended = rng.random(len(own)) < BLENDED
    later = order >= np.where(rng.random(len(own)) < 0.5, 1, 2)[household]
    name = np.where(blended[household] & later, other[household], own[household])
    name = for_daughters_and_sons(name, sex, communities[household], household, rng)
    double = (rng.random(len(own)) < DOUBLE) | (communities == "latin")
    joined = np.array([f"{a}-{b}" for a, b in zip(own, other, strict=True)], object)
    return np.where((double & ~blended)[household], joined[household], name)


def _renamed(
    surname: Texts,
    household: NDArray[np.int64],
    communities: Texts,
    period: Period,
    rng: np.random.Generator,
) -> tuple[Days, Texts]:
    """The day on which a family's surname changed, or `NaT`, and what it was before."""
    homes = len(communities)
    changes = rng.random(homes) < RENAMED_A_YEAR * period.days / 365
    day = np.datetime64(period.start) + rng.integers(1, period.days, homes)
    earlier = surnames(communities, rng)
    changed = changes[household]
    return (
        np.where(changed, day[household], NEVER),
        np.where(changed, earlier[household], surname),
    )


def given_names(
    household: NDArray[np.int64],
    sex: NDArray[np.str_],
    birth: Days,
    communities: Texts,
    rng: np.random.Generator,
) -> Texts:
    """Forenames; a child who would share one with the sibling before it gets another draw."""
    years = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    names = forenames(sex, years, communities, rng)
    for _ in range(3):
        same = np.flatnonzero((household[1:] == household[:-1]) & (names[1:] == names[:-1])) + 1
        names[same] = forenames(sex[same], years[same], communities[same], rng)
    return names


def born_on_the_15th(ages: NDArray[np.int64], today: date, rng: np.random.Generator) -> Days:
    """Days of birth of these ages that an authority wrote down as the 15th, or the 1st of January.

    SSD guidance has a day that nobody knows recorded as the 15th (`formats.md` section 7).
    """
    month = np.datetime64(today, "M") - 1 - 12 * ages - rng.integers(0, 11, len(ages))
    fifteenth = month.astype("datetime64[D]") + 14
    new_year = month.astype("datetime64[Y]").astype("datetime64[D]")
    still_a_child = np.datetime64(today) - new_year < np.timedelta64(18 * 365, "D")
    return np.where((rng.random(len(ages)) < 0.85) | ~still_a_child, fifteenth, new_year)
