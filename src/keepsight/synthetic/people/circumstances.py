"""Disability, special educational needs, free meals, and children who are on no school's roll."""

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.people.names import Texts

SUPPORT, PLAN, FREE_MEALS = (per_child(k) for k in ("sen_support", "sen_plan", "free_meals"))
MORE_WITH_FREE_MEALS = 1.7
"""How much more often a pupil with free meals has support or a plan (mark M)."""
FREE_MEALS_IF_TRAVELLING = 0.6
"""The same among Gypsy, Roma and Traveller pupils (mark M)."""
DISABLED = {"E": 0.75, "K": 0.22, "N": 0.035}
"""Share of children with a disability, by their provision: 9 % in all (our own assumption)."""
DISABILITIES = {
    "AUT": 0.30, "LD": 0.22, "BEH": 0.15, "COMM": 0.10, "MOB": 0.07, "CON": 0.04, "HEAR": 0.04,
    "VIS": 0.03, "PC": 0.02, "INC": 0.01, "HAND": 0.01, "DDA": 0.01,
}  # fmt: skip
"""How often each code of the children in need census is the first (our own assumption)."""
SECOND_DISABILITY = 0.25
IN_SPECIAL_SCHOOL = 0.38
"""Share of children with a plan who go to a special school (mark M)."""
ON_NO_ROLL = 0.003
"""Share of children of school age who were never on a roll here (our own assumption)."""
UNKNOWN = 0.0003
"""Share of children whom no agency has ever met, one at least in a district (our assumption)."""


def free_meals(travelling: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Whether each household's children are eligible."""
    share = np.where(travelling, FREE_MEALS_IF_TRAVELLING, FREE_MEALS)
    return np.asarray(rng.random(len(travelling)) < share)


def provision(free: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.str_]:
    """Special educational needs; more often among pupils with free meals, as England counts."""
    # More often with free meals and less often without keeps the share of the whole.
    often = MORE_WITH_FREE_MEALS / (MORE_WITH_FREE_MEALS * FREE_MEALS + 1 - FREE_MEALS)
    factor = np.where(free, often, often / MORE_WITH_FREE_MEALS)
    drawn = rng.random(len(free))
    either = drawn < (SUPPORT + PLAN) * factor
    return np.where(drawn < PLAN * factor, "E", np.where(either, "K", "N"))


def disabilities(sen: NDArray[np.str_], rng: np.random.Generator) -> Texts:
    """Codes of each child's disabilities, or empty."""
    shares = np.select([sen == code for code in DISABLED], list(DISABLED.values()))
    codes = np.array(list(DISABILITIES), object)
    chance = np.array(list(DISABILITIES.values()))
    first, second = rng.choice(codes, (2, len(sen)), p=chance / chance.sum())
    two = (rng.random(len(sen)) < SECOND_DISABILITY) & (first != second)
    both = np.where(two, first + " " + second, first)
    return np.where(rng.random(len(sen)) < shares, both, "")


def special_schools(
    sen: NDArray[np.str_], schools: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The special school of each child who goes to one, or -1."""
    goes = (sen == "E") & (rng.random(len(sen)) < IN_SPECIAL_SCHOOL)
    return np.where(goes, rng.integers(0, schools, len(sen)), -1)


def unknown(
    household: NDArray[np.int64], ages: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Children from nine, alone in their household, whom no agency has ever met."""
    alone = np.bincount(household)[household] == 1
    may = np.flatnonzero(alone & (ages >= 9))
    hidden = np.zeros(len(household), bool)
    count = min(len(may), max(1, round(UNKNOWN * len(household))))
    hidden[rng.choice(may, count, replace=False)] = True
    return hidden
