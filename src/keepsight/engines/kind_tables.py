"""One typed view per readable kind of event, generated from the vocabulary, for each engine.

Under the views lie two relations: `events`, with content as JSON, and `attendance`, with a row a
pupil-week. Above them, the same Ibis expression runs on DuckDB, on PostgreSQL and on Spark.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass
from datetime import date
from typing import Any, TypeAlias

import ibis
from ibis import Table
from ibis.backends.duckdb import Backend as DuckDB
from ibis.backends.postgres import Backend as PostgreSQL

from keepsight.engines.spark_tables import Spark
from keepsight.kernel.vocabulary.content.base import Content, base_type, field_types
from keepsight.kernel.vocabulary.content.education import AttendanceWeek
from keepsight.kernel.vocabulary.events import CONTENTS

Engine: TypeAlias = DuckDB | PostgreSQL | Spark

COMMON = {
    "child_id": "string",
    "event_id": "string",
    "agency": "int64",
    "day": "date",
    "last_day": "date",
}
IBIS_TYPES: dict[Any, str] = {
    str: "string",
    int: "int64",
    bool: "boolean",
    date: "date",
    tuple[str, ...]: "array<string>",
}
SQL_TYPES = {int: "BIGINT", bool: "BOOLEAN", date: "DATE"}
SPARK_TYPES: dict[Any, str] = SQL_TYPES | {str: "STRING", tuple[str, ...]: "ARRAY<STRING>"}


def kind_table(content: type[Content]) -> Table:
    """The view of one kind as an Ibis table that belongs to no engine yet."""
    columns = {field.name: IBIS_TYPES[plain] for field, plain in _plain_fields(content)}
    return ibis.table(COMMON | columns, name=view_name(content))


def view_name(content: type[Content]) -> str:
    return f"event_{content.kind}"


def create_kind_tables(backend: Engine) -> None:
    """Makes the views, for this connection only, over its `events` and `attendance`."""
    for content in CONTENTS:
        if content.readable:
            query = _query(content, backend.name)
            name = view_name(content)
            backend.con.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {query}")


def _query(content: type[Content], engine: str) -> str:
    if content is AttendanceWeek:
        return _weeks()
    return _events_on_spark(content) if engine == "pyspark" else _events(content, engine)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine reads a field of the JSON, as text and as a list of texts."""

    text: Callable[[str], str]
    texts: Callable[[str], str]


DIALECTS = {
    "duckdb": Dialect(
        text=lambda name: f"json_extract_string(content, '$.{name}')",
        texts=lambda name: f"json_extract_string(content, '$.{name}[*]')",
    ),
    "postgres": Dialect(
        text=lambda name: f"content::jsonb ->> '{name}'",
        texts=lambda name: f"ARRAY(SELECT jsonb_array_elements_text(content::jsonb -> '{name}'))",
    ),
}


def _events(content: type[Content], engine: str) -> str:
    """The query of one kind's view.

    Each field is read only where the kind is right: an engine may evaluate a column before the
    filter, and another kind may hold text under the name that here holds a number.
    """
    of_kind = f"kind = '{content.kind}'"
    columns = [
        f'CASE WHEN {of_kind} THEN {_column(field, plain, DIALECTS[engine])} END AS "{field.name}"'
        for field, plain in _plain_fields(content)
    ]
    return f"SELECT {', '.join([*COMMON, *columns])} FROM events WHERE {of_kind}"


def _events_on_spark(content: type[Content]) -> str:
    """The same on Spark, which reads all fields of the JSON at one time, and stops at a wrong one.

    The kind is asked for again about the JSON: a column may be evaluated before the filter.
    """
    of_kind = f"kind = '{content.kind}'"
    fields = _plain_fields(content)
    schema = ", ".join(f"{field.name} {SPARK_TYPES[plain]}" for field, plain in fields)
    columns = [f"{_or_default(f'said.{f.name}', f)} AS {f.name}" for f, _ in fields]
    said = f"from_json(CASE WHEN {of_kind} THEN content END, '{schema}', map('mode', 'FAILFAST'))"
    if not fields:
        return f"SELECT {', '.join(COMMON)} FROM events WHERE {of_kind}"
    return (
        f"SELECT {', '.join([*COMMON, *columns])} FROM ("
        f"SELECT {', '.join(COMMON)}, {said} AS said FROM events WHERE {of_kind})"
    )


def _column(field: Field[Any], plain: Any, dialect: Dialect) -> str:
    if plain == tuple[str, ...]:
        return dialect.texts(field.name)
    text = dialect.text(field.name)
    value = f"CAST({text} AS {SQL_TYPES[plain]})" if plain in SQL_TYPES else f"({text})"
    return _or_default(value, field)


def _or_default(value: str, field: Field[Any]) -> str:
    if field.default in (None, MISSING):
        return value
    return f"COALESCE({value}, {_literal(field.default)})"


def _literal(default: object) -> str:
    """A field's default as SQL. Only yes, no, whole numbers and the empty list are needed."""
    if default == ():
        return "ARRAY()"
    if not isinstance(default, int):
        raise TypeError(f"A default of {default!r} has no SQL here yet.")
    return str(default)


def _weeks() -> str:
    counts = [
        f"CAST({field.name} AS BIGINT) AS {field.name}"
        for field, _ in _plain_fields(AttendanceWeek)
    ]
    return f"SELECT {', '.join([*COMMON, *counts])} FROM attendance"


def _plain_fields(content: type[Content]) -> list[tuple[Field[Any], Any]]:
    fields = field_types(content)
    return [(field, base_type(expected)) for field, expected in fields]
