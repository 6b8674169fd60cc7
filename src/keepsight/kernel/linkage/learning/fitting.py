"""Weights that a person can read, learnt from labelled pairs.

They are those of a logistic regression on the levels themselves: bits for each level of each
column, for the rarity of an equal name, and for the few named combinations. A stronger level never
weighs less than a weaker one. What the labels do not show stays near what was believed before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from keepsight.kernel.linkage.bulk.columns import Weights
from keepsight.kernel.linkage.learning.evidence import Patterns

PULL = 4.0
"""How strongly weights are held to what was believed, in labelled pairs a bit squared.

A level that four labelled pairs show moves half way to what they say (our own choice)."""

STEPS = 2_000
"""Iterations after which fitting gives up; a few hundred are usual."""


class NotLearnt(RuntimeError):
    """Fitting found no weights."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Bits of each column's levels from the weakest upwards, and what a bit of rarity weighs."""

    bits: dict[str, Weights]
    rarity: dict[str, float]


def fit(
    patterns: Patterns,
    positives: Weights,
    prior_bits: float,
    believed: Learnt,
    against: Sequence[str] = (),
    only_for: Sequence[str] = (),
) -> Learnt:
    """The weights by which the labelled pairs are most likely.

    `positives` is for each pattern how many of its pairs are one child. Columns named in `against`
    speak against a link only: their bits are never above nothing. Those of `only_for` speak for one
    only.
    """
    design, start, bounds = _design(patterns, believed, against, only_for)
    counts = patterns.counts.astype(float)
    log2 = np.log(2)

    def loss(step: Weights) -> tuple[float, Weights]:
        logit = log2 * (prior_bits + design @ step)
        held = step - start
        value = (counts * np.logaddexp(0, logit) - positives * logit).sum() + PULL * held @ held / 2
        slope = log2 * (design.T @ (counts / (1 + np.exp(-logit)) - positives)) + PULL * held
        return float(value), slope

    done = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS}
    )
    if not (done.success and np.isfinite(done.x).all()):
        raise NotLearnt(f"No weights could be learnt from these records: {done.message}")
    learnt = _read(done.x, believed)
    for name in against:
        learnt.bits[name][:] = np.minimum(learnt.bits[name], 0.0)
    return learnt


def _design(
    patterns: Patterns, believed: Learnt, against: Sequence[str], only_for: Sequence[str]
) -> tuple[Weights, Weights, list[tuple[float | None, float | None]]]:
    """A column a step: the weakest level, then how much each level adds to the one below it."""
    columns: list[npt.NDArray[Any]] = []
    start: list[float] = []
    bounds: list[tuple[float | None, float | None]] = []
    for name, bits in believed.bits.items():
        found = patterns.levels[name]
        columns += [found >= level for level in range(len(bits))]
        start += [bits[0], *np.diff(bits)]
        bounds += [(0.0 if name in only_for else None, 0.0 if name in against else None)]
        bounds += [(0.0, None)] * (len(bits) - 1)
    for name, weight in believed.rarity.items():
        columns.append(patterns.rarity[name])
        start.append(weight)
        bounds.append((0.0, 1.0))
    first = [np.clip(value, *_ends(bound)) for value, bound in zip(start, bounds, strict=True)]
    return np.stack(columns, axis=1).astype(float), np.array(first), bounds


def _ends(bound: tuple[float | None, float | None]) -> tuple[float, float]:
    low, high = bound
    return (-np.inf if low is None else low, np.inf if high is None else high)


def _read(step: Weights, believed: Learnt) -> Learnt:
    bits: dict[str, Weights] = {}
    at = 0
    for name, known in believed.bits.items():
        bits[name] = np.cumsum(step[at : at + len(known)])
        at += len(known)
    rarity: Mapping[str, float] = dict(
        zip(believed.rarity, (float(value) for value in step[at:]), strict=True)
    )
    return Learnt(bits, dict(rarity))
