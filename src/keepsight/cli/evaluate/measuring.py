"""Linking a labelled sample, and what came of it beside the truth."""

import resource
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import numpy as np

from keepsight.cli.errors import Unusable
from keepsight.cli.evaluate.mapping import GROUPS
from keepsight.cli.evaluate.reading import Sample
from keepsight.engines.linkage import LINK_WEIGHT
from keepsight.engines.linkage_model import model_in_force, packaged_model
from keepsight.engines.linkage_training import train_beyond
from keepsight.kernel.linkage.bulk.clustering import cluster_records
from keepsight.kernel.linkage.bulk.scoring import meet, score
from keepsight.kernel.linkage.evaluating import (
    Clusters,
    Curve,
    Labels,
    Score,
    cluster_score,
    clusters_of,
    commonest,
    curve_of,
    false_by_group,
    false_by_kind,
    pairs_within,
    recall_by_group,
)
from keepsight.kernel.linkage.learning.care import heeding
from keepsight.kernel.linkage.learning.fitting import NotLearnt
from keepsight.kernel.linkage.model import Model

THRESHOLDS = (-5.0, 0.0, LINK_WEIGHT, 5.0, 10.0, 15.0, 20.0, 30.0)
"""Bits at which precision and recall are told; the one that links are made from is among them."""

PRECISIONS = (0.99, 0.995)

LEARNT = "learnt from this file"


@dataclass(frozen=True, slots=True)
class Group:
    """Recall among one group’s records, and the false links that touch one of them."""

    recall: float | None
    false_links: int
    records: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of linking a sample. Times are in seconds, memory in bytes.

    `compared` is the share of true pairs that met at all: recall can never be above it.
    """

    model: str
    records: int
    true_pairs: int
    compared: float
    curve: Curve
    links: Score
    clusters: Clusters
    false_links: Mapping[str, int]
    by_household: bool
    groups: Mapping[str, Mapping[str, Group]]
    seconds: Mapping[str, float]
    memory: int


def evaluate(sample: Sample, *, learn: bool, reading: float) -> Evaluation:
    """Link by the packaged model, or by one learnt from the sample itself without its truth.

    `reading` is how long it took to read the file, in seconds. Raises `Unusable` where no model
    can be learnt.
    """
    begun = monotonic()
    model = _learnt(sample) if learn else model_in_force()
    learnt = monotonic()
    chance = {name: each.chance for name, each in model.comparisons.items()}
    table, met = heeding(sample.table, meet(sample.table, model.blocking), chance)
    scored = score(table, model, met=met)
    weighed = monotonic()
    cluster = cluster_records(table, scored, LINK_WEIGHT).cluster
    seconds = {"reading": reading} | ({"learning": learnt - begun} if learn else {})
    seconds |= {"linking": weighed - learnt, "clusters": monotonic() - weighed}
    true = pairs_within(sample.truth)
    same = sample.truth[scored.pairs.left] == sample.truth[scored.pairs.right]
    return Evaluation(
        model=LEARNT if learn else model.version,
        records=len(sample.table),
        true_pairs=true,
        compared=float(same.sum()) / true,
        curve=curve_of(scored.weight, same, true),
        links=cluster_score(cluster, sample.truth),
        clusters=clusters_of(cluster, sample.truth),
        false_links=_false_links(sample, cluster),
        by_household="household" in sample.others,
        groups=_groups(sample, cluster),
        seconds=seconds,
        memory=peak_memory(),
    )


def _learnt(sample: Sample) -> Model:
    try:
        return train_beyond(sample.table, sample.agency, packaged_model()["settings"], LEARNT)
    except (ValueError, NotLearnt) as fault:
        raise Unusable(str(fault)) from None


def _false_links(sample: Sample, cluster: Labels) -> Mapping[str, int]:
    truth = sample.truth
    born = commonest(_said(sample, "date_of_birth"), truth)
    # Nobody is the twin of a child whose date of birth is not known.
    born = np.where(born == "", np.char.add("?", truth.astype(str)), born)
    return false_by_kind(cluster, truth, _homes(sample), born)


def _homes(sample: Sample) -> Labels:
    """For each record its household; without such a column the surname and postcode of most."""
    truth = sample.truth
    if "household" in sample.others:
        home = commonest(sample.others["household"], truth)
    else:
        postcode = commonest(_said(sample, "postcode"), truth)
        surname = commonest(_said(sample, "surname"), truth)
        both = np.char.add(np.char.add(surname.astype(str), "|"), postcode.astype(str))
        home = np.where((postcode == "") | (surname == ""), "", both)
    return np.where(home == "", np.char.add("?", truth.astype(str)), home)


def _said(sample: Sample, name: str) -> Labels:
    """A column as it was compared, empty where nothing was said that could be read."""
    column = sample.table.columns[name]
    return np.array([*column.values, ""], object)[column.codes]


def _groups(sample: Sample, cluster: Labels) -> Mapping[str, Mapping[str, Group]]:
    found = {}
    for name in GROUPS:
        if name in sample.others:
            group = commonest(sample.others[name], sample.truth)
            recall = recall_by_group(cluster, sample.truth, group)
            false = false_by_group(cluster, sample.truth, group)
            found[name] = {
                value: Group(recall.get(value), count, int((group == value).sum()))
                for value, count in false.items()
            }
    return found


def peak_memory() -> int:
    """The most bytes that this process has held; macOS tells them in bytes, Linux in KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
