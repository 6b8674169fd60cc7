"""The county's copy judged on Spark and on DuckDB: the same alerts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

import pyarrow as pa

from keepsight.chronology.relations import opened_on_spark
from keepsight.cli.detection_bench.judging import findings_of_copy
from keepsight.engines.indicators import evaluate
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.engines.spark import spark
from keepsight.engines.spark_tables import Spark
from keepsight.kernel.indicators.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class OnSpark:
    """What judging took in seconds, once Spark had started, and whether DuckDB found the same."""

    seconds: float
    findings: int
    same: bool


def on_spark(folder: Path, given: pa.Table, day: date) -> OnSpark:
    """The catalogue over a copy on Spark; raises `EngineUnusable` where there is none."""
    with spark() as session:
        begun = monotonic()
        backend = opened_on_spark(Spark(session), folder, given)
        create_kind_tables(backend)
        found = evaluate(backend, CATALOGUE, day)
        seconds = monotonic() - begun
    return OnSpark(seconds, len(found), found == findings_of_copy(folder, given, day))
