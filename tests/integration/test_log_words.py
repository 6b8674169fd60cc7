"""A leaf is the same whoever makes it: Python, PostgreSQL, or what COPY gives of the row."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from keepsight.audit.words import Column, copied, hash_in_sql, hash_of, json_words
from tests.factories.log import as_backup

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
MOMENTS = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the zone is drawn beside it
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)
COLUMNS = (
    *(Column("a"), Column("b", "text"), Column("c", "moment"), Column("d", "bytes")),
    *(Column("e", "json"), Column("f"), Column("g")),
)

SHARED = [HealthCheck.function_scoped_fixture]
"""One temporary table serves all examples: each empties it first."""


@pytest.fixture
def backup(database: None):
    with as_backup() as connection:
        connection.execute(
            "CREATE TEMPORARY TABLE words (a bigint, b text, c timestamptz, d bytea, e jsonb,"
            " f date, g uuid)"
        )
        yield connection


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@settings(max_examples=200, suppress_health_check=SHARED)
@given(
    row=st.tuples(
        maybe(st.integers(-(2**63), 2**63 - 1)),
        maybe(TEXT | st.sampled_from(["", "\\N", "\\", "a\tb\n\r\b\f\v", "’“”", "\x7f\x01"])),
        maybe(MOMENTS),
        maybe(st.binary(max_size=20)),
        maybe(st.dictionaries(TEXT, JSON, max_size=3)),
        maybe(st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        maybe(st.uuids()),
    ),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/St_Johns"]),
)
def test_python_postgresql_and_copy_hash_the_same_words(
    backup: psycopg.Connection[Any], row: tuple[Any, ...], zone: str
) -> None:
    backup.execute("SELECT set_config('TimeZone', %s, false)", [zone])
    backup.execute("DELETE FROM words")
    a, b, c, d, e, f, g = row
    written = [a, b, c, d, None if e is None else Jsonb(e), f, g]
    backup.execute("INSERT INTO words VALUES (%s, %s, %s, %s, %s, %s, %s)", written)
    in_sql = backup.execute(f"SELECT {hash_in_sql(COLUMNS)} AS hash FROM words").fetchone()
    with backup.cursor().copy(f"COPY (SELECT {copied(COLUMNS, 'w')} FROM words w) TO STDOUT") as c:
        [line] = [bytes(each) for each in c]
    assert in_sql is not None
    assert hash_of(row) == bytes(in_sql["hash"]) == sha256(line[:-1]).digest()


@settings(max_examples=300, suppress_health_check=SHARED)
@given(JSON)
def test_json_is_in_the_words_of_postgresql(backup: psycopg.Connection[Any], value: Any) -> None:
    said = backup.execute("SELECT %s::jsonb::text AS said", [Jsonb(value)]).fetchone()
    assert said is not None
    assert json_words(value) == said["said"]


def test_keys_that_are_no_text_are_said_as_json_has_them() -> None:
    assert json_words({2: "x", None: 1, True: 2}) == '{"2": "x", "null": 1, "true": 2}'


def test_no_two_rows_have_the_same_words() -> None:
    """What stands in one column can never be read as part of another, nor nothing as a word."""
    rows = [
        *(("a\tb", ""), ("a", "b"), ("a", "b", ""), ("a\\tb", ""), (None, "a"), ("\\N", "a")),
        *(("", "a"), ("1", "2"), ("1\t2",), ("a\n",), ("a\\n",)),
    ]
    assert len({hash_of(row) for row in rows}) == len(rows)


def test_what_has_no_words_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be made of a float"):
        hash_of([1.5])
    assert hash_of([uuid.UUID(int=1)]) == hash_of(["00000000-0000-0000-0000-000000000001"])
