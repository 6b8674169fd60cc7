"""What guards the database, weakened for a moment: a test of access that can fail then must."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from keepsight.engines.embedded import ServerAddress

DATABASE = "keepsight_test"


@dataclass(frozen=True)
class Policy:
    """A policy's condition, weakened by replacing some of its words."""

    table: str
    name: str
    words: str
    instead: str

    def swap(self, database: psycopg.Connection) -> tuple[sql.Composable, sql.Composable]:
        policy = f"{self.table}_{self.name}"
        row = database.execute(
            "SELECT qual FROM pg_policies WHERE policyname = %s", [policy]
        ).fetchone()
        assert row is not None, f"there is no policy {policy}"
        assert self.words in row[0], f"{policy} says {row[0]}"
        template = sql.SQL("ALTER POLICY {} ON {} USING ({})")
        names = sql.Identifier(policy), sql.Identifier(self.table)
        weak = row[0].replace(self.words, self.instead)
        return template.format(*names, sql.SQL(weak)), template.format(*names, sql.SQL(row[0]))

    def __str__(self) -> str:
        return f"{self.table}_{self.name} without {self.words}"


@dataclass(frozen=True)
class Function:
    """A function that policies call, weakened in the same way."""

    name: str
    words: str
    instead: str
    last: bool = False

    def swap(self, database: psycopg.Connection) -> tuple[sql.Composable, sql.Composable]:
        row = database.execute(
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [self.name]
        ).fetchone()
        assert row is not None, f"there is no function {self.name}"
        assert self.words in row[0], f"{self.name} says {row[0]}"
        before, _, after = (
            row[0].rpartition(self.words) if self.last else row[0].partition(self.words)
        )
        return sql.SQL(before + self.instead + after), sql.SQL(row[0])

    def __str__(self) -> str:
        return f"{self.name} without {self.words}"


@dataclass(frozen=True)
class Table:
    """Row-level security switched off, or a view that reads as its owner."""

    weak: str
    strong: str

    def swap(self, database: psycopg.Connection) -> tuple[sql.Composable, sql.Composable]:
        return sql.SQL(self.weak), sql.SQL(self.strong)

    def __str__(self) -> str:
        return self.weak


@contextmanager
def weakened(server: ServerAddress, change: Policy | Function | Table) -> Iterator[None]:
    """Make the change as the preparing login, and take it back whatever happens."""
    with server.connect(DATABASE) as database:
        weak, strong = change.swap(database)
        try:
            database.execute(weak)
            yield
        finally:
            database.execute(strong)
