"""Training the linkage model by our own core; what comes of it is Splink's settings.

`u` comes from random pairs, `m` from pairs with one NHS number, or by expectation maximisation
where records carry none. Where enough pairs are labelled by their numbers, the weights are then
learnt from those (`kernel.linkage.learning`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from keepsight.engines.linkage_comparisons import RAREST_NAME
from keepsight.engines.linkage_settings import stated
from keepsight.kernel.linkage.bulk.blocking import Part, Rule, blocked
from keepsight.kernel.linkage.bulk.columns import Numbers, Table, Weights
from keepsight.kernel.linkage.bulk.comparing import levels_of
from keepsight.kernel.linkage.learning.chance import by_chance, by_expectation, shares
from keepsight.kernel.linkage.learning.evidence import patterns_of, rarity_of
from keepsight.kernel.linkage.learning.fitting import Learnt, fit
from keepsight.kernel.linkage.learning.labels import labels_of
from keepsight.kernel.linkage.levels import LEVELS
from keepsight.kernel.linkage.model import SMALLEST_AREA, prior_bits, rules_of

STATED = ("nhs_number", "upn")
AGAINST = ("siblings",)
NAMES = ("surname", "forename")
COLUMNS = {name: len(words) for name, words in LEVELS.items() if name not in STATED}
ENOUGH = 1_000
"""Labelled pairs of one child, and of two, from which weights are learnt from labels."""

FREE = (
    (Part("date_of_birth"), Part("postcode")),
    (Part("surname"), Part("forename")),
    (Part("date_of_birth"), Part("surname")),
)
"""Each rule leaves columns free that another fixes, so that every column is learnt."""

CERTAIN: tuple[Rule, ...] = (
    (Part("nhs_number"),),
    (Part("upn"),),
    (Part("date_of_birth"), Part("surname"), Part("forename")),
)
CERTAIN_RECALL = 0.7
"""The share of true pairs that `CERTAIN` finds (our own measurement on a made-up county)."""


def train(
    table: Table, agency: Numbers, skeleton: Mapping[str, Any], version: str
) -> dict[str, Any]:
    """A model learnt from these records, as `default_linkage_model.json` holds it.

    `agency` is for each record who sent it; `skeleton` is Splink's settings without what is learnt.
    Raises `ValueError` for fewer than `SMALLEST_AREA` records, and `NotLearnt` where no weights
    were found.
    """
    if len(table) < SMALLEST_AREA:
        raise ValueError(
            f"A linkage model needs at least {SMALLEST_AREA:,} records to learn from, but there "
            f"are {len(table):,}."
        )
    chance = by_chance(_one_agency(table, agency), COLUMNS)
    matches = 2 * len(blocked(table, CERTAIN)) / CERTAIN_RECALL / len(table)
    learnt = _learnt(table, rules_of(skeleton), chance, prior_bits(matches, len(table)))
    return {
        "version": version,
        "records": len(table),
        "matches_per_record": matches,
        "settings": stated(skeleton, learnt, chance, matches / len(table)),
    }


def _learnt(
    table: Table, rules: Sequence[Rule], chance: dict[str, Weights], before: float
) -> Learnt:
    pairs = blocked(table, rules)
    labelled, same = labels_of(table, pairs)
    if min((labelled & same).sum(), (labelled & ~same).sum()) < ENOUGH:
        return _believed(by_expectation(table, FREE, chance, COLUMNS), chance)
    seen, same = pairs.where(labelled), same[labelled]
    levels = levels_of(table, seen)
    rarity = {name: rarity_of(table, seen, name, chance[name][-1], RAREST_NAME) for name in NAMES}
    patterns, place = patterns_of({name: levels[name] for name in COLUMNS}, rarity)
    positives = np.asarray(np.bincount(place, same, minlength=len(patterns)), float)
    m = shares({name: levels[name][same] for name in COLUMNS}, COLUMNS)
    return fit(patterns, positives, before, _believed(m, chance), against=AGAINST)


def _one_agency(table: Table, agency: Numbers) -> Table:
    """The records of the agency that holds most names: they hold few true pairs."""
    named = agency[table.columns["forename"].codes >= 0]
    found, counts = np.unique(named, return_counts=True)
    return table.only(np.flatnonzero(agency == found[counts.argmax()]))


def _believed(m: Mapping[str, Weights], chance: Mapping[str, Weights]) -> Learnt:
    bits = {name: np.log2(m[name] / chance[name]) for name in COLUMNS}
    bits |= {name: np.zeros(COLUMNS[name]) for name in AGAINST}
    return Learnt(bits, dict.fromkeys(NAMES, 1.0))
