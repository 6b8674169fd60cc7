"""The children of the county: who they are, in which household, and where they live."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.names import Texts, forenames, surnames
from keepsight.synthetic.numbers import nhs_numbers, postcodes
from keepsight.synthetic.randomness import stream

CHILDHOOD_DAYS = 6574
"""Days in eighteen years."""
HOUSEHOLD_SIZES = (0.45, 0.38, 0.13, 0.04)
"""Shares of households with one, two, three and four children (our own assumption)."""
TWINS = 0.028
"""Share of households of two or more whose first two are twins: 1.5 % of maternities (mark M)."""
BOYS = 0.512
MOVED = 0.06
"""Share of households that moved within the period (our own assumption)."""
SOUTHMERE = 0.1
"""Share of households in the second, small area."""
POSTCODE_AREAS = ("ZZ", "ZY")
HOUSEHOLDS_A_POSTCODE = 12

ETHNICITY_SHARES = {
    "WBRI": 60.0, "WOTH": 7.0, "BAFR": 5.2, "APKN": 4.7, "AIND": 4.2, "MOTH": 2.9, "OOTH": 2.5,
    "AOTH": 2.3, "ABAN": 1.8, "MWAS": 1.7, "MWBC": 1.6, "MWBA": 1.0, "NOBT": 1.0, "BCRB": 0.9,
    "REFU": 0.9, "CHNE": 0.8, "BOTH": 0.8, "WIRI": 0.3, "WROM": 0.3, "WIRT": 0.1,
}  # fmt: skip
"""Pupils by ethnic group, per cent, 2024/25 (`domain.md` section 7; the White groups mark M)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One row a child, column by column. `area` is 0 for Northmere and 1 for Southmere."""

    area: NDArray[np.int8]
    household: NDArray[np.int64]
    birth: NDArray[np.datetime64]
    sex: NDArray[np.str_]
    forename: Texts
    surname: Texts
    postcode: Texts
    former_postcode: Texts
    ethnicity: Texts
    nhs: Texts

    def __len__(self) -> int:
        return len(self.area)

    def ages(self, on: date) -> NDArray[np.int64]:
        """Whole years of age on a day, good to a day."""
        days = (np.datetime64(on) - self.birth).astype(np.int64)
        return np.asarray(days * 4 // 1461, np.int64)


def populate(children: int, seed: int, today: date) -> People:
    """The children aged 0 to 17 on a day, siblings beside each other. Needs 10 or more."""
    if children < 10:
        raise ValueError(f"A county needs at least 10 children; {children} were asked for.")
    rng = stream(seed, "households")
    household, order = _households(children, rng)
    homes = int(household[-1]) + 1
    area = (rng.permutation(homes) < max(1, round(homes * SOUTHMERE))).astype(np.int8)
    home_postcode, former = _addresses(area, rng)
    birth = _births(household, order, today, rng)
    sex = np.where(rng.random(children) < BOYS, "M", "F")
    return People(
        area=area[household],
        household=household,
        birth=birth,
        sex=sex,
        forename=_given_names(household, sex, birth, stream(seed, "forenames")),
        surname=surnames(homes, stream(seed, "surnames"))[household],
        postcode=home_postcode[household],
        former_postcode=former[household],
        ethnicity=_ethnicities(homes, rng)[household],
        nhs=nhs_numbers(children, stream(seed, "nhs")),
    )


def _households(
    children: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each child's household, and the child's place among its siblings from 0."""
    sizes = rng.choice(np.arange(1, 5), children, p=HOUSEHOLD_SIZES)
    sizes[0] = 2
    household = np.repeat(np.arange(children), sizes)[:children]
    first = np.searchsorted(household, household)
    return household, np.arange(children) - first


def _births(
    household: NDArray[np.int64],
    order: NDArray[np.int64],
    today: date,
    rng: np.random.Generator,
) -> NDArray[np.datetime64]:
    """Days of birth: siblings 13 months or more apart, or twins on one day."""
    count = len(household)
    anchor = rng.integers(0, CHILDHOOD_DAYS, count)[household]
    # At most 1,000 days a gap: three gaps are under nine years, so a sibling on the other side
    # of the first child always fits into childhood.
    gap = np.minimum(400 + rng.exponential(400, count), 1000).astype(np.int64)
    twins = rng.random(count) < TWINS
    twins[0] = True
    gap[(order == 1) & twins[household]] = 0
    gap[order == 0] = 0
    total = np.cumsum(gap)
    since_first = total - total[np.searchsorted(household, household)]
    older = anchor + since_first
    age_days = np.where(older < CHILDHOOD_DAYS, older, anchor - since_first)
    return np.asarray(np.datetime64(today - timedelta(days=1)) - age_days)


def _given_names(
    household: NDArray[np.int64],
    sex: NDArray[np.str_],
    birth: NDArray[np.datetime64],
    rng: np.random.Generator,
) -> Texts:
    """Forenames; a child who would share one with the sibling before it gets another draw."""
    years = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    names = forenames(sex, years, rng)
    for _ in range(3):
        same = np.flatnonzero((household[1:] == household[:-1]) & (names[1:] == names[:-1])) + 1
        names[same] = forenames(sex[same], years[same], rng)
    return names


def _addresses(area: NDArray[np.int8], rng: np.random.Generator) -> tuple[Texts, Texts]:
    """Each household's postcode now, and the one it had when the period began."""
    now, before = np.empty(len(area), object), np.empty(len(area), object)
    for index, letters in enumerate(POSTCODE_AREAS):
        here = np.flatnonzero(area == index)
        pool = postcodes(max(3, len(here) // HOUSEHOLDS_A_POSTCODE), letters, rng)
        now[here], before[here] = rng.choice(pool, len(here)), rng.choice(pool, len(here))
    stayed = rng.random(len(area)) >= MOVED
    before[stayed] = now[stayed]
    return now, before


def _ethnicities(homes: int, rng: np.random.Generator) -> Texts:
    shares = np.array(list(ETHNICITY_SHARES.values()))
    drawn = rng.choice(np.array(list(ETHNICITY_SHARES), object), homes, p=shares / shares.sum())
    return np.asarray(drawn, object)
