"""Whom a record that arrives may join; and each condition of that, weakened, is noticed."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.identity.models import Child, Judgement, Link, Severance, SubjectRecord
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.linking import MAYA, judge, sent
from tests.factories.roles import acting_as
from tests.factories.weakening import Function, weakened
from tests.factories.world import NOW, TESTER, World, make_world
from tests.integration.test_reviewing_matters import named

pytestmark = pytest.mark.access

COUNCIL, POLICE = AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE
UPN, OTHER_UPN, TEMPORARY = "H801200001001", "G801200001008", "H80120000100B"
NUMBERS = iter(
    [f"900000{middle:03}{check}" for middle, check in
     ((0, 9), (1, 7), (2, 5), (3, 3), (4, 1), (6, 8), (7, 6), (8, 4), (9, 2), (10, 6), (11, 4),
      (12, 2), (13, 0), (15, 7), (16, 5), (17, 3))]
)  # fmt: skip


@dataclass
class Met:
    """For each case the record that arrives, and the child that it ought to join, if any."""

    world: World
    arrives: dict[str, int] = field(default_factory=dict)
    joins: dict[str, Any] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """What the records say that are there, each with the child that it is of, and the arriving."""

    there: Mapping[str, tuple[str | None, dict[str, Any]]]
    comes: Mapping[str, Any] = field(default_factory=dict)
    joins: str | None = None


SAME: dict[str, Any] = {}
CASES = {
    "one": Case({"a": ("x", SAME)}, joins="x"),
    "one of two records": Case({"a": ("x", SAME), "b": ("x", {"date_of_birth": None})}, joins="x"),
    "two children": Case({"a": ("x", SAME), "b": ("y", SAME)}),
    "another birth besides": Case(
        {"a": ("x", SAME), "b": ("x", {"date_of_birth": NOW.date()})}
    ),
    "no birth": Case({"a": ("x", {"date_of_birth": None})}),
    "a twin": Case({"a": ("x", {"forename": "Odette"})}),
    "a short form": Case({"a": ("x", {"forename": "Mayabel"})}, joins="x"),
    "its own is forgotten": Case({"a": ("x", SAME)}),
    "a forgotten one": Case({"a": ("x", SAME)}),
    "one of a severed identity besides": Case({"a": ("x", SAME), "b": ("y", SAME)}, joins="x"),
    "a child with a severed record": Case({"a": ("x", SAME), "b": ("x", {"nhs_number": None})}),
    "a temporary number": Case(
        {"a": ("x", {"nhs_number": None, "upn": TEMPORARY})}, {"upn": TEMPORARY}
    ),
    "another NHS number": Case(
        {"a": ("x", {"upn": UPN, "nhs_number": "9000000181"})}, {"upn": UPN}
    ),
    "another UPN": Case({"a": ("x", {"upn": OTHER_UPN})}, {"upn": "U801400001001"}),
    "judged to be another": Case({"a": ("x", SAME)}),
    "once judged to be another": Case({"a": ("x", SAME)}, joins="x"),
}  # fmt: skip


@pytest.fixture(scope="module")
def met(lasting_database: None) -> Met:
    found = Met(make_world())
    with acting_as("batch"):
        _arrange(by=TESTER, met=found)
    return found


@action
def _arrange(*, by: Actor, met: Met) -> None:
    for name, case in CASES.items():
        said = MAYA | {"nhs_number": next(NUMBERS)}
        children = {
            label: Child.objects.create(recorded=NOW)
            for label in {child for child, _ in case.there.values() if child}
        }
        for label, (child, own) in case.there.items():
            kind = {"a": COUNCIL, "b": AgencyKind.HEALTH}[label]
            subject = sent(met.world, f"{name} {label}", kind, **said | own)
            met.known[f"{name} {label}"] = subject
            if child:
                _link(by=by, subject=subject, child=children[child])
        met.arrives[name] = sent(met.world, name, POLICE, **said | dict(case.comes))
        met.joins[name] = children[case.joins].pk if case.joins else None
    cut = Severance.objects.create(
        recorded=NOW, severed_by_id=1, agency_id=1, reason="a test", links=[]
    )
    records = SubjectRecord.objects
    for label in ("one of a severed identity besides b", "a child with a severed record b"):
        records.filter(pk=met.known[label]).update(severance=cut)
    records.filter(pk=met.arrives["its own is forgotten"]).update(forgotten=NOW)
    records.filter(pk=met.known["a forgotten one a"]).update(forgotten=NOW)
    for name in ("judged to be another", "once judged to be another"):
        judge(by=by, one=met.known[f"{name} a"], other=met.arrives[name], verdict="not_same")
    once = met.arrives["once judged to be another"]
    Judgement.objects.filter(other=once).update(lifted=NOW)


@action
def _link(*, by: Actor, subject: int, child: Child) -> None:
    record = SubjectRecord.objects.get(pk=subject)
    Link.objects.create(
        subject_record=record, child=child, agency_id=record.agency_id, area_id=record.area_id,
        tier=record.tier, model_version="test", decided_by="model", recorded_from=NOW,
    )  # fmt: skip


@contextmanager
def taken_back() -> Iterator[Any]:
    """A cursor of the role that matches; what it does is as if it had not been."""
    with acting_as("batch"), transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def joined(met: Met) -> Iterator[str]:
    """Whom a record joins by number alone."""
    for name, subject in met.arrives.items():
        with taken_back() as cursor:
            cursor.execute("SELECT identity_join_arrived(%s)", [subject])
            cursor.execute(
                "SELECT child_id FROM identity_link"
                " WHERE subject_record_id = %s AND recorded_until IS NULL",
                [subject],
            )
            found = [child for (child,) in cursor.fetchall()]
        if found != ([met.joins[name]] if met.joins[name] else []):
            yield name


def met_with(met: Met) -> Iterator[str]:
    """Whom a record is weighed with: neither forgotten ones nor those of a severed identity."""
    with taken_back() as cursor:
        for name in ("one", "a forgotten one", "one of a severed identity besides"):
            cursor.execute("SELECT id FROM identity_candidates(%s)", [met.arrives[name]])
            found = {subject for (subject,) in cursor.fetchall()}
            if met.arrives[name] in found:
                yield f"{name}: itself"
            for label in ("a", "b"):
                subject = met.known.get(f"{name} {label}")
                out = {"a forgotten one": "a", "one of a severed identity besides": "b"}
                if subject and (subject in found) == (out.get(name) == label):
                    yield f"{name}: {label}"


def gathered(met: Met) -> Iterator[str]:
    """What is known near a record: what people judged and did not lift, and who is free."""
    with taken_back() as cursor:

        def near(subject: int) -> dict[str, Any]:
            cursor.execute("SELECT identity_gather(%s)::text", [subject])
            return dict(json.loads(cursor.fetchone()[0]))

        if len(near(met.arrives["judged to be another"])["judged"]) != 1:
            yield "a judgement is not heard"
        if near(met.arrives["once judged to be another"])["judged"]:
            yield "a judgement that was lifted is heard"
        if near(met.arrives["its own is forgotten"]):
            yield "a forgotten record is matched"
        if near(met.known["one a"])["held"][1] is not True:
            yield "a record that is alone is not free"
        if near(met.known["one of two records a"])["held"][1] is not False:
            yield "a record that is not alone is free"
        cursor.execute("SELECT 1 FROM identity_unmatched WHERE subject_record_id = %s",
                       [met.known["one a"]])  # fmt: skip
        if cursor.fetchall():
            yield "a record waits that was matched"
    with taken_back() as cursor:
        one, subject = met.known["judged to be another a"], met.arrives["judged to be another"]
        cursor.execute("UPDATE identity_judgement SET verdict = 'unsure', recorded = %s"
                       " WHERE one_id = %s AND other_id = %s",
                       [timezone.now() + timedelta(days=1), one, subject])  # fmt: skip
        cursor.execute("SELECT jsonb_array_length(identity_gather(%s) -> 'judged')", [subject])
        if cursor.fetchone() != (1,):
            yield "who was unsure is not heard"
        cursor.execute("UPDATE identity_judgement SET recorded = '2020-01-01'"
                       " WHERE one_id = %s AND other_id = %s", [one, subject])  # fmt: skip
        cursor.execute("SELECT jsonb_array_length(identity_gather(%s) -> 'judged')", [subject])
        if cursor.fetchone() != (0,):
            yield "who was unsure is heard of what changed since"


def members(met: Met) -> Iterator[str]:
    """The records of a child: neither forgotten ones nor the record itself."""
    with taken_back() as cursor:
        for child_of, own, wanted in (
            ("one of two records", 0, ["a", "b"]),
            ("one of two records", met.known["one of two records a"], ["b"]),
            ("a forgotten one", 0, []),
        ):
            cursor.execute(
                "SELECT id FROM identity_members(ARRAY[%s], %s)",
                [met.known[f"{child_of} a"], own],
            )
            found = [subject for (subject,) in cursor.fetchall()]
            if found != [met.known[f"{child_of} {label}"] for label in wanted]:
                yield f"{child_of}: {found}"


SEVERED = "s.severance_id IS NOT DISTINCT FROM own.severance_id"
Check = Callable[[Met], Iterator[str]]
WEAKENED: tuple[tuple[Function, Check], ...] = (
    (Function("identity_join", "s.id = subject AND s.forgotten IS NULL", "s.id = subject"), joined),
    (Function("identity_join", "s.id <> own.id AND s.forgotten IS NULL", "s.id <> own.id"), joined),
    (Function("identity_join", SEVERED, "true"), joined),
    (Function("identity_join", "s.upn = own.upn AND own.upn ~ '[0-9]$'", "s.upn = own.upn"),
     joined),
    (Function("identity_join", "count(DISTINCT l.child_id) = 1", "true"), joined),
    (Function("identity_join", "bool_and(s.date_of_birth IS NULL OR", "bool_and(true OR"), joined),
    (Function("identity_join", "bool_or(s.date_of_birth = own.date_of_birth AND", "bool_or(true"
              " AND"), joined),
    (Function("identity_join", "s.forename_sound = own.forename_sound", "true"), joined),
    (Function("identity_join", "starts_with(s.forename, own.forename)", "false"), joined),
    (Function("identity_join", "s.nhs_number <> own.nhs_number", "false"), joined),
    (Function("identity_join", "s.upn <> own.upn", "false"), joined),
    (Function("identity_join", "s.severance_id IS DISTINCT FROM own.severance_id", "false"),
     joined),
    (Function("identity_join", "j.verdict = 'not_same'", "false"), joined),
    (Function("identity_join", "j.lifted IS NULL AND", ""), joined),
    (Function("identity_candidates", "s.id <> own.id AND", ""), met_with),
    (Function("identity_candidates", "AND s.forgotten IS NULL\n    AND s.severance_id",
              "AND s.severance_id"), met_with),
    (Function("identity_candidates", SEVERED, "true"), met_with),
    (Function("identity_gather", "AND j.lifted IS NULL", ""), gathered),
    (Function("identity_gather", "j.verdict <> 'unsure' OR", "true OR"), gathered),
    (Function("identity_gather", "j.verdict <> 'unsure' OR NOT", "j.verdict <> 'unsure' OR"),
     gathered),
    (Function("identity_gather", "own.id IN (j.one_id, j.other_id)", "false"), gathered),
    (Function("identity_gather", "IF own.id IS NULL THEN RETURN '{}'; END IF;", ""), gathered),
    (Function("identity_gather", "AND s.forgotten IS NULL", ""), gathered),
    (Function("identity_gather", "AND o.id <> l.id", ""), gathered),
    (Function("identity_gather", "AND NOT EXISTS", "AND NULL IS NOT NULL AND NOT EXISTS"),
     gathered),
    (Function("identity_gather", "DELETE FROM identity_unmatched WHERE subject_record_id = own.id;",
              ""), gathered),
    (Function("identity_members", "AND s.forgotten IS NULL", ""), members),
    (Function("identity_members", "AND s.id <> own", ""), members),
    (Function("identity_members", "l.child_id = theirs.child_id", "true"), members),
    (Function("identity_members", "h.subject_record_id = ANY(subjects) AND", ""), members),
)  # fmt: skip
CHECKS = (joined, met_with, gathered, members)


@pytest.mark.parametrize("check", CHECKS, ids=named)
def test_the_database_does_as_it_should(met: Met, check: Check) -> None:
    assert list(check(met)) == []


@pytest.mark.parametrize(("change", "check"), WEAKENED, ids=named)
def test_each_weakening_is_noticed(
    met: Met, server: ServerAddress, change: Function, check: Check
) -> None:
    with weakened(server, change):
        assert next(check(met), "")
