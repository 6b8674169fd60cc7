"""A row in words that always come out the same: what a leaf is a hash of.

The words are those in which PostgreSQL’s own `COPY … TO STDOUT` writes the row in its text format:
columns between tabs, `\\N` for nothing, a backslash before what would be misread. Times are said
in UTC and bytes in hexadecimal. So whoever can read the table can make a leaf again with nothing
but `psql` and a SHA-256, and a million rows are checked as fast as they can be copied out.

Here they are made in Python, for a row that is about to be written, and in SQL.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any, Literal

Kind = Literal["plain", "text", "moment", "bytes", "json", "flag"]

NOTHING = "\\N"
ESCAPES = {
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}
IN_PYTHON = str.maketrans(ESCAPES)

COPIED: dict[Kind, str] = {
    "plain": "{0}",
    "text": "{0}",
    "json": "{0}",
    "moment": "{0} AT TIME ZONE 'UTC'",
    "bytes": "encode({0}, 'hex')",
    "flag": "{0}::int",
}
"""How a column is selected for COPY."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a leaf is over. `plain` are numbers, ids, days, and codes of our own."""

    name: str
    kind: Kind = "plain"


def copied(columns: Iterable[Column], table: str) -> str:
    """The columns of a table as a SELECT gives them to COPY."""
    return ", ".join(COPIED[each.kind].format(f'{table}."{each.name}"') for each in columns)


def hash_in_sql(columns: Iterable[Column]) -> str:
    """An SQL expression for the SHA-256 over the words of the columns in scope."""
    words = ", ".join(f"coalesce({_in_sql(each)}, '{NOTHING}')" for each in columns)
    return f"sha256(convert_to(concat_ws(E'\\t', {words}), 'UTF8'))"


def hash_of(values: Sequence[Any]) -> bytes:
    """The same over the values of a row that is not yet written."""
    return sha256("\t".join([_in_words(value) for value in values]).encode()).digest()


def _in_sql(column: Column) -> str:
    name = f'"{column.name}"'
    if column.kind == "text":
        for plain, escaped in ESCAPES.items():
            name = f"replace({name}, {_literal(plain)}, '{escaped}')"
        return name
    if column.kind == "json":
        return f"replace({name}::text, '\\', '\\\\')"
    return f"({COPIED[column.kind].format(name)})::text"


def _literal(character: str) -> str:
    return f"chr({ord(character)})"


def _in_words(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value.translate(IN_PYTHON)
    if isinstance(value, bytes | memoryview):
        return value.hex()
    if isinstance(value, datetime):
        said = value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        return said.rstrip("0") if "." in said else said
    if isinstance(value, dict | list):
        return json_words(value).translate(IN_PYTHON)
    if isinstance(value, int | date | uuid.UUID):
        return str(value)
    raise TypeError(f"A leaf cannot be made of a {type(value).__name__}.")


def json_words(value: Any) -> str:
    """JSON as PostgreSQL’s `jsonb` writes it: short keys first, numbers in full."""
    if isinstance(value, dict):
        said = {str(_key(key)): each for key, each in value.items()}
        keys = sorted(said, key=lambda key: (len(key.encode()), key.encode()))
        return "{" + ", ".join(f"{_json(key)}: {json_words(said[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(json_words, value)) + "]"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removeprefix("-" if value == 0 else "")
    return _json(value)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else _json(key)


def _json(value: Any) -> str:
    return dumps(value, ensure_ascii=False)
