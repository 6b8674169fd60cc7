"""Spark, for what one machine cannot hold: a session while it is used, and nothing left after.

`KEEPSIGHT_SPARK_MASTER` says where it runs; on this machine without it. An extra of the package,
and Java 17 or later, which are only looked for when they are wanted.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rapidfuzz.distance import JaroWinkler

from keepsight.engines.errors import EngineUnusable
from keepsight.engines.paths import var
from keepsight.engines.splink_model import similarity_jar

HERE = "local[2]"
MEMORY = "4g"
LOG = Path(__file__).with_name("spark.log4j2.properties")

SPOKEN = (
    "list_has_any(one ARRAY<STRING>, other ARRAY<STRING>) RETURNS BOOLEAN"
    " RETURN arrays_overlap(one, other)",
    "list_contains(values ARRAY<STRING>, value STRING) RETURNS BOOLEAN"
    " RETURN array_contains(values, value)",
    "regexp_matches(value STRING, pattern STRING) RETURNS BOOLEAN RETURN value RLIKE pattern",
)
"""Functions of DuckDB in which the model is written and for which Spark has another name."""


@contextmanager
def spark() -> Iterator[Any]:
    """A session that knows the functions of the model; it and its Java are ended afterwards.

    Raises `EngineUnusable` where its package or Java is missing, or where it does not start.
    """
    require_spark()
    held = var() / "spark"
    held.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=held) as folder:
        session = _begun(folder)
        try:
            _speak(session)
            yield session
        finally:
            _end(session)


def require_spark() -> None:
    """Raise `EngineUnusable` unless the package is installed and there is a Java."""
    if find_spec("pyspark") is None:
        raise EngineUnusable(
            "Spark is not installed. Install Keepsight with its extra `spark` "
            "(`uv sync --extra spark`), or unset KEEPSIGHT_ENGINE."
        )
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")):
        raise EngineUnusable(
            "Spark needs Java 17 or later, and none was found. Install one (Debian, Ubuntu: "
            "apt-get install openjdk-17-jre-headless), or unset KEEPSIGHT_ENGINE."
        )


def master() -> str:
    """Where Spark runs."""
    return os.environ.get("KEEPSIGHT_SPARK_MASTER") or HERE


def is_here() -> bool:
    """Whether it runs in this machine's own Java."""
    return master().startswith("local")


def settings_of(folder: str) -> dict[str, str]:
    """How Spark is begun: what spills is in `folder` and encrypted, and no page shows it."""
    java = f'-Dlog4j2.configurationFile={LOG.as_uri()} "-Djava.io.tmpdir={folder}" -XX:-UsePerfData'
    settings = {
        "spark.master": master(),
        "spark.app.name": "keepsight",
        "spark.jars": similarity_jar(),
        "spark.driver.memory": os.environ.get("KEEPSIGHT_SPARK_MEMORY", MEMORY),
        "spark.driver.maxResultSize": "0",
        "spark.driver.extraJavaOptions": java,
        "spark.io.encryption.enabled": "true",
        "spark.local.dir": folder,
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": folder,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return settings | _here() if is_here() else settings


def _here() -> dict[str, str]:
    """On this machine it listens to nobody else, and shuffles into no more parts than it needs."""
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
    }


def _begun(folder: str) -> Any:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        session = SparkSession.builder.config(map=settings_of(folder)).getOrCreate()
    except (Py4JError, PySparkException) as fault:
        raise EngineUnusable(
            "Spark did not start; what it said is above. It needs Java 17 or later, and "
            "KEEPSIGHT_SPARK_MASTER must name a master that answers."
        ) from fault
    if is_here():
        session.sparkContext.pythonExec = sys.executable
    return session


def _speak(session: Any) -> None:
    for function in SPOKEN:
        session.sql(f"CREATE TEMPORARY FUNCTION {function}")
    session.udf.register("jaro_winkler_similarity", _likeness(), "double")


def _likeness() -> Any:
    """How alike two texts are as DuckDB has it: of their bytes, half a transposition rounded down.

    Splink's own function for Spark counts halves, so that some names fall on another level. It is
    made here, within a function, so that workers need rapidfuzz and not Keepsight.
    """

    def likeness(one: str | None, other: str | None) -> float | None:
        if one is None or other is None:
            return None
        left, right = one.encode().decode("latin-1"), other.encode().decode("latin-1")
        return float(JaroWinkler.similarity(left, right))

    return likeness


def _end(session: Any) -> None:
    """Stop the session, and the Java that PySpark would keep for as long as this process lives."""
    context = type(session.sparkContext)
    gateway = context._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    context._gateway = context._jvm = None
