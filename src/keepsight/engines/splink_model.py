"""Splink on DuckDB: the reference for our own core; and on Spark. Only this file imports Splink.

`score` and `score_on_spark` weigh by the packaged model, and must give what our own core gives.
`train` and `alone` are what Splink comes to by itself, for the benchmark.
"""

from collections.abc import Callable, Collection
from typing import Any

import duckdb
import pyarrow.lib as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from keepsight.engines.linkage_comparisons import comparisons
from keepsight.engines.linkage_extract import PREPARED, whole, with_forms
from keepsight.engines.linkage_model import MODEL_VERSION, packaged_model
from keepsight.kernel.linkage.levels import FORMER, LEVELS, MISTAKEN
from keepsight.kernel.linkage.model import SMALLEST_AREA

SEED = 20_141_119
U_PAIRS = 1e7
"""Random pairs from which chance agreement is learnt: fewer give unstable weights."""

SCORED = """
SELECT least(subject_l, subject_r) AS "left", greatest(subject_l, subject_r) AS "right",
       match_weight AS weight, match_probability AS probability, {levels}
FROM {table} ORDER BY weight DESC, "left", "right" """

BLOCKING = (
    ("nhs_number",),
    ("upn",),
    ("date_of_birth", "substr(surname, 1, 1)"),
    ("date_of_birth", "forename"),
    ("date_of_birth", "postcode"),
    ("surname", "substr(forename, 1, 1)", "substr(date_of_birth, 1, 4)"),
    ("substr(surname, 1, 3)", "substr(forename, 1, 3)", "substr(date_of_birth, 1, 4)"),
    ("surname", "forename"),
    ("postcode", "forename"),
)
"""Pairs that agree on all columns of any row are compared; others never meet."""

TRAINING = (
    ("upn",),
    ("surname", "forename"),
    ("date_of_birth", "forename"),
    ("date_of_birth", "postcode"),
    ("date_of_birth", "surname"),
)
"""Each learns what it does not fix, so that every column is learnt more than once."""

CERTAIN = (("nhs_number",), ("upn",), ("date_of_birth", "surname", "forename"))
CERTAIN_RECALL = 0.7
"""The share of true pairs that `CERTAIN` finds (our own measurement on a made-up county)."""


CERTAIN_ENOUGH = 0.95
"""Match probability from which Splink's pairs are joined (`linkage.md`)."""

LARGEST_WEIGHT = 1000.0
"""Bits that no pair reaches, for or against."""

TOGETHER = ("siblings", *FORMER, *MISTAKEN)
"""Columns that are said beside others and of few pairs, which Splink cannot learn beside them."""


class UntrainedLevelError(RuntimeError):
    """Training saw no example of a level, so that its weight would be made up."""


def score(
    table: pa.Table,
    *,
    threads: int = 2,
    minimum_weight: float = 0.0,
    model: dict[str, Any] | None = None,
) -> pa.Table:
    """Pairs of records that may be one person, from `minimum_weight` bits, strongest first.

    Takes a table of `COLUMNS`. Columns of the answer: `left` and `right` (subjects, the lower
    first), `weight` (bits), `probability`, and `gamma_` with each name of `LEVELS`: the level
    found, -1 for unknown. `model` is what `train` gives; the packaged one without it.
    """
    chosen = model or packaged_model()
    with _connection(table, threads) as connection:
        linker = _linker(connection, _settings(chosen, table))
        found = linker.inference.predict(threshold_match_weight=minimum_weight)
        answer: pa.Table = connection.sql(_scored(found.physical_name, chosen)).to_arrow_table()
    return answer


def score_on_spark(
    session: Any, table: pa.Table, *, model: dict[str, Any] | None = None
) -> pa.Table:
    """The same by Splink on Spark, of every pair however little it weighs.

    `session` is one of `engines.spark`, which knows the functions that the model is written in.
    """
    from splink.backends.spark import SparkAPI

    chosen = model or packaged_model()
    with _connection(table, threads=1) as connection:
        records = connection.table("records").to_arrow_table()
    # What is worked out on the way stays with the workers: there need be no folder that all share.
    api = SparkAPI(spark_session=session, break_lineage_method="persist")
    settings = _spoken_by_spark(_settings(chosen, table))
    linker = Linker(api.register(session.createDataFrame(records)), settings, log_level=None)
    found = linker.inference.predict(threshold_match_weight=-LARGEST_WEIGHT)
    query = _scored(found.physical_name, chosen).replace('"', "`")
    answer: pa.Table = session.sql(query).toArrow()
    return answer


def similarity_jar() -> str:
    """Where Splink keeps its functions for Spark."""
    from splink.backends.spark import similarity_jar_location

    return str(similarity_jar_location())


def train(
    table: pa.Table, *, threads: int = 2, seed: int = SEED, pairs: float = U_PAIRS
) -> dict[str, Any]:
    """A model as Splink learns it from a table of `COLUMNS`, on one column at a time.

    Chance agreement is learnt from so many random `pairs`, the rest by expectation maximisation.

    Raises `ValueError` for fewer than `SMALLEST_AREA` records, and `UntrainedLevelError` if a
    level never occurred.
    """
    if table.num_rows < SMALLEST_AREA:
        raise ValueError(
            f"A linkage model needs at least {SMALLEST_AREA:,} records to learn from, but there "
            f"are {table.num_rows:,}."
        )
    settings = _by_chance(_one_agency(table), threads, seed, pairs)
    with _connection(table, threads) as connection:
        linker = _linker(connection, settings)
        linker.training.estimate_probability_two_random_records_match(
            [block_on(*rule) for rule in CERTAIN], recall=CERTAIN_RECALL
        )
        for rule in TRAINING:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True
            )
        trained = linker.misc.save_model_to_json()
    _require_trained(trained)
    matches = trained["probability_two_random_records_match"] * table.num_rows
    return {
        "version": MODEL_VERSION,
        "records": table.num_rows,
        "matches_per_record": matches,
        "settings": trained,
    }


def alone(table: pa.Table, *, threads: int = 2, least: float = -4.0) -> tuple[pa.Table, pa.Table]:
    """The whole job by Splink: train, weigh, cluster; the pairs from `least` bits, and clusters.

    Clusters are its connected components at a match probability of 0.95, with columns `subject` and
    `cluster_id`.
    """
    settings = train(table, threads=threads)["settings"]
    with _connection(table, threads) as connection:
        linker = _linker(connection, settings)
        found = linker.inference.predict(threshold_match_weight=least)
        joined = linker.clustering.cluster_pairwise_predictions_at_threshold(
            found, threshold_match_probability=CERTAIN_ENOUGH
        )
        pairs = connection.sql(
            f'SELECT subject_l AS "left", subject_r AS "right", match_weight AS weight'
            f" FROM {found.physical_name}"
        ).to_arrow_table()
        clusters = connection.sql(
            f"SELECT subject, cluster_id FROM {joined.physical_name}"
        ).to_arrow_table()
    return pairs, clusters


def finder(table: pa.Table, *, threads: int = 2) -> Callable[[pa.Table], pa.Table]:
    """Splink's own live call: what finds the matches of a new record among those of `table`.

    Term frequencies are worked out beforehand. For the benchmark; it answers at any weight.
    """
    connection = duckdb.connect(config={"threads": threads})
    connection.register("given", with_forms(whole(table)))
    connection.execute(PREPARED)
    api = DuckDBAPI(connection=connection)
    known = api.register("records")
    linker = Linker(known, packaged_model()["settings"], log_level=None)
    for name in ("surname", "forename"):
        linker.table_management.compute_tf_table(name)

    def find(one: pa.Table) -> pa.Table:
        connection.register("given", with_forms(whole(one)))
        connection.execute(PREPARED.replace("TABLE records", "OR REPLACE TABLE arrived"))
        found = linker.inference.predict_between(
            known, api.register("arrived"), threshold_match_weight=-1000.0
        )
        answer: pa.Table = connection.sql(
            f"SELECT subject_l, subject_r, match_weight AS weight FROM {found.physical_name}"
        ).to_arrow_table()
        return answer

    return find


def untrained_levels(settings: dict[str, Any]) -> list[str]:
    """Each level without a learnt weight, as `column: level`."""
    return [
        f"{comparison['output_column_name']}: {level['label_for_charts']}"
        for comparison in settings["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
        and not all(0 < level.get(name, 0) < 1 for name in ("m_probability", "u_probability"))
    ]


def _require_trained(settings: dict[str, Any]) -> None:
    missing = untrained_levels(settings)
    if missing:
        raise UntrainedLevelError(
            f"The records hold no example of {', '.join(missing)}, so that no weight was learnt. "
            "Train on more records."
        )


def _by_chance(table: pa.Table, threads: int, seed: int, pairs: float) -> dict[str, Any]:
    """The settings with chance agreement learnt from one agency, which holds few true pairs."""
    with _connection(table, threads) as connection:
        linker = _linker(connection, skeleton(without=TOGETHER))
        linker.training.estimate_u_using_random_sampling(
            max_pairs=pairs, seed=seed, min_count_per_level=None, num_chunks=1
        )
        settings: dict[str, Any] = linker.misc.save_model_to_json()
    return settings


def _one_agency(table: pa.Table) -> pa.Table:
    """The records of the agency that holds most names."""
    with duckdb.connect() as connection:
        connection.register("given", table)
        query = """
        SELECT * FROM given WHERE agency = (
            SELECT agency FROM given GROUP BY agency
            ORDER BY count(forename) DESC, agency LIMIT 1)"""
        answer: pa.Table = connection.sql(query).to_arrow_table()
    return answer


def _connection(table: pa.Table, threads: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": threads})
    connection.register("given", with_forms(whole(table)))
    connection.execute(PREPARED)
    return connection


def _linker(connection: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> Linker:
    records = DuckDBAPI(connection=connection).register("records")
    return Linker(records, settings, log_level=None)


def _settings(model: dict[str, Any], table: pa.Table) -> dict[str, Any]:
    settings: dict[str, Any] = model["settings"]
    return settings | {"probability_two_random_records_match": _prior(model, table)}


def _scored(pairs: str, model: dict[str, Any]) -> str:
    compared = {each["output_column_name"] for each in model["settings"]["comparisons"]}
    levels = ", ".join(f"gamma_{column}" for column in LEVELS if column in compared)
    return SCORED.format(levels=levels, table=pairs)


def _spoken_by_spark(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with names quoted as Spark quotes them; every condition stays as it is."""
    key = "blocking_rules_to_generate_predictions"
    rules = [each["blocking_rule"].replace('"', "`") for each in settings[key]]
    return settings | {key: [{"blocking_rule": rule, "sql_dialect": "spark"} for rule in rules]}


def _prior(model: dict[str, Any], table: pa.Table) -> float:
    """How likely two random records match: each has so many matches, however large the area."""
    matches: float = model["matches_per_record"]
    return matches / float(max(table.num_rows, SMALLEST_AREA))


def skeleton(without: Collection[str] = ()) -> dict[str, Any]:
    """Splink's settings with all that is compared and nothing that is learnt."""
    compared = [each for each in comparisons() if each["output_column_name"] not in without]
    settings: dict[str, Any] = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="subject",
        comparisons=[*compared],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in BLOCKING],
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
        linker_uid="keepsight",
    ).create_settings_dict("duckdb")
    return settings
