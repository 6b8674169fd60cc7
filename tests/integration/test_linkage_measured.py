"""Linkage measured: on FEBRL 4, and on twins and siblings who share no identifier."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from keepsight.cli import febrl
from keepsight.cli.app import app
from keepsight.cli.bench_identity_families import families, without_identifiers
from keepsight.cli.evaluate.saying import FAR_BELOW
from keepsight.cli.linkage_extracts import extracts_table
from keepsight.engines.linkage import LINK_WEIGHT, table_columns
from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.blocking import blocked
from keepsight.kernel.linkage.bulk.clustering import cluster_records
from keepsight.kernel.linkage.bulk.guarding import like_twins
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.evaluating import (
    cluster_score,
    commonest,
    pairs_within,
    recall_by_group,
)
from keepsight.kernel.linkage.guard import looks_like_twins

LEAST_F1 = {"with": 0.9995, "without": 0.998}
"""At the weight from which links are made, with weights learnt without the truth."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("febrl")
    return dict(zip(("labelled", "with", "without"), febrl.write(folder), strict=True))


@pytest.mark.parametrize("identifier", ["with", "without"])
def test_febrl_4_is_linked_with_its_identifier_and_without(
    files: dict[str, Path], identifier: str
) -> None:
    words = ["--truth", "person", "--mapping", str(files[identifier]), "--train", "--json"]
    done = CliRunner().invoke(app, ["identity", "evaluate", str(files["labelled"]), *words])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["records"], found["true_pairs"]) == (10_000, 5_000)
    at = next(each for each in found["thresholds"] if each["weight"] == LINK_WEIGHT)
    assert at["f1"] >= LEAST_F1[identifier]
    assert ("soc_sec_id" in found["further"]) is (identifier == "with")


@pytest.fixture(scope="module")
def made():
    return extracts_table(60_000, seed=7)


def test_no_twins_or_siblings_are_linked_without_an_identifier(made) -> None:
    found = families(made)
    assert found["twins"].pairs > 1_500
    assert found["siblings"].pairs > 60_000
    assert {kind: each.linked for kind, each in found.items()} == {"twins": 0, "siblings": 0}


def test_looked_after_children_and_each_sex_are_found_as_often_as_all(made) -> None:
    ordered = made.sort_by("subject")
    table, truth = table_columns(ordered), ordered["child"].to_numpy()
    looked_after = ordered["looked_after"].to_numpy(zero_copy_only=False)
    # A child is looked after in every agency’s records or in none’s.
    assert pairs_within(truth) == pairs_within(truth, looked_after)
    assert looked_after[ordered["agency"].to_numpy() == 0].any()
    clusters = cluster_records(table, score(table, model_in_force()), LINK_WEIGHT).cluster
    whole = cluster_score(clusters, truth).recall
    for name in ("looked_after", "sex"):
        group = commonest(ordered[name].to_numpy(zero_copy_only=False), truth)
        found = recall_by_group(clusters, truth, group)
        assert min(found.values()) > whole - FAR_BELOW, found


def test_the_look_of_twins_is_the_same_in_bulk_and_pair_by_pair(made) -> None:
    table = table_columns(made).only(np.arange(12_000))
    for each in (table, without_identifiers(table)):
        pairs = blocked(each, model_in_force().blocking)
        records = [each.record(place) for place in range(len(each))]
        alone = [
            looks_like_twins(records[one], records[other])
            for one, other in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
        ]
        assert like_twins(each, pairs).tolist() == alone
        assert any(alone)
