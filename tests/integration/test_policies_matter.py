"""The test of access can fail: with any one conjunct of a policy weakened, it does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.sights import disagreements, rows_without
from tests.integration.test_lockout import (
    closed,
    deactivated_but_not_ended,
    expired,
    left_unused,
    suspended_and_restored,
)

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

    def swap(self, database: psycopg.Connection) -> tuple[sql.Composable, sql.Composable]:
        row = database.execute(
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [self.name]
        ).fetchone()
        assert row is not None, f"there is no function {self.name}"
        assert self.words in row[0], f"{self.name} says {row[0]}"
        return sql.SQL(row[0].replace(self.words, self.instead)), sql.SQL(row[0])

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


ORDINARY = "((tier)::text = 'ordinary'::text)"
WEAKENED = (
    Policy("chronology_event", "own", "agency_id = ( SELECT access_agency() AS access_agency)",
           "agency_id > 0 AND access_agency() IS NOT NULL"),
    Policy("chronology_event", "granted", ORDINARY, "true"),
    Policy("chronology_eventcontent", "granted", ORDINARY, "true"),
    Policy("chronology_event", "area", ORDINARY, "true"),
    Policy("identity_link", "area", ORDINARY, "true"),
    Policy("identity_subjectrecord", "granted", "(id = ANY", "(id <> ALL"),
    Policy("detection_alert", "area", "area_id =", "area_id <>"),
    Policy("casework_obligation", "granted", "child_id = ANY", "child_id <> ALL"),
    Policy("access_subjectscope", "existence", "(until IS NULL)", "true"),
    Policy("access_subjectscope", "content", "access_social_work_agency()", "access_agency()"),
    Policy("intake_quarantinedrow", "own", "agency_id =", "agency_id >="),
    Function("access_subjects", "s.level = 'content'", "true"),
    Function("access_subjects", "v.role = 'social_worker'", "true"),
    Function("access_subjects", "s.until IS NULL", "true"),
    Function("access_children", "v.role = 'social_worker'", "true"),
    Function("access_children", "s.until IS NULL", "true"),
    Function("access_area", "role = 'inspector'", "true"),
    Function("access_viewer", "coalesce(p.area_id, a.area_id)", "a.area_id"),
    Function("access_agency", "'data_officer'", "'data_officer', 'partnership_lead'"),
    Function("access_involved_agency", "'social_worker'", "'social_worker', 'data_officer'"),
    Table("ALTER TABLE chronology_event DISABLE ROW LEVEL SECURITY",
          "ALTER TABLE chronology_event ENABLE ROW LEVEL SECURITY"),
    Table("ALTER VIEW chronology_inforce SET (security_invoker = false)",
          "ALTER VIEW chronology_inforce SET (security_invoker = true)"),
)  # fmt: skip

LETS_IN = (
    (Function("access_viewer", "s.closed IS NULL", "true"), closed),
    (Function("access_viewer", "s.expires > now()", "true"), expired),
    (Function("access_viewer", "s.seen + s.idle > now()", "true"), left_unused),
    (Function("access_viewer", "p.is_active", "true"), deactivated_but_not_ended),
)
NOTHING_ENDS = Table(
    "ALTER TABLE agencies_person DISABLE TRIGGER access_end_sessions",
    "ALTER TABLE agencies_person ENABLE TRIGGER access_end_sessions",
)


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


@pytest.mark.parametrize("change", WEAKENED, ids=str)
def test_the_comparison_sees_each_weakening(
    database: None, server: ServerAddress, change: Policy | Function | Table
) -> None:
    world = build(FIXED)
    with weakened(server, change):
        assert disagreements(world) != []


def test_and_nothing_when_nothing_is_weakened(database: None) -> None:
    assert disagreements(build(FIXED)) == []


@pytest.mark.parametrize(("change", "way"), LETS_IN, ids=str)
def test_the_lockout_sees_each_weakening(
    database: None, server: ServerAddress, change: Function, way: Callable[[Person], str]
) -> None:
    person = build(FIXED).people[0]
    token = way(person)
    with weakened(server, change):
        assert sum(rows_without(token).values()) > 0


def test_the_lockout_sees_that_sessions_do_not_end(database: None, server: ServerAddress) -> None:
    person = build(FIXED).people[0]
    with weakened(server, NOTHING_ENDS):
        token = suspended_and_restored(person)
        assert sum(rows_without(token).values()) > 0
