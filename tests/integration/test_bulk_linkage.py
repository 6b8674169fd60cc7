"""Our own core and Splink on DuckDB are one model: the same pairs, levels and weights."""

import numpy as np
import pytest

from keepsight.engines.linkage import LINK_WEIGHT, columns_of
from keepsight.engines.linkage_model import model_in_force
from keepsight.engines.splink_model import score as splink_score
from keepsight.kernel.linkage.bulk.clustering import ALONE, cluster_records
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.cluster import ScoredPair, clusters
from keepsight.kernel.linkage.judged import judged
from keepsight.kernel.linkage.levels import LEVELS
from keepsight.kernel.linkage.questions import Kind
from keepsight.kernel.linkage.records import LinkageRecord
from tests.factories.people import ODD, county, table_of

EQUAL = 1e-6
"""Bits by which the executors of one model may differ."""


def as_splink_says(records):
    scored = splink_score(table_of(records), minimum_weight=-1000.0)
    columns = [scored[name].to_pylist() for name in ("left", "right", "weight")]
    levels = [scored[f"gamma_{name}"].to_pylist() for name in LEVELS]
    return {
        (left, right): (weight, found)
        for left, right, weight, *found in zip(*columns, *levels, strict=True)
    }


def as_we_say(records):
    table = columns_of(records)
    scored = score(table, model_in_force())
    levels = np.stack([scored.levels[name] for name in LEVELS], axis=1).tolist()
    left = table.subjects[scored.pairs.left].tolist()
    right = table.subjects[scored.pairs.right].tolist()
    return {
        (one, other): (weight, found)
        for one, other, weight, found in zip(
            left, right, scored.weight.tolist(), levels, strict=True
        )
    }


@pytest.mark.parametrize("children", [40_000, pytest.param(400_000, marks=pytest.mark.full)])
def test_both_give_each_pair_the_same_levels_and_weight(children):
    records, _ = county(children, seed=23)
    ours, theirs = as_we_say(records), as_splink_says(records)
    assert len(theirs) > 100_000
    assert ours.keys() == theirs.keys()
    assert [ours[pair][1] for pair in theirs] == [found for _, found in theirs.values()]
    apart = max(abs(ours[pair][0] - weight) for pair, (weight, _) in theirs.items())
    assert apart < EQUAL


def test_both_agree_on_what_is_odd_or_missing():
    records = [LinkageRecord(subject=i, agency=1, **said) for i, said in enumerate(ODD, start=1)]
    ours, theirs = as_we_say(records), as_splink_says(records)
    assert ours.keys() == theirs.keys()
    assert theirs
    for pair, (weight, found) in theirs.items():
        assert ours[pair] == (pytest.approx(weight, abs=EQUAL), found)


def test_nothing_is_scored_of_nobody():
    assert as_we_say([]) == {}
    assert as_we_say([LinkageRecord(subject=7, agency=1)]) == {}


@pytest.mark.parametrize("threshold", [LINK_WEIGHT, -5.0])
def test_clusters_are_those_that_are_put_together_pair_by_pair(threshold):
    records, truth = county(4_000, seed=5)
    table = columns_of(records)
    scored = score(table, model_in_force())
    pairs = [
        ScoredPair(int(table.subjects[left]), int(table.subjects[right]), weight)
        for left, right, weight in zip(
            scored.pairs.left, scored.pairs.right, scored.weight.tolist(), strict=True
        )
    ]
    said = judged(
        same=[pair.two for pair in pairs if truth[pair.left] % 71 == 3 and pair.weight < 0],
        not_the_same=[(pair.left, pair.right) for pair in pairs if truth[pair.left] % 50 == 17]
        + [(1, 10**9)],
        unsure=[pair.two for pair in pairs if truth[pair.right] % 60 == 5],
    )
    standing = [pair.two for pair in pairs if pair.left % 5 == 0]
    known = clusters(pairs, records, threshold, judged=said, standing=standing)
    found = cluster_records(table, scored, threshold, judged=said, standing=standing)
    assert dict(zip(table.subjects.tolist(), found.cluster.tolist(), strict=True)) == {
        m.subject: c.number for c in known.clusters for m in c.members
    }
    assert beside(table, scored, found) == {
        m.subject: (m.beside, m.weight)
        for c in known.clusters for m in c.members if m.beside is not None
    }  # fmt: skip
    assert found.questions == known.questions
    assert len(known.clusters) < len(records)
    assert {each.kind for each in known.questions} >= ASKED_OF_COUNTY


ASKED_OF_COUNTY = {Kind.BETWEEN, Kind.EITHER, Kind.DOES_NOT_HOLD, Kind.POSSIBLE_DUPLICATE}


def beside(table, scored, found):
    """For each record that was brought in, beside whom, and with what weight."""
    answer = {}
    for place, number in enumerate(found.brought_in.tolist()):
        subject = int(table.subjects[place])
        if place in found.said:
            answer[subject] = (found.said[place], None)
        elif number != ALONE:
            other = {int(scored.pairs.left[number]), int(scored.pairs.right[number])} - {place}
            answer[subject] = (int(table.subjects[other.pop()]), float(scored.weight[number]))
    return answer
