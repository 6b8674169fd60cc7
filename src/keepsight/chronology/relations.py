"""The nightly copy opened for an engine: what rules read, as known now or by the end of a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import ibis
import psutil
import pyarrow as pa
from django.db import connection

from keepsight.engines import linkage_executors
from keepsight.engines.kind_tables import Engine
from keepsight.engines.spark import spark
from keepsight.engines.spark_tables import Spark
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.events import BY_KIND

AGREED = """
SELECT DISTINCT giver.agency_id, m.category
FROM access_party giver
JOIN access_party receiver ON receiver.agreement_id = giver.agreement_id
JOIN access_term m ON m.agreement_id = giver.agreement_id AND m.giver_kind = giver.kind
  AND m.receiver_kind = receiver.kind AND m.serves = 'lead' AND m.purpose = 'safeguarding'
  AND m.sight = 3
WHERE receiver.kind = 'childrens_social_care'
  AND giver.since <= now() AND (giver.until IS NULL OR giver.until > now())
  AND receiver.since <= now() AND (receiver.until IS NULL OR receiver.until > now())
UNION
SELECT id, generate_series(1, %s) FROM agencies_agency WHERE kind = 'childrens_social_care'"""
"""What a council may read: an alert is read by one, and tells of what met it."""

COPIED = {
    "all_events": "events-*.parquet",
    "all_weeks": "weeks-*.parquet",
    "all_links": "links.parquet",
}

HELD = {
    "links": "held_until IS NULL",
    "links then": "held_from <= DATE '{day}' AND (held_until IS NULL OR held_until > DATE '{day}')",
    "received": "true",
    "received then": "received <= DATE '{day}'",
}
"""Which links and revisions count now, and which did on a day of the past."""

LINKS = "SELECT * FROM all_links WHERE {links}"

EVENTS = """
SELECT l.child_id, CAST(e.id AS STRING) AS event_id, e.agency_id AS agency, e.kind, e.day,
  e.last_day, e.content, e.mentions, l.withheld
FROM all_events e
LEFT JOIN (
  SELECT agency_id, source_key, max(revision) AS revision FROM all_events
  WHERE revision > 1 AND {received} GROUP BY agency_id, source_key) n
ON n.agency_id = e.agency_id AND n.source_key = e.source_key
JOIN links l ON l.subject_record_id = e.subject_record_id
JOIN agreed a ON a.agency_id = e.agency_id AND a.kind = e.kind
WHERE {received} AND e.revision = coalesce(n.revision, e.revision) AND NOT e.withdrawn"""
"""Few facts were ever revised: the newest revision is looked for among those alone."""

MENTIONS = """
SELECT child_id, event_id, {first} AS entity_kind, {second} AS entity, day AS begun,
  coalesce(last_day, day) AS gone, NOT withheld AS told
FROM (SELECT *, {each} AS named FROM events WHERE mentions IS NOT NULL) said"""
NAMED_ON_DUCKDB = {
    "first": "json_extract_string(named, '$[0]')",
    "second": "json_extract_string(named, '$[1]')",
    "each": """unnest(from_json(mentions, '["JSON"]'))""",
}
NAMED_ON_SPARK = {
    "first": "named[0]",
    "second": "named[1]",
    "each": "explode(from_json(mentions, 'array<array<string>>'))",
}
"""What an event names is a list of pairs, as JSON."""

ATTENDANCE = """
SELECT l.child_id, 'week:' || w.id AS event_id, l.agency_id AS agency, w.week AS day,
  w.week + 4 AS last_day, w.possible, w.absent, w.unauthorised, w.unexplained, w.late
FROM all_weeks w
LEFT JOIN (
  SELECT subject_record_id, week, max(revision) AS revision FROM all_weeks
  WHERE revision > 1 AND {received} GROUP BY subject_record_id, week) n
ON n.subject_record_id = w.subject_record_id AND n.week = w.week
JOIN links l ON l.subject_record_id = w.subject_record_id
JOIN agreed a ON a.agency_id = l.agency_id AND a.kind = 'attendance_week'
WHERE {received} AND w.revision = coalesce(n.revision, w.revision)"""

MEMORY, SHARE = 8 * 1024**3, 0.6
"""Bytes that DuckDB may hold, and of a small machine the share of its memory, before it writes to
disk what does not fit: a folder of the copy, which nobody else can read.
"""


@contextmanager
def engine_over(
    folder: Path, kinds: Collection[str], known_on: date | None = None
) -> Iterator[Engine]:
    """The engine that `KEEPSIGHT_ENGINE` names, with `events`, `attendance` and `mentions` of
    the copy, of these kinds of event only.

    Raises `EngineUnusable` where it cannot be used here.
    """
    if linkage_executors.engine() is linkage_executors.Engine.SPARK:
        with spark() as session:
            yield opened_on_spark(Spark(session), folder, agreed_table(kinds), known_on)
        return
    duck = opened_on_duckdb(folder, agreed_table(kinds), known_on)
    try:
        yield ibis.duckdb.from_connection(duck)
    finally:
        duck.close()


def open_relations(folder: Path, known_on: date | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with `events` and `attendance`, a row a child and event, and `mentions`,
    a row an entity that an event names: as known now, or by the end of a day, with its links.

    What was erased since is in neither. Only what an agreement in force gives to councils is there:
    whoever reads an alert learns of what met it.
    """
    return opened_on_duckdb(folder, agreed_table(), known_on)


def opened_on_duckdb(
    folder: Path, given: pa.Table, known_on: date | None = None
) -> duckdb.DuckDBPyConnection:
    """The same, of what is `given`. Weeks are read as they are asked for: they are too many."""
    memory = min(MEMORY, int(SHARE * psutil.virtual_memory().total))
    duck = duckdb.connect(
        config={
            "memory_limit": f"{memory}B",
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": "false",
        }
    )
    duck.register("agreed", given)
    for table, parts in COPIED.items():
        pattern = str(folder / parts).replace("'", "''")
        duck.execute(f"CREATE TEMPORARY VIEW {table} AS SELECT * FROM read_parquet('{pattern}')")
    held = _held(known_on)
    duck.execute(f"CREATE TEMPORARY VIEW links AS {LINKS.format(**held)}")
    duck.execute(f"CREATE TEMPORARY TABLE events AS {EVENTS.format(**held)}")
    duck.execute(f"CREATE TEMPORARY VIEW attendance AS {ATTENDANCE.format(**held)}")
    duck.execute(f"CREATE TEMPORARY VIEW mentions AS {MENTIONS.format(**NAMED_ON_DUCKDB)}")
    return duck


def opened_on_spark(
    backend: Spark, folder: Path, given: pa.Table, known_on: date | None = None
) -> Spark:
    """The same on Spark, whose workers must all be able to read the folder."""
    backend.register("agreed", given)
    for table, parts in COPIED.items():
        backend.read_parquet(table, folder / parts)
    held = _held(known_on)
    backend.execute(f"CREATE OR REPLACE TEMPORARY VIEW links AS {LINKS.format(**held)}")
    backend.hold("events", EVENTS.format(**held))
    backend.execute(f"CREATE OR REPLACE TEMPORARY VIEW attendance AS {ATTENDANCE.format(**held)}")
    backend.hold("mentions", MENTIONS.format(**NAMED_ON_SPARK))
    return backend


def _held(known_on: date | None) -> dict[str, str]:
    then = "" if known_on is None else " then"
    return {name: HELD[name + then].format(day=known_on) for name in ("links", "received")}


def agreed_table(kinds: Collection[str] | None = None) -> pa.Table:
    """The same as a table of agencies and kinds; of these kinds, or of all."""
    pairs = [pair for pair in agreed() if kinds is None or pair[1] in kinds]
    columns = {"agency_id": [pair[0] for pair in pairs], "kind": [pair[1] for pair in pairs]}
    return pa.table(columns, schema=pa.schema({"agency_id": pa.int64(), "kind": pa.string()}))


def agreed() -> list[tuple[int, str]]:
    """Which agency's events of which kind councils may read now."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for kind, content in BY_KIND.items():
        kinds[content.heading.number].append(kind)
    with connection.cursor() as cursor:
        cursor.execute(AGREED, [len(Category)])
        return [(agency, kind) for agency, number in cursor.fetchall() for kind in kinds[number]]
