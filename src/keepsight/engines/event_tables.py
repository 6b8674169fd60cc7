"""The relations under the kind tables and beside them, and events as their rows."""

import json
from collections.abc import Iterable
from dataclasses import asdict

import pyarrow as pa
from ibis.backends.duckdb import Backend as DuckDB
from ibis.backends.postgres import Backend as PostgreSQL

from keepsight.engines.kind_tables import Engine
from keepsight.engines.spark_tables import Spark
from keepsight.kernel.entities.company import Named, named_by
from keepsight.kernel.vocabulary.content.education import AttendanceWeek
from keepsight.kernel.vocabulary.events import Event

KEYS = ("child_id VARCHAR", "event_id VARCHAR", "agency BIGINT", "day DATE", "last_day DATE")
COUNTS = ("possible", "absent", "unauthorised", "unexplained", "late")
TABLES = {
    "events": (*KEYS, "kind VARCHAR", "content VARCHAR"),
    "attendance": (*KEYS, *(f"{count} INTEGER" for count in COUNTS)),
    "mentions": (
        *("child_id VARCHAR", "event_id VARCHAR", "entity_kind VARCHAR", "entity VARCHAR"),
        *("begun DATE", "gone DATE", "told BOOLEAN"),
    ),
}

ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
}

Row = tuple[object, ...]


def create_event_tables(backend: Engine) -> None:
    """Makes the tables, empty and for this connection only."""
    for name, columns in TABLES.items():
        if isinstance(backend, Spark):
            backend.register(name, _on_spark(name, []))
            continue
        backend.con.execute(f"CREATE TEMPORARY TABLE {name} ({', '.join(columns)})")


def fill_event_tables(backend: Engine, events: Iterable[tuple[str, Event]]) -> None:
    """Replaces what the tables hold by these events, each with the id of its child."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for child_id, event in events:
        table, row = event_row(child_id, event)
        rows[table].append(row)
        rows["mentions"] += [mention_row(named) for named in named_by(child_id, event)]
    for name in TABLES:
        if isinstance(backend, Spark):
            backend.register(name, _on_spark(name, rows[name]))
            continue
        backend.con.execute(f"DELETE FROM {name}")
        if rows[name]:
            _insert(backend, name, rows[name])


def event_row(child_id: str, event: Event) -> tuple[str, Row]:
    """The table that holds an event and its row there, in the order of the columns."""
    keys = (child_id, event.id, event.agency, event.day, event.last_day)
    if isinstance(event.content, AttendanceWeek):
        counts = asdict(event.content)
        return "attendance", (*keys, *(counts[name] for name in COUNTS))
    return "events", (*keys, event.kind, json.dumps(event.content.to_json()))


def mention_row(named: Named) -> Row:
    """What an event names, in the order of the columns."""
    return (
        *(named.child, named.event, named.kind.value, named.entity),
        *(named.begun, named.gone, named.told),
    )


def _on_spark(table: str, rows: list[Row]) -> pa.Table:
    """The rows as Spark takes them: its tables are not written to, but made anew."""
    schema = pa.schema(
        [(name, ARROW_TYPES[kind]) for name, kind in (each.split() for each in TABLES[table])]
    )
    columns = zip(*rows, strict=True) if rows else [[] for _ in schema]
    return pa.table([*columns], schema=schema)


def _insert(backend: DuckDB | PostgreSQL, table: str, rows: list[Row]) -> None:
    if isinstance(backend, DuckDB):
        names = [column.split()[0] for column in TABLES[table]]
        columns = [pa.array(values) for values in zip(*rows, strict=True)]
        arriving = pa.table(columns, names=names)
        backend.con.register("arriving", arriving)
        backend.con.execute(f"INSERT INTO {table} SELECT * FROM arriving")
        backend.con.unregister("arriving")
    else:
        with backend.con.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
