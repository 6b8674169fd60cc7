"""The log in the database, read as of one moment by the role that makes backups.

Each source is copied out in the order of the tree, through a connection of its own that shares
the snapshot of the first. Only PostgreSQL's own functions are called: one that was put into the
database to tell other words than the row has is not asked.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager
from heapq import merge
from itertools import count
from typing import Any

import psycopg
from psycopg import sql

from keepsight.audit.leaves import Source
from keepsight.audit.verifying.log import UNPLACED, Row, StoredCheckpoint, StoredTile
from keepsight.engines.roles import Credentials, role_name

SETTINGS = "SET search_path = pg_catalog, public; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'"
"""In what words columns are copied out, whatever the server's own settings are."""

ROWS = """
COPY (SELECT l.tree_index, coalesce(l.ref, s.ref), coalesce(encode(l.leaf, 'hex'), ''), s.*
  FROM (SELECT * FROM audit_leaf WHERE source = '{source}') l
  FULL JOIN ({rows}) s ON s.ref = l.ref ORDER BY l.tree_index) TO STDOUT"""
OTHERS = """
SELECT tree_index, source, ref, leaf FROM audit_leaf
WHERE source IS NULL OR source <> ALL(%s) ORDER BY tree_index"""
"""Leaves of rows that there cannot be. They have a place too: behind a gap nothing is compared."""
TILES = "SELECT position, hashes, root FROM audit_tile WHERE level = %s ORDER BY position"
CHECKPOINTS = "SELECT size, note, verifier_key FROM audit_checkpoint ORDER BY size"
WAITING = "SELECT source, ref, leaf FROM audit_inbox"
ERASED = """
SELECT pair ->> 0, pair ->> 1 FROM audit_auditentry,
  jsonb_array_elements(
    CASE jsonb_typeof(detail -> 'erased') WHEN 'array' THEN detail -> 'erased' ELSE '[]' END
  ) AS pair WHERE act = 'erase'"""
NOT_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'r'
  AND relname = ANY(%s)"""


class NotALog(RuntimeError):
    """What should be a table of the log is something else, so it cannot be checked."""


class DatabaseLog:
    """The log in a database, through connections that see one and the same moment."""

    def __init__(
        self, connect: Iterator[psycopg.Connection[Any]], sources: Sequence[Source]
    ) -> None:
        self._connect = connect
        self._one = next(connect)
        self._sources = {each.name: each for each in sources}
        self._names = (f"streamed_{number}" for number in count())
        self._check_tables()

    def rows(self) -> Iterator[Row]:
        copied = [_copied(next(self._connect), each) for each in self._sources.values()]
        return merge(*copied, self._others())

    def _others(self) -> Iterator[Row]:
        for index, source, ref, leaf in self._streamed(OTHERS, [list(self._sources)]):
            yield Row(index, source or "", ref or "", bytes(leaf or b""), b"", "")

    def tiles(self, level: int) -> Iterator[StoredTile]:
        for position, hashes, root in self._streamed(TILES, [level]):
            yield StoredTile(position, bytes(hashes or b""), bytes(root or b""))

    def _streamed(self, query: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Rows as they are wanted, through a cursor that the server keeps."""
        with self._one.cursor(name=next(self._names)) as cursor:
            yield from cursor.execute(query, values)

    def checkpoints(self) -> list[StoredCheckpoint]:
        rows = self._one.execute(CHECKPOINTS).fetchall()
        return [StoredCheckpoint(*row) for row in rows]

    def waiting(self) -> Mapping[tuple[str, str], bytes]:
        rows = self._one.execute(WAITING).fetchall()
        return {(source, ref): bytes(leaf) for source, ref, leaf in rows}

    def erased(self) -> Set[tuple[str, str]]:
        return {(source, ref) for source, ref in self._one.execute(ERASED).fetchall()}

    def title(self, source: str) -> str:
        found = self._sources.get(source)
        return found.title if found else source

    def _check_tables(self) -> None:
        tables = ["audit_inbox", "audit_leaf", "audit_tile", "audit_checkpoint"]
        tables += [table for each in self._sources.values() for table in each.tables]
        if other := self._one.execute(NOT_TABLES, [tables]).fetchone():
            raise NotALog(f"{other[0]} is not a table: something else was put in its place.")


@contextmanager
def open_log(credentials: Credentials, sources: Sequence[Source]) -> Iterator[DatabaseLog]:
    """The log as `backup` sees it now, and as it stays until this is closed."""
    with ExitStack() as stack:
        yield DatabaseLog(_connections(credentials, stack), sources)


def _connections(credentials: Credentials, stack: ExitStack) -> Iterator[psycopg.Connection[Any]]:
    snapshot = None
    while True:
        connection = stack.enter_context(
            psycopg.connect(
                host=credentials.host,
                port=credentials.port,
                dbname=credentials.database,
                user=role_name("backup"),
                password=credentials.passwords["backup"],
                client_encoding="utf8",
                autocommit=True,
            )
        )
        connection.execute(SETTINGS)
        connection.execute("SET work_mem = '64MB'")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if snapshot:
            connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        else:
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        yield connection


def _copied(connection: psycopg.Connection[Any], source: Source) -> Iterator[Row]:
    name, own, fromhex = source.name, source.own, bytes.fromhex
    query = ROWS.format(source=name, rows=source.rows)
    with connection.cursor().copy(query) as copy:
        for line in copy:
            index, ref, leaf, _, words = bytes(line)[:-1].split(b"\t", 4)
            yield Row(
                UNPLACED if index == b"\\N" else int(index),
                name,
                ref.decode(),
                fromhex(leaf.decode()),
                *own(words),
            )
