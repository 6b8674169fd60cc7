"""Names in their published frequency, and what people write down instead of them."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

COUNTED_YEARS = (2008, 2010, 2012, 2014, 2016, 2018, 2020)
SURNAME_SKEW = 12
"""How far the commonest surnames stand out: a surname's weight is 1 / (rank + this)."""

Texts = NDArray[np.object_]


def _lines(name: str) -> list[str]:
    source = files("keepsight.synthetic") / "data" / name
    return source.read_text(encoding="utf-8").splitlines()


@cache
def _forenames(sex: str) -> tuple[Texts, NDArray[np.float64]]:
    rows = [row for row in csv.DictReader(_lines("forenames.csv")) if row["sex"] == sex]
    counts = np.array([[int(row[str(year)]) for year in COUNTED_YEARS] for row in rows], float)
    return np.array([row["name"] for row in rows], object), counts / counts.sum(axis=0)


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(_lines("nicknames.csv")):
        found[row["name"]] = (*found.get(row["name"], ()), row["nickname"])
    return found


def forenames(
    sexes: NDArray[np.str_], birth_years: NDArray[np.int64], rng: np.random.Generator
) -> Texts:
    """A forename each, as common as it was among babies of that sex and nearest counted year."""
    chosen = np.empty(len(sexes), object)
    nearest = np.clip(np.rint((birth_years - COUNTED_YEARS[0]) / 2), 0, len(COUNTED_YEARS) - 1)
    for sex in ("F", "M"):
        names, shares = _forenames(sex)
        for column in range(len(COUNTED_YEARS)):
            members = np.flatnonzero((sexes == sex) & (nearest == column))
            chosen[members] = rng.choice(names, len(members), p=shares[:, column])
    return chosen


def surnames(count: int, rng: np.random.Generator) -> Texts:
    """Surnames with a few very common ones and a long tail."""
    known = np.array(_lines("surnames.txt"), object)
    weights = 1 / (np.arange(len(known)) + SURNAME_SKEW)
    return np.asarray(rng.choice(known, count, p=weights / weights.sum()), object)


def nickname(forename: str, rng: np.random.Generator) -> str:
    """A short form of the name, or the name itself where we know none."""
    known = _nicknames().get(forename)
    return known[int(rng.integers(len(known)))] if known else forename


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
