"""The linkage model: Splink's settings as trained, in the form that our own executors read.

Splink's JSON stays the one file of the model. For each column and level it holds `m`, how often
records of one person agree so, and `u`, how often those of two people do; a level's bits are the
binary logarithm of their ratio (Fellegi and Sunter 1969, *A Theory for Record Linkage*).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt

from keepsight.kernel.linkage.bulk.blocking import Part, Rule
from keepsight.kernel.linkage.levels import LEVELS

SMALLEST_AREA = 2_000
"""Records below which an extract is still weighed as part of an area of this size.

In a small file two strangers look rarer than they are; below it no model is trained either."""

Bits = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One column's levels, from the weakest upwards: their bits and the chance of each.

    `rarest` is the least share that a value is taken to have where rare values weigh more, and
    `None` where all values weigh the same. A bit of rarity weighs `rarity` bits.
    """

    bits: Bits
    chance: Bits
    rarest: float | None = None
    rarity: float = 1.0

    def rarity_bits(self, share: Bits) -> Bits:
        """What the same value adds to, or takes from, the level of equality by its share."""
        bits: Bits = np.log2(self.chance[-1] / np.maximum(share, self.rarest or 0.0))
        return self.rarity * bits


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the model: what is compared, what it weighs, and what is believed beforehand."""

    version: str
    matches_per_record: float
    comparisons: Mapping[str, Comparison]
    blocking: tuple[Rule, ...]

    def prior_bits(self, records: int) -> float:
        """The belief before anything is compared that two of so many records are one person."""
        return prior_bits(self.matches_per_record, records)


def prior_bits(matches_per_record: float, records: int) -> float:
    """How likely two random records match: each has so many matches, however large the area."""
    chance = matches_per_record / max(records, SMALLEST_AREA)
    return log2(chance / (1 - chance))


def read_model(saved: Mapping[str, Any]) -> Model:
    """The model in Splink's words; raises `ValueError` for one that compares something else."""
    settings = saved["settings"]
    found = {each["output_column_name"]: each for each in settings["comparisons"]}
    if found.keys() != LEVELS.keys():
        raise ValueError(f"The model compares {', '.join(found)}, not {', '.join(LEVELS)}.")
    return Model(
        version=saved["version"],
        matches_per_record=saved["matches_per_record"],
        comparisons={name: _comparison(name, found[name]) for name in LEVELS},
        blocking=rules_of(settings),
    )


def rules_of(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The blocking rules of Splink's settings."""
    rules = settings["blocking_rules_to_generate_predictions"]
    return tuple(_rule(each["blocking_rule"]) for each in rules)


def _comparison(name: str, said: Mapping[str, Any]) -> Comparison:
    levels = [each for each in said["comparison_levels"] if not each.get("is_null_level")]
    labels = tuple(each["label_for_charts"] for each in reversed(levels))
    if labels != LEVELS[name]:
        raise ValueError(f"The model’s levels of {name} are {', '.join(labels)}.")
    same = np.array([each["m_probability"] for each in reversed(levels)])
    chance = np.array([each["u_probability"] for each in reversed(levels)])
    if "tf_adjustment_column" not in levels[0]:
        return Comparison(np.log2(same / chance), chance)
    rarest, rarity = levels[0]["tf_minimum_u_value"], levels[0]["tf_adjustment_weight"]
    return Comparison(np.log2(same / chance), chance, rarest, rarity)


_ONE = re.compile(r'l\."?(\w+)"? = r\."?\1"?')
_LETTERS = re.compile(r"SUBSTRING\(l\.(\w+), 1, (\d+)\) = SUBSTRING\(r\.\1, 1, \2\)")


def _rule(sql: str) -> Rule:
    """One of Splink's blocking rules: equal columns, or equal first letters, joined by AND."""
    parts = []
    for text in sql.split(" AND "):
        plain = text[1:-1] if text.startswith("(") else text
        if whole := _ONE.fullmatch(plain):
            parts.append(Part(whole[1]))
        elif letters := _LETTERS.fullmatch(plain):
            parts.append(Part(letters[1], int(letters[2])))
        else:
            raise ValueError(f"A blocking rule of the model cannot be read: {text}")
    return tuple(parts)
