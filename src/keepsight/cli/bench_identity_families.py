"""Twins and siblings who share no identifier: how many of their records are linked by mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from keepsight.engines.linkage import LINK_WEIGHT, table_columns
from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.clustering import cluster_records
from keepsight.kernel.linkage.bulk.columns import NOTHING, Column, Table
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.evaluating import Labels, commonest, false_pairs, pairs_within
from keepsight.kernel.linkage.guard import no_single_slip

IDENTIFIERS = ("nhs_number", "upn")


@dataclass(frozen=True, slots=True)
class Apart:
    """Pairs of records of two children of one home, and how many were linked.

    `namesakes` are those besides whose forenames are forms of one name, or a letter apart: a
    record says nothing that tells the one child from the other with a slip of the pen.
    """

    pairs: int
    linked: int
    namesakes: int


def families(made: pa.Table) -> Mapping[str, Apart]:
    """Link made-up extracts with every identifier taken out; the packaged model was not learnt
    from them.
    """
    table = without_identifiers(table_columns(made))
    clusters = cluster_records(table, score(table, model_in_force()), LINK_WEIGHT).cluster
    ordered = made.sort_by("subject")
    truth, home = (ordered[name].to_numpy() for name in ("child", "household"))
    born, called = (
        commonest(_texts(ordered, name), truth) for name in ("date_of_birth", "forename")
    )
    twins = pairs_within(home, born) - pairs_within(home, born, truth)
    siblings = pairs_within(home) - pairs_within(home, truth) - twins
    linked = [pair for pair in false_pairs(clusters, truth) if home[pair[0]] == home[pair[1]]]
    return {
        "twins": _apart(twins, [(a, b) for a, b in linked if born[a] == born[b]], called),
        "siblings": _apart(siblings, [(a, b) for a, b in linked if born[a] != born[b]], called),
    }


def without_identifiers(table: Table) -> Table:
    nothing = Column(np.full(len(table), NOTHING, np.int32), [])
    return replace(table, columns={**table.columns, **dict.fromkeys(IDENTIFIERS, nothing)})


def _apart(pairs: int, linked: list[tuple[int, int]], called: Labels) -> Apart:
    told = sum(no_single_slip(called[one], called[other]) for one, other in linked)
    return Apart(pairs, told, len(linked) - told)


def _texts(made: pa.Table, name: str) -> Labels:
    return made[name].cast(pa.string()).fill_null("").to_numpy(zero_copy_only=False)
