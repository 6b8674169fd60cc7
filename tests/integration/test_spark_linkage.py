"""The model on Spark: the same pairs, levels, weights and children as by our own core."""

import os
from pathlib import Path

import duckdb
import psutil
import pytest

from keepsight.engines import linkage as linkage_module
from keepsight.engines.errors import EngineUnusable
from keepsight.engines.linkage import columns_of, link, linkage
from keepsight.engines.linkage_executors import (
    Engine,
    engine,
    extract_of,
    score_by_engine,
    scored_of,
)
from keepsight.engines.paths import var
from keepsight.engines.spark import require_spark, settings_of, spark
from keepsight.engines.splink_model import LARGEST_WEIGHT
from keepsight.engines.splink_model import score as on_duckdb
from keepsight.kernel.linkage.levels import LEVELS
from keepsight.kernel.linkage.records import LinkageRecord
from tests.factories.people import ODD, county

EQUAL = 1e-6
"""Bits by which the executors of one model may differ."""

SPELT = [
    ("aabeacacdedddedb", "aabedcacdedddedb"),
    ("christopher", "christohper"),
    ("محمد", "محمود"),
    ("zoë", "zoe"),
    ("x" * 300, "x" * 299),
    ("", "a"),
    ("maya", None),
]
"""Texts on which functions of this name differ: half a transposition, long ones, other scripts."""

# PySpark leaves sockets to be closed when they are collected.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture
def on_spark(monkeypatch):
    """Spark as it is chosen, where it is installed."""
    try:
        require_spark()
    except EngineUnusable as fault:
        pytest.skip(str(fault))
    monkeypatch.setenv("KEEPSIGHT_ENGINE", "spark")
    # In so short a life of Java, compiling well takes longer than running what is compiled.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")


def records_of(children):
    """A county, and after it what is odd or missing."""
    records, _ = county(children, seed=23)
    odd = [LinkageRecord(subject=10**7 + i, agency=1, **said) for i, said in enumerate(ODD)]
    return records + odd


def pairs_of(table, scored):
    """For each pair, its weight and levels."""
    left, right = (table.subjects[s].tolist() for s in (scored.pairs.left, scored.pairs.right))
    levels = zip(*(scored.levels[name].tolist() for name in LEVELS), strict=True)
    found = zip(scored.weight.tolist(), levels, strict=True)
    return dict(zip(zip(left, right, strict=True), found, strict=True))


def children_of(found):
    """Who is whose child, on which pairs it stands, and what is asked."""
    asked = [(each.question.kind, each.question.subjects) for each in found.questions]
    return [each.subjects for each in found.clusters], found.standing, asked


def javas():
    return [each for each in psutil.Process().children(recursive=True) if each.name() == "java"]


def require_equal(ours, theirs):
    assert ours.keys() == theirs.keys()
    assert [ours[pair][1] for pair in theirs] == [levels for _, levels in theirs.values()]
    assert max(abs(ours[pair][0] - weight) for pair, (weight, _) in theirs.items()) < EQUAL


@pytest.mark.parametrize(
    ("children", "pairs"), [(500, 700), pytest.param(40_000, 100_000, marks=pytest.mark.full)]
)
def test_three_executors_give_each_pair_one_weight_and_the_same_children(
    children, pairs, on_spark, monkeypatch
):
    records, answers = records_of(children), []

    def kept(table):
        answers.append(score_by_engine(table))
        return answers[-1]

    monkeypatch.setattr(linkage_module, "score_by_engine", kept)
    there = linkage(records)
    monkeypatch.setenv("KEEPSIGHT_ENGINE", "embedded")
    here = linkage(records)
    table = columns_of(records)
    by_spark, ours = (pairs_of(table, each) for each in answers)
    reference = on_duckdb(extract_of(table), minimum_weight=-LARGEST_WEIGHT)
    by_duckdb = pairs_of(table, scored_of(table, reference))
    assert len(ours) > pairs
    require_equal(ours, by_spark)
    require_equal(by_duckdb, by_spark)
    assert children_of(there) == children_of(here)
    assert len(here.clusters) < len(records)
    assert here.questions


def test_spark_compares_as_duckdb_does_hears_nobody_and_leaves_nothing(on_spark):
    with spark() as session:
        rows = session.createDataFrame(SPELT, "one STRING, other STRING")
        found = rows.selectExpr("jaro_winkler_similarity(one, other)").collect()
        ports = [c for each in javas() for c in each.net_connections() if c.status == "LISTEN"]
        held = list((var() / "spark").iterdir())
        assert [path.stat().st_mode & 0o077 for path in held] == [0]
    query = "SELECT jaro_winkler_similarity(?, ?)"
    expected = [duckdb.execute(query, pair).fetchall()[0][0] for pair in SPELT]
    assert [row[0] for row in found] == pytest.approx(expected, abs=1e-12)
    assert ports
    assert {port.laddr.ip.removeprefix("::ffff:") for port in ports} == {"127.0.0.1"}
    assert javas() == []
    assert list((var() / "spark").iterdir()) == []


def test_a_cluster_says_itself_where_it_listens(on_spark, monkeypatch, tmp_path):
    assert settings_of(str(tmp_path))["spark.driver.bindAddress"] == "127.0.0.1"
    monkeypatch.setenv("KEEPSIGHT_SPARK_MASTER", "spark://cluster.example:7077")
    settings = settings_of(str(tmp_path))
    assert settings["spark.master"] == "spark://cluster.example:7077"
    assert "spark.driver.bindAddress" not in settings
    assert settings["spark.io.encryption.enabled"] == "true"
    assert Path(settings["spark.jars"]).is_file()


def test_what_splink_answers_is_read_as_our_own_core_says_it():
    records = records_of(500)
    table = columns_of(records)
    answer = on_duckdb(extract_of(table), minimum_weight=-LARGEST_WEIGHT)
    require_equal(
        pairs_of(table, score_by_engine(table)), pairs_of(table, scored_of(table, answer))
    )


def test_an_engine_that_there_is_not_is_said(monkeypatch):
    monkeypatch.delenv("KEEPSIGHT_ENGINE", raising=False)
    assert engine() is Engine.EMBEDDED
    monkeypatch.setenv("KEEPSIGHT_ENGINE", "sparc")
    with pytest.raises(EngineUnusable, match="is embedded or spark, not “sparc”"):
        link([LinkageRecord(subject=1, agency=1)])


def test_without_its_package_or_java_spark_says_what_to_do(monkeypatch):
    monkeypatch.setattr("keepsight.engines.spark.find_spec", lambda name: None)
    with pytest.raises(EngineUnusable, match="--extra spark"):
        require_spark()
    monkeypatch.setattr("keepsight.engines.spark.find_spec", lambda name: name)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(EngineUnusable, match="Java 17 or later, and none was found"):
        require_spark()
