"""Measures of linkage on few records, counted by hand."""

import numpy as np
import pytest

from keepsight.kernel.linkage.evaluating import (
    Clusters,
    Score,
    cluster_score,
    clusters_of,
    commonest,
    curve_of,
    false_by_group,
    false_by_kind,
    false_pairs,
    pairs_within,
    recall_by_group,
)

TRUTH = np.array(["a", "a", "a", "b", "b", "c"])
CLUSTER = np.array([1, 1, 2, 2, 2, 3])


def test_pairs_within_are_counted_once():
    assert pairs_within(TRUTH) == 4
    assert pairs_within(CLUSTER) == 4
    assert pairs_within(CLUSTER, TRUTH) == 2
    assert pairs_within(np.array([], int)) == 0


def test_clusters_are_judged_by_their_pairs():
    assert cluster_score(CLUSTER, TRUTH) == Score(0.5, 0.5)
    assert cluster_score(CLUSTER, TRUTH).f1 == 0.5
    assert cluster_score(np.arange(6), TRUTH) == Score(1.0, 0.0)
    assert Score(0.0, 0.0).f1 == 0.0


def test_a_curve_links_pairs_of_one_weight_together():
    weight = np.array([1.0, 3.0, 2.0, 2.0, -1.0])
    same = np.array([True, True, True, False, False])
    curve = curve_of(weight, same, possible=4)
    assert curve.weight.tolist() == [3.0, 2.0, 1.0, -1.0]
    assert curve.precision.tolist() == pytest.approx([1.0, 2 / 3, 3 / 4, 3 / 5])
    assert curve.recall.tolist() == [0.25, 0.5, 0.75, 0.75]
    assert curve.at(2.0) == Score(pytest.approx(2 / 3), 0.5)
    assert curve.at(9.0) == Score(1.0, 0.0)
    assert curve.recall_at(0.75) == 0.75
    assert curve.recall_at(0.999) == 0.25
    assert curve.weight_at(0.75) == 1.0
    assert curve.best() == (1.0, Score(0.75, 0.75))


def test_a_curve_of_nothing_links_nothing():
    curve = curve_of(np.array([]), np.array([], bool), possible=3)
    assert curve.recall_at(0.99) == 0.0
    assert curve.weight_at(0.99) == float("inf")
    assert curve.at(0.0) == Score(1.0, 0.0)
    assert curve.best()[1] == Score(1.0, 0.0)


def test_recall_is_told_by_group():
    group = np.array(["f", "f", "f", "m", "m", "m"])
    assert recall_by_group(CLUSTER, TRUTH, group) == {"f": pytest.approx(1 / 3), "m": 1.0}


def test_false_links_are_told_by_kind():
    truth = np.array([1, 2, 3, 4])
    cluster = np.zeros(4, int)
    household = np.array(["h", "h", "h", "other"])
    birth = np.array(["2012-03-04", "2012-03-04", "2014-01-01", "2012-03-04"])
    found = false_by_kind(cluster, truth, household, birth)
    assert found == {"twins": 1, "siblings": 2, "strangers": 3}


def test_clusters_are_counted_whole_split_and_wrong():
    assert clusters_of(CLUSTER, TRUTH) == Clusters(3, 3, whole=1, split=1, wrong=1)
    assert clusters_of(TRUTH, TRUTH) == Clusters(3, 3, whole=3, split=0, wrong=0)


def test_a_person_is_what_most_records_say():
    said = np.array(["x", "", "", "z", "y", ""])
    assert commonest(said, TRUTH).tolist() == ["x", "x", "x", "y", "y", ""]


def test_false_links_are_told_by_group():
    group = np.array(["f", "f", "f", "m", "m", "n"])
    assert false_by_group(CLUSTER, TRUTH, group) == {"f": 2, "m": 2, "n": 0}


def test_false_links_are_named():
    assert false_pairs(CLUSTER, TRUTH) == [(2, 3), (2, 4)]
    assert false_pairs(TRUTH, TRUTH) == []
