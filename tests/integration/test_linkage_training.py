"""Weights learnt from records whose truth is known to the test and not to the training."""

import runpy
from dataclasses import replace

import numpy as np
import pytest

from keepsight.cli.linkage_extracts import extracts_table
from keepsight.engines.linkage import LINK_WEIGHT, table_columns
from keepsight.engines.linkage_model import MODEL_VERSION, packaged_model
from keepsight.engines.linkage_training import train
from keepsight.engines.splink_model import untrained_levels
from keepsight.kernel.linkage.bulk.clustering import cluster_records
from keepsight.kernel.linkage.bulk.columns import Column
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.evaluating import (
    cluster_score,
    curve_of,
    false_by_kind,
    pairs_within,
)
from keepsight.kernel.linkage.model import SMALLEST_AREA, read_model

SKELETON = packaged_model()["settings"]


@pytest.fixture(scope="module")
def made():
    return extracts_table(30_000, seed=41).sort_by("subject")


def curve(table, truth, model):
    scored = score(table, read_model(model))
    same = truth[scored.pairs.left] == truth[scored.pairs.right]
    return curve_of(scored.weight, same, pairs_within(truth))


def without(table, *names):
    nothing = Column(np.full(len(table), -1, np.int32), [])
    return replace(table, columns={**table.columns, **dict.fromkeys(names, nothing)})


def test_what_is_learnt_links_well_and_names_every_level(made):
    table, truth = table_columns(made), made["child"].to_numpy()
    model = train(table, made["agency"].to_numpy(), SKELETON, "test")
    assert untrained_levels(model["settings"]) == []
    found = curve(table, truth, model)
    assert found.recall_at(0.99) > 0.96
    assert found.recall_at(0.995) > 0.94
    assert found.best()[1].f1 > 0.975


def test_stronger_levels_weigh_no_less_and_siblings_speak_against(made):
    model = read_model(train(table_columns(made), made["agency"].to_numpy(), SKELETON, "test"))
    for name, comparison in model.comparisons.items():
        assert (np.diff(comparison.bits) > -1e-9).all(), name
        assert 0 <= comparison.rarity <= 1
    assert (model.comparisons["siblings"].bits < 1e-9).all()
    assert model.comparisons["siblings"].bits[0] < -1


def test_the_packaged_model_does_as_well_on_records_it_has_not_seen(made):
    table, truth = table_columns(made), made["child"].to_numpy()
    scored = score(table, read_model(packaged_model()))
    found = cluster_records(table, scored, LINK_WEIGHT)
    came_to = cluster_score(found.cluster, truth)
    assert came_to.precision > 0.999
    assert came_to.f1 > 0.97
    births = made["date_of_birth"].cast("string").fill_null("").to_numpy(zero_copy_only=False)
    kinds = false_by_kind(found.cluster, truth, made["household"].to_numpy(), births)
    assert kinds["twins"] == 0


def test_without_numbers_expectation_takes_their_place(made):
    table = without(table_columns(made), "nhs_number", "upn")
    model = train(table, made["agency"].to_numpy(), SKELETON, "test")
    found = curve(table, made["child"].to_numpy(), model)
    assert found.best()[1].f1 > 0.9


def test_too_few_records_teach_nothing(made):
    few = table_columns(made).only(np.arange(SMALLEST_AREA - 1))
    with pytest.raises(ValueError, match="at least 2,000 records to learn from"):
        train(few, made["agency"].to_numpy()[: len(few)], SKELETON, "test")


@pytest.mark.full
def test_the_packaged_model_is_what_its_tool_learns() -> None:
    packaged = read_model(packaged_model())
    again = read_model(runpy.run_path("tools/learn_linkage_model.py")["learnt"]())
    assert packaged_model()["version"] == MODEL_VERSION
    for name, comparison in packaged.comparisons.items():
        assert again.comparisons[name].bits == pytest.approx(comparison.bits, abs=1e-6), name
