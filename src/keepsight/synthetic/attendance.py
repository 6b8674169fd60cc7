"""Marks in the attendance register: illness, lateness, leave, and days that nobody explains.

Calibrated on `domain.md` section 7: overall absence 6.4 %, unauthorised about 2 %, persistent
absence about 19 % and severe absence about 2 % of pupils. Codes: section 4.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.happenings import AbsencePattern
from keepsight.synthetic.randomness import stream

CODES = (
    "/", "\\", "L", "K", "V", "P", "W", "B", "D", "C1", "M", "J1", "S", "X", "C2", "C", "T", "R",
    "I", "E", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "G", "N", "O", "U", "Z", "#",
)  # fmt: skip
"""The 34 codes in force from 19 August 2024, SI 2024/208 regulation 10."""
INDEX = {code: index for index, code in enumerate(CODES)}
LATE, VISIT = 0.018, 0.006
CLOSED = INDEX["#"]

REASONS = ("I", "M", "C", "G", "O", "N", "U", "R", "E", "C2", "T")
USUAL = (0.60, 0.13, 0.05, 0.10, 0.04, 0.03, 0.03, 0.01, 0.005, 0.0, 0.005)
OFTEN_ABSENT = (0.44, 0.07, 0.05, 0.10, 0.16, 0.05, 0.06, 0.005, 0.03, 0.03, 0.005)
ONE_SESSION = tuple(INDEX[code] for code in ("M", "U"))
GROUPS = ((0.79, 0.036, 2.4), (0.18, 0.150, 3.2), (0.03, 0.65, 9.0))
"""Share of pupils, mean share of days missed, mean days of a spell: usual, persistent, severe."""
PRIMARY, SECONDARY = 0.83, 1.2
"""How absence of primary and secondary pupils compares with all: 5.07 and 7.66 to 6.38 %."""

Marks = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Each child's own share of days missed, and mean length of a spell in school days."""

    share: NDArray[np.float64]
    spell: NDArray[np.float64]
    often: NDArray[np.bool_]


def habits(children: int, seed: int) -> Habits:
    """What each child's attendance is like in ordinary times."""
    rng = stream(seed, "habits")
    group = rng.choice(len(GROUPS), children, p=[share for share, _, _ in GROUPS])
    mean = np.array([mean for _, mean, _ in GROUPS])[group]
    return Habits(
        share=np.clip(mean * rng.gamma(6, 1 / 6, children), 0.002, 0.95),
        spell=np.array([days for _, _, days in GROUPS])[group],
        often=group > 0,
    )


def marks(
    pupils: NDArray[np.int64],
    days: tuple[date, ...],
    ways: Habits,
    patterns: dict[int, list[AbsencePattern]],
    secondary: bool,
    rng: np.random.Generator,
) -> Marks:
    """The marks of a school's pupils: one layer a day, one row a pupil, morning and afternoon."""
    taken = np.empty((len(days), len(pupils), 2), np.int8)
    phase = SECONDARY if secondary else PRIMARY
    share, often = np.minimum(ways.share[pupils] * phase, 0.95), ways.often[pupils]
    leave = share / (1 - share) / ways.spell[pupils]
    absent = rng.random(len(pupils)) < share
    reason = _reasons(often, rng)
    for number in range(len(days)):
        chance = rng.random(len(pupils))
        begins = ~absent & (chance < leave)
        reason[begins] = _reasons(often[begins], rng)
        absent = begins | (absent & (chance >= 1 / ways.spell[pupils]))
        _mark_day(taken[number], absent, reason, rng)
        absent &= ~np.isin(reason, ONE_SESSION)
    _lay_over(taken, pupils, days, patterns, rng)
    if days and days[0].month == 9:
        taken[0] = CLOSED
    return taken


def _reasons(often: NDArray[np.bool_], rng: np.random.Generator) -> Marks:
    drawn = rng.random(len(often))
    index = np.array([INDEX[code] for code in REASONS], np.int8)
    last = len(REASONS) - 1
    usual = np.searchsorted(np.cumsum(USUAL), drawn).clip(max=last)
    frequent = np.searchsorted(np.cumsum(OFTEN_ABSENT), drawn).clip(max=last)
    return index[np.where(often, frequent, usual)]


def _mark_day(
    day: Marks, absent: NDArray[np.bool_], reason: Marks, rng: np.random.Generator
) -> None:
    """Fill one day: present, late or out on a visit, or absent for the spell's reason."""
    other = rng.random(len(absent))
    day[:, 0] = np.where(other < LATE, INDEX["L"], INDEX["/"])
    day[:, 1] = INDEX["\\"]
    day[other > 1 - VISIT] = INDEX["V"]
    day[absent] = reason[absent, None]
    single = absent & np.isin(reason, ONE_SESSION)
    day[single, 1] = INDEX["\\"]


def _lay_over(
    taken: Marks,
    pupils: NDArray[np.int64],
    days: tuple[date, ...],
    patterns: dict[int, list[AbsencePattern]],
    rng: np.random.Generator,
) -> None:
    """Write the storylines' absences over the ordinary marks of those pupils."""
    for row in np.flatnonzero(np.isin(pupils, list(patterns))):
        for pattern in patterns[int(pupils[row])]:
            _lay_one(taken[:, row], days, pattern, rng)


def _lay_one(
    taken: Marks, days: tuple[date, ...], pattern: AbsencePattern, rng: np.random.Generator
) -> None:
    length = max(1, (pattern.until - pattern.since).days)
    chosen = [INDEX[code] for code in pattern.marks]
    for number, day in enumerate(days):
        if not pattern.since <= day <= pattern.until:
            continue
        rising = 0.3 + 0.7 * (day - pattern.since).days / length
        if rng.random() < pattern.share * rising:
            mark = chosen[int(rng.integers(len(chosen)))]
            taken[number, 1] = mark if mark != INDEX["U"] else INDEX["\\"]
            taken[number, 0] = mark if rng.random() < 0.75 else INDEX["/"]
