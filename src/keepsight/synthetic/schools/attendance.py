"""Marks in the attendance register: illness, lateness, leave, and days that nobody explains.

Calibrated on `domain.md` section 7; codes: section 4.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.schools.codes import CLOSED, INDEX, Marks
from keepsight.synthetic.schools.habits import Habits
from keepsight.synthetic.schools.rolls import PRIMARY, SECONDARY, SPECIAL
from keepsight.synthetic.schools.terms import school_year, start_of_school_year

LATE, VISIT = 0.018, 0.006
REASONS = ("I", "M", "C", "G", "O", "N", "U", "R", "E", "C2", "T")
USUAL = (0.52, 0.17, 0.07, 0.12, 0.04, 0.03, 0.03, 0.02, 0.0, 0.0, 0.0)
OFTEN_ABSENT = (0.46, 0.06, 0.06, 0.09, 0.2, 0.05, 0.06, 0.005, 0.0, 0.015, 0.0)
PARENTS_TRAVEL = (0.30, 0.05, 0.03, 0.08, 0.16, 0.05, 0.03, 0.0, 0.0, 0.0, 0.30)
"""Shares of the codes of a day missed, for three ways of missing school."""
ONE_SESSION = tuple(INDEX[code] for code in ("M", "U"))
HALF_A_DAY, IN_THE_AFTERNOON = 0.05, 0.4
"""Share of days missed for other reasons of which one session is, and of those in the afternoon
(our own assumption)."""
PHASES = {PRIMARY: 0.8, SECONDARY: 1.22, SPECIAL: 1.4}
"""How absence compares by phase, for children who are alike in everything else."""


def marks(
    pupils: NDArray[np.int64],
    days: tuple[date, ...],
    ways: Habits,
    phase: str,
    rng: np.random.Generator,
) -> Marks:
    """The marks of a school's pupils in ordinary times, in one school year."""
    taken = np.empty((len(days), len(pupils), 2), np.int8)
    share = np.minimum(ways.share[pupils] * PHASES[phase], 0.98)
    spell, which = ways.spell[pupils], np.where(ways.travels[pupils], 2, ways.often[pupils])
    leave = np.minimum(share / (1 - share) / spell, 1.0)
    absent = rng.random(len(pupils)) < share
    reason = _reasons(which, rng)
    for number in range(len(days)):
        chance = rng.random(len(pupils))
        begins = ~absent & (chance < leave)
        reason[begins] = _reasons(which[begins], rng)
        absent = begins | (absent & (chance >= 1 / spell))
        _mark_day(taken[number], absent, reason, rng)
        absent &= ~np.isin(reason, ONE_SESSION)
    if days and days[0] == school_year(start_of_school_year(days[0]).year)[0]:
        taken[0] = CLOSED
    return taken


def _reasons(which: NDArray[np.int64], rng: np.random.Generator) -> Marks:
    drawn, last = rng.random(len(which)), len(REASONS) - 1
    index = np.array([INDEX[code] for code in REASONS], np.int8)
    of_each = [
        np.searchsorted(np.cumsum(shares), drawn).clip(max=last)
        for shares in (USUAL, OFTEN_ABSENT, PARENTS_TRAVEL)
    ]
    return index[np.choose(which, of_each)]


def _mark_day(
    day: Marks, absent: NDArray[np.bool_], reason: Marks, rng: np.random.Generator
) -> None:
    """Fill one day: present, late or out on a visit, or absent for the spell's reason."""
    other = rng.random(len(absent))
    day[:, 0] = np.where(other < LATE, INDEX["L"], INDEX["/"])
    day[:, 1] = INDEX["\\"]
    day[other > 1 - VISIT] = INDEX["V"]
    day[absent] = reason[absent, None]
    single = absent & (np.isin(reason, ONE_SESSION) | (rng.random(len(absent)) < HALF_A_DAY))
    afternoon = rng.random(len(absent)) < IN_THE_AFTERNOON
    day[single & ~afternoon, 1] = INDEX["\\"]
    day[single & afternoon, 0] = INDEX["/"]
