"""Which school each child is on the roll of, in each school year, and the pupil number it gave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.names import Texts
from keepsight.synthetic.numbers import upns
from keepsight.synthetic.people import People
from keepsight.synthetic.randomness import stream

PRIMARY_PUPILS, SECONDARY_PUPILS = 300, 1000
FIRST_SECONDARY_YEAR, LAST_YEAR = 7, 11
AUTHORITIES = ("998", "999")
"""Local authority codes that no council of England has."""
NAMES = (
    "Alder", "Bramble", "Cobble", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper",
    "Kestrel", "Larch", "Maple", "Nettle", "Osprey", "Plover", "Quince", "Rowan", "Sorrel",
    "Teasel",
)  # fmt: skip
PLACES = ("Beck", "Common", "Cross", "Dene", "Fold", "Green", "Hill", "Lane", "Mount", "Park")


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school; `code` is its authority and establishment number together, seven digits."""

    key: str
    name: str
    area: int
    secondary: bool
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolments:
    """The county's schools, each household's two schools, and every child's UPN."""

    schools: tuple[School, ...]
    primary: NDArray[np.int64]
    secondary: NDArray[np.int64]
    birth_year: NDArray[np.int64]
    upn: Texts

    def year_groups(self, school_year: int) -> NDArray[np.int64]:
        """Reception is 0; below 0 and above 11 a child is not on a school's roll."""
        return np.asarray(school_year - self.birth_year - 5)

    def school_of(self, school_year: int) -> NDArray[np.int64]:
        """The index of each child's school in the year that began in that September, or -1."""
        group = self.year_groups(school_year)
        school = np.where(group < FIRST_SECONDARY_YEAR, self.primary, self.secondary)
        return np.where((group >= 0) & (group <= LAST_YEAR), school, -1)


def enrol(people: People, seed: int, school_year: int) -> Enrolments:
    """Enough schools for the children of each area, siblings at the same one."""
    rng = stream(seed, "schools")
    birth_year = _september_before(people.birth)
    group = school_year - birth_year - 5
    schools: list[School] = []
    place = {False: np.zeros(len(people), np.int64), True: np.zeros(len(people), np.int64)}
    for area in (0, 1):
        here = people.area == area
        for secondary in (False, True):
            pupils = np.count_nonzero(here & _of_phase(group, secondary))
            opened = _open(area, secondary, int(pupils), len(schools))
            drawn = rng.integers(0, len(opened), len(people))[people.household]
            place[secondary][here] = (len(schools) + drawn)[here]
            schools.extend(opened)
    codes = np.array([school.code for school in schools], object)
    return Enrolments(
        schools=tuple(schools),
        primary=place[False],
        secondary=place[True],
        birth_year=birth_year,
        upn=upns(codes[place[False]], birth_year + 5),
    )


def _open(area: int, secondary: bool, pupils: int, opened: int) -> list[School]:
    size = SECONDARY_PUPILS if secondary else PRIMARY_PUPILS
    count = max(1, round(pupils / size))
    return [_school(area, secondary, number, opened + number) for number in range(count)]


def _school(area: int, secondary: bool, number: int, opened: int) -> School:
    establishment = (4000 if secondary else 2000) + number + 1
    lap, first = divmod(opened, len(NAMES))
    place = PLACES[(first + 3 * area + lap) % len(PLACES)]
    kind = "Secondary School" if secondary else "Primary School"
    return School(
        key=f"school-{AUTHORITIES[area]}-{establishment}",
        name=f"{NAMES[first]} {place} {kind}",
        area=area,
        secondary=secondary,
        code=f"{AUTHORITIES[area]}{establishment:04d}",
    )


def _of_phase(group: NDArray[np.int64], secondary: bool) -> NDArray[np.bool_]:
    if secondary:
        return (group >= FIRST_SECONDARY_YEAR) & (group <= LAST_YEAR)
    return (group >= 0) & (group < FIRST_SECONDARY_YEAR)


def _september_before(birth: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """The year of the first of September at or before each birth."""
    months = birth.astype("datetime64[M]").astype(np.int64)
    return np.asarray((months - 8) // 12 + 1970, np.int64)
