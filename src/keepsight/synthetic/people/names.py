"""Names in their published frequency, community by community, and what is written instead."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

COUNTED_YEARS = (2008, 2010, 2012, 2014, 2016, 2018, 2020)
TAIL = {"british": 0.35}
"""Share of a community's families with a rare surname, put together from parts."""
SKEW = {"british": 12.0, "polish": 40.0, "european": 40.0, "west_african": 20.0}
USUAL_SKEW = 4.0
"""A surname's weight is 1 / (rank + skew): the larger, the less its commonest stand out."""
BY_SEX = {"punjabi": ("Singh", "Kaur", 0.45), "bangladeshi": ("Miah", "Begum", 0.3)}
"""Surnames that sons and daughters bear, and the share of families that give them."""
OWN_FORENAMES: dict[str, dict[str, float]] = {
    "british": {"irish": 0.04, "welsh": 0.03}, "irish": {"irish": 0.5}, "traveller": {"irish": 0.3},
    "polish": {"polish": 0.7}, "romanian": {"romanian": 0.6}, "romani": {"romanian": 0.3},
    "pakistani": {"muslim": 0.93}, "bangladeshi": {"muslim": 0.95}, "somali": {"muslim": 0.9},
    "arab": {"muslim": 0.85}, "afghan": {"muslim": 0.9}, "gujarati": {"hindu": 0.8},
    "tamil": {"hindu": 0.7}, "punjabi": {"sikh": 0.8}, "west_african": {"west_african": 0.35},
    "chinese": {"chinese": 0.3}, "turkish": {"turkish": 0.55, "muslim": 0.2},
    "latin": {"latin": 0.5},
}  # fmt: skip
"""Share of a community's children with a forename of its own; the rest share everybody's."""

Texts = NDArray[np.object_]


def _table(name: str) -> Iterator[dict[str, str]]:
    source = files("keepsight.synthetic") / "data" / name
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


@cache
def _forenames(sex: str, tag: str) -> tuple[Texts, NDArray[np.float64]]:
    """The names of a sex that bear a tag, and their shares in each counted year."""
    rows = [r for r in _table("forenames.csv") if r["sex"] == sex and r["community"] == tag]
    counts = np.array([[int(row[str(year)]) for year in COUNTED_YEARS] for row in rows], float)
    return np.array([row["name"] for row in rows], object), counts / counts.sum(axis=0)


@cache
def _surnames(community: str) -> tuple[Texts, NDArray[np.float64]]:
    rows = [row["surname"] for row in _table("surnames.csv") if row["community"] == community]
    weights = 1 / (np.arange(len(rows)) + SKEW.get(community, USUAL_SKEW))
    return np.array(rows, object), weights / weights.sum()


@cache
def _parts(place: str) -> Texts:
    rows = [row["part"] for row in _table("surname_parts.csv") if row["place"] == place]
    return np.array(rows, object)


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _table("nicknames.csv"):
        found[row["name"]] = (*found.get(row["name"], ()), row["nickname"])
    return found


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """For each name, the other spellings of it."""
    groups: dict[str, list[str]] = {}
    for row in _table("spellings.csv"):
        groups.setdefault(row["group"], []).append(row["name"])
    return {
        name: tuple(other for other in names if other != name)
        for names in groups.values()
        for name in names
    }


def forenames(
    sexes: NDArray[np.str_],
    birth_years: NDArray[np.int64],
    communities: Texts,
    rng: np.random.Generator,
) -> Texts:
    """A forename each, as common as it was among babies of that sex and nearest counted year."""
    chosen, tags = np.empty(len(sexes), object), _tags(communities, rng)
    nearest = np.clip(np.rint((birth_years - COUNTED_YEARS[0]) / 2), 0, len(COUNTED_YEARS) - 1)
    for sex in ("F", "M"):
        for tag in sorted(set(tags.tolist())):
            of_both = (sexes == sex) & (tags == tag)
            for column in range(len(COUNTED_YEARS)):
                rows = np.flatnonzero(of_both & (nearest == column))
                names, shares = _forenames(sex, tag)
                chosen[rows] = rng.choice(names, len(rows), p=shares[:, column])
    return chosen


def _tags(communities: Texts, rng: np.random.Generator) -> Texts:
    drawn = np.full(len(communities), "", object)
    for community, shares in OWN_FORENAMES.items():
        rows = np.flatnonzero(communities == community)
        choices = np.array([*shares, ""], object)
        rest = 1 - sum(shares.values())
        drawn[rows] = rng.choice(choices, len(rows), p=[*shares.values(), rest])
    return drawn


def surnames(communities: Texts, rng: np.random.Generator) -> Texts:
    """A surname each: a few very common ones, and a long tail."""
    chosen = np.empty(len(communities), object)
    for community in sorted(set(communities.tolist())):
        rows = np.flatnonzero(communities == community)
        names, shares = _surnames(community)
        chosen[rows] = rng.choice(names, len(rows), p=shares)
        rare = rows[rng.random(len(rows)) < TAIL.get(community, 0)]
        first, last = _parts("first"), _parts("last")
        chosen[rare] = rng.choice(first, len(rare)) + rng.choice(last, len(rare))
    return chosen


def for_daughters_and_sons(
    surnames: Texts,
    sexes: NDArray[np.str_],
    communities: Texts,
    household: NDArray[np.int64],
    rng: np.random.Generator,
) -> Texts:
    """The family's surname as each child bears it, where sons and daughters bear different ones."""
    borne, drawn = surnames.copy(), rng.random(int(household.max(initial=0)) + 1)[household]
    for community, (son, daughter, share) in BY_SEX.items():
        rows = np.flatnonzero((communities == community) & (drawn < share))
        borne[rows] = np.where(sexes[rows] == "F", daughter, son)
    for row in np.flatnonzero(communities == "polish"):
        daughter = sexes[row] == "F" and drawn[row] < 0.6
        borne[row] = _polish(borne[row], daughter)
    return borne


def _polish(surname: str, daughter: bool) -> str:
    """A surname in -ski or -cki as a son bears it, or a daughter in a family that says -ska."""
    if surname.endswith(("ska", "cka", "ski", "cki")):
        return surname[:-1] + ("a" if daughter else "i")
    return surname


def nickname(forename: str, rng: np.random.Generator) -> str:
    """A short form of the name, or the name itself where we know none."""
    return _one_of(_nicknames().get(forename, ()), forename, rng)


def spelled_otherwise(name: str, rng: np.random.Generator) -> str:
    """Another spelling of the name in Latin letters, or the name itself where we know none."""
    return _one_of(_spellings().get(name, ()), name, rng)


def _one_of(choices: Sequence[str], else_: str, rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))] if choices else else_


def mistyped(text: str, rng: np.random.Generator) -> str:
    """The text with one slip of the keyboard: a swap, a loss, a doubling or a near key."""
    if len(text) < 3:
        return text
    at, slip = int(rng.integers(1, len(text) - 1)), int(rng.integers(4))
    near = "aeioulmnrst"[int(rng.integers(11))]
    slips: Sequence[str] = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + near + text[at + 1 :],
    )
    return slips[slip]
