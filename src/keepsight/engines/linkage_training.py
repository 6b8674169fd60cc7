"""Training the linkage model by our own core; what comes of it is Splink's settings.

`u` comes from random pairs, `m` from pairs with one NHS number, or by expectation maximisation
where records carry none. Where enough pairs are labelled by their numbers, the weights are then
learnt from those (`kernel.linkage.learning`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from keepsight.engines.linkage_comparisons import RAREST_NAME
from keepsight.engines.linkage_settings import stated
from keepsight.kernel.linkage.bulk.blocking import Part, Rule, blocked
from keepsight.kernel.linkage.bulk.columns import Numbers, Table, Weights
from keepsight.kernel.linkage.bulk.comparing import FURTHER_LEVELS, levels_of
from keepsight.kernel.linkage.bulk.scoring import Met
from keepsight.kernel.linkage.learning.beyond import freeing, identifying, meeting
from keepsight.kernel.linkage.learning.care import forgiven
from keepsight.kernel.linkage.learning.chance import SMALLEST, by_chance, by_expectation, shares
from keepsight.kernel.linkage.learning.evidence import patterns_of, rarity_of
from keepsight.kernel.linkage.learning.fitting import Learnt, fit
from keepsight.kernel.linkage.learning.labels import labels_of
from keepsight.kernel.linkage.levels import FORMER, LEVELS, MISTAKEN
from keepsight.kernel.linkage.model import (
    SMALLEST_AREA,
    Comparison,
    Model,
    prior_bits,
    read_model,
    rules_of,
)

STATED = ("nhs_number", "upn")
AGAINST = ("siblings",)
"""Columns that speak against a link only, and only labels say how much; below, for one only."""
ONLY_FOR = (*FORMER, *MISTAKEN)
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


@dataclass(frozen=True, slots=True)
class _Learning:
    """What records taught: the weights, chance agreement, and matches for each record."""

    learnt: Learnt
    chance: dict[str, Weights]
    matches: float


def train(
    table: Table,
    agency: Numbers,
    skeleton: Mapping[str, Any],
    version: str,
    *,
    met: Met | None = None,
    chance: dict[str, Weights] | None = None,
) -> dict[str, Any]:
    """A model learnt from these records, as `default_linkage_model.json` holds it.

    `agency` is for each record who sent it; `skeleton` is Splink's settings without what is learnt;
    `met` is what the skeleton's rules bring together, and `chance` what `chance_of` says, where
    they are known already. What a difference weighs from an agency that often has a detail wrong
    is only learnt where both are given, heeded (`learning.care`).
    Raises `ValueError` for fewer than `SMALLEST_AREA` records, and `NotLearnt` where no weights
    were found.
    """
    found = _learn(table, agency, skeleton, met, chance)
    return _saved(found, len(table), skeleton, version)


def train_beyond(table: Table, agency: Numbers, skeleton: Mapping[str, Any], version: str) -> Model:
    """The same, with the table's further columns weighed too: a model of this table alone.

    It is not of Splink's words, and so it is not saved. Raises as `train` does.
    """
    found = _learn(table, agency, skeleton)
    own = read_model(_saved(found, len(table), skeleton, version))
    further = {
        name: Comparison(found.learnt.bits[name], found.chance[name]) for name in table.further
    }
    return replace(
        own,
        comparisons={**own.comparisons, **further},
        blocking=(*own.blocking, *meeting(table)),
    )


def _learn(
    table: Table,
    agency: Numbers,
    skeleton: Mapping[str, Any],
    met: Met | None = None,
    chance: dict[str, Weights] | None = None,
) -> _Learning:
    if len(table) < SMALLEST_AREA:
        raise ValueError(
            f"A linkage model needs at least {SMALLEST_AREA:,} records to learn from, but there "
            f"are {len(table):,}."
        )
    chance = chance or chance_of(table, agency)
    certain = (*CERTAIN, *identifying(table))
    matches = 2 * len(blocked(table, certain)) / CERTAIN_RECALL / len(table)
    rules = (*rules_of(skeleton), *meeting(table))
    learnt = _learnt(table, rules, chance, prior_bits(matches, len(table)), met)
    return _Learning(learnt, chance, matches)


def chance_of(table: Table, agency: Numbers) -> dict[str, Weights]:
    """Chance agreement within one agency, and of what it does not hold among all records."""
    sizes = _sizes(table)
    chance = by_chance(_one_agency(table, agency), sizes)
    unseen = {
        name: size
        for name, size in sizes.items()
        if name in table.columns and not _seen(chance[name]) and table.columns[name].values
    }
    return chance | by_chance(table, unseen) if unseen else chance


def _seen(chance: Weights) -> bool:
    """Whether any random pair said something of a column."""
    return bool(chance.sum() > len(chance) * SMALLEST)


def _saved(
    found: _Learning, records: int, skeleton: Mapping[str, Any], version: str
) -> dict[str, Any]:
    return {
        "version": version,
        "records": records,
        "matches_per_record": found.matches,
        "settings": stated(skeleton, found.learnt, found.chance, found.matches / records),
    }


def _sizes(table: Table) -> dict[str, int]:
    """How many levels each column has whose weights are learnt."""
    return COLUMNS | {name: FURTHER_LEVELS[way] for name, way in table.further.items()}


def _learnt(
    table: Table,
    rules: Sequence[Rule],
    chance: dict[str, Weights],
    before: float,
    met: Met | None,
) -> Learnt:
    sizes = _sizes(table)
    pairs = met.pairs if met else blocked(table, rules)
    labelled, same = labels_of(table, pairs)
    if min((labelled & same).sum(), (labelled & ~same).sum()) < ENOUGH:
        free = (*FREE, *freeing(table))
        return _monotone(_believed(by_expectation(table, free, chance, sizes), chance))
    seen, same = pairs.where(labelled), same[labelled]
    levels = (
        {name: each[labelled] for name, each in met.levels.items()}
        if met
        else levels_of(table, seen)
    )
    rarity = {name: rarity_of(table, seen, name, chance[name][-1], RAREST_NAME) for name in NAMES}
    patterns, place = patterns_of({name: levels[name] for name in sizes}, rarity)
    positives = np.asarray(np.bincount(place, same, minlength=len(patterns)), float)
    m = shares({name: levels[name][same] for name in sizes}, sizes)
    believed = _believed(m, chance)
    if met is not None:
        believed.bits.update(forgiven(table, met, chance))
    return fit(patterns, positives, before, believed, against=AGAINST, only_for=ONLY_FOR)


def _one_agency(table: Table, agency: Numbers) -> Table:
    """The records of the agency that holds most names: they hold few true pairs."""
    named = agency[table.columns["forename"].codes >= 0]
    found, counts = np.unique(named, return_counts=True)
    return table.only(np.flatnonzero(agency == found[counts.argmax()]))


def _believed(m: Mapping[str, Weights], chance: Mapping[str, Weights]) -> Learnt:
    """Bits by what was seen; a column that nothing was learnt of weighs nothing."""
    bits = {
        name: np.log2(m[name] / found) if name in m and _seen(found) else np.zeros(len(found))
        for name, found in chance.items()
    }
    bits |= {name: np.zeros(COLUMNS[name]) for name in (*AGAINST, *ONLY_FOR)}
    return Learnt(bits, dict.fromkeys(NAMES, 1.0))


def _monotone(believed: Learnt) -> Learnt:
    """A level that was hardly seen weighs no less than a weaker one, and no more than equality."""
    bits = {
        name: np.minimum(np.maximum.accumulate(each), each[-1])
        for name, each in believed.bits.items()
    }
    return Learnt(bits, believed.rarity)
