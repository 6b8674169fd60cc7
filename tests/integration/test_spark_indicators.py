"""Indicators on Spark: the same findings as by DuckDB and the plain evaluator, event for event."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from keepsight.chronology.extract import bring_up_to_date
from keepsight.cli.county_events import read_county
from keepsight.detection.actions import evaluate_all
from keepsight.engines.errors import EngineUnusable
from keepsight.engines.event_tables import create_event_tables, fill_event_tables
from keepsight.engines.indicators import evaluate
from keepsight.engines.kind_tables import create_kind_tables, kind_table
from keepsight.engines.spark import require_spark, spark
from keepsight.engines.spark_tables import Spark
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.education import AttendanceWeek
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.synthetic import write_county
from tests.factories.roles import acting_as
from tests.factories.world import NOW, make_child, make_event, make_world
from tests.generative import test_indicators as random_rules
from tests.spec.indicators import conftest as cases
from tests.spec.indicators import test_kind_tables as views

TODAY = NOW.astimezone(LONDON).date()
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE

# PySpark leaves sockets to be closed when they are collected.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(scope="module", autouse=True)
def java() -> Iterator[None]:
    """Where Spark is installed. In so short a life compiling well takes longer than running."""
    try:
        require_spark()
    except EngineUnusable as fault:
        pytest.skip(str(fault))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        yield


@pytest.fixture(scope="module")
def backend() -> Iterator[Spark]:
    """One session for all of them: to begin one takes longer than to use it."""
    with spark() as session:
        session.conf.set("spark.sql.shuffle.partitions", "1")
        backend = Spark(session)
        create_event_tables(backend)
        create_kind_tables(backend)
        yield backend


def test_the_night_on_spark_finds_what_it_finds_on_duckdb(
    database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = make_world().agencies[COUNCIL]
    details = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
    child = make_child((council, details))
    for days_ago, told, key in (
        (60, 60, "one"),
        (58, 9, "one"),
        (40, 40, "two"),
        (30, 30, "three"),
    ):
        make_event(
            child,
            council,
            MissingEpisode(category="missing"),
            occurred=NOW - timedelta(days=days_ago),
            received=NOW - timedelta(days=told),
            key=key,
        )
    indicators = [each for each in CATALOGUE if each.code == "repeat_missing"]
    with acting_as("batch"):
        bring_up_to_date(tmp_path)
        asked = (tmp_path, indicators, TODAY), (tmp_path, indicators, TODAY, TODAY - timedelta(10))
        here = [evaluate_all(*each) for each in asked]
        monkeypatch.setenv("KEEPSIGHT_ENGINE", "spark")
        assert [evaluate_all(*each) for each in asked] == here
    assert [len(found) for found in here] == [1, 1]
    assert here[0] != here[1]


@pytest.mark.full
def test_a_view_gives_back_what_was_said(backend: Spark) -> None:
    said = [event for each in views.READABLE for event in (views.full(each), views.sparse(each))]
    fill_event_tables(backend, [("child", event) for event in said])
    for content in views.READABLE:
        rows = backend.to_pyarrow(kind_table(content).order_by("event_id")).to_pylist()
        assert rows == [views.row(views.full(content)), views.row(views.sparse(content))]


@pytest.mark.full
def test_every_case_of_every_indicator_is_met_by_the_same_events(backend: Spark) -> None:
    assert cases.by_engine(backend) == cases.by_oracle()


@pytest.mark.full
def test_random_rules_find_what_the_plain_evaluator_finds(backend: Spark) -> None:
    slowly = settings(
        deadline=None, database=None, max_examples=20, suppress_health_check=[*HealthCheck]
    )

    @slowly
    @given(world=random_rules.worlds())
    def agree(world: object) -> None:
        random_rules.agrees(backend, world)

    agree()


@pytest.mark.full
def test_a_whole_county_has_the_same_alerts(backend: Spark, tmp_path: Path) -> None:
    county = write_county(tmp_path / "county", children=400, seed=5, today=TODAY, weeks=52)
    kinds = frozenset().union(*(each.kinds for each in CATALOGUE))
    duckdb = read_county(county, kinds, TODAY, lambda *_: None).known_on(TODAY)
    for table in ("events", "attendance"):
        backend.register(table, duckdb.con.execute(f"SELECT * FROM {table}").to_arrow_table())
    found = evaluate(backend, CATALOGUE, TODAY)
    assert found == evaluate(duckdb, CATALOGUE, TODAY)
    assert len({each.code for each in found}) > 5
    assert AttendanceWeek.kind in kinds
