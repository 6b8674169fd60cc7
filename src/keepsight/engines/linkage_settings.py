"""Learnt bits written down as Splink's settings: for each level an `m` and a `u` of that ratio."""

from collections.abc import Mapping
from copy import deepcopy
from math import log2
from typing import Any

from keepsight.kernel.linkage.bulk.columns import Weights
from keepsight.kernel.linkage.learning.fitting import Learnt
from keepsight.kernel.linkage.levels import LEVELS

MOST = 0.999
"""Nothing is certain."""


def stated(
    skeleton: Mapping[str, Any], learnt: Learnt, chance: Mapping[str, Weights], prior: float
) -> dict[str, Any]:
    """The settings `skeleton` with `m` and `u` of every learnt level.

    `u` is as often as it was seen by chance, unless `m` would then be above one: only their ratio
    weighs. `prior` is how likely two random records match.
    """
    settings: dict[str, Any] = deepcopy(dict(skeleton))
    settings["probability_two_random_records_match"] = prior
    for comparison in settings["comparisons"]:
        name = comparison["output_column_name"]
        if name in learnt.bits:
            _state(comparison, learnt.bits[name], chance[name], learnt.rarity.get(name))
    return settings


def _state(
    comparison: dict[str, Any], bits: Weights, chance: Weights, rarity: float | None
) -> None:
    words = LEVELS[comparison["output_column_name"]]
    for level in comparison["comparison_levels"]:
        if level.get("is_null_level"):
            continue
        place = words.index(level["label_for_charts"])
        weighs_rarity = rarity is not None and place == len(words) - 1
        m, u = _ratio(
            float(bits[place]), float(chance[place]), rarity or 0.0 if weighs_rarity else 0.0
        )
        level |= {"m_probability": m, "u_probability": u}
        if weighs_rarity:
            level["tf_adjustment_weight"] = rarity


def _ratio(bits: float, chance: float, rarity: float) -> tuple[float, float]:
    """`m` and `u`; with rarity, `u` is also what a name's share is compared with."""
    chance = min(chance, MOST)
    m = chance * 2**bits
    if m <= MOST:
        return m, chance
    free = max(1 - rarity, 0.01)
    return MOST, float(2 ** ((log2(MOST) - bits - rarity * log2(chance)) / free))
