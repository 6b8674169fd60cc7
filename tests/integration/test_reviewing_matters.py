"""What a reviewer of links may ask of the database; and each part of it, weakened, is noticed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.engines.roles import role_name
from tests.factories.reviewed import EARLIER, Reviewed, make_reviewed
from tests.factories.roles import looking
from tests.factories.weakening import Function, Policy, Table, weakened

pytestmark = pytest.mark.access

Check = Callable[[Reviewed], Iterator[str]]

TABLES = (
    *("decision", "judgement", "linkquestion", "linkquestionrecord", "linkask", "severance"),
    *("linkedpair", "formerdetail", "namecount", "agencycare", "unmatched", "tracing"),
)
"""No page reads or writes any of these: only functions do, or the nightly role."""


@pytest.fixture(scope="module")
def world(lasting_database: None) -> Reviewed:
    return make_reviewed()


def rows(person: Person, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a person is given; whatever it did is taken back."""
    with looking(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchall()
        transaction.set_rollback(True)
    return found


OPEN = {"plain", "counted", "withheld", "protected", "moved", "waits", "both areas",
        "is in force", "is ordinary", "kept from", "was lifted", "withheld and nobody yet",
        "withheld by another", "plain again", "on top", "moved since", "apart", "joins", "parts",
        "stays"}  # fmt: skip
SEALED = {"sealed child", "sealed and ordinary"}
SHOWN = {
    "steward": OPEN,
    "second": OPEN | SEALED,
    "kept": OPEN - {"kept from"},
    "named": OPEN | SEALED,
    "clinic": {"confidential", "sealed child"},
    "police": {
        *(
            "withheld",
            "withheld and nobody yet",
            "withheld by another",
            "protected",
            "kept from",
            "moved",
            "waits",
            "was lifted",
            "is in force",
            "on top",
            "apart",
            "joins",
            "parts",
        )
    },
    "away": {"away", "both areas"},
    "worker": set(),
    "school officer": set(),
}
"""Whom which questions are shown; one that is closed is not listed, and opened by whoever might."""


LINES = "SELECT DISTINCT question FROM identity_questions(999, 0)"


def listed(world: Reviewed) -> Iterator[str]:
    by_id = {number: name for name, number in world.question.items()}
    for name, wanted in SHOWN.items():
        found = rows(world.people[name], LINES)
        given = {by_id[number] for (number,) in found}
        if given != wanted:
            yield f"{name} is shown {given ^ wanted}"


OPENED = ("identity_question", "identity_question_records")


def opened(world: Reviewed) -> Iterator[str]:
    for name, wanted in SHOWN.items():
        may = wanted | ({"closed"} if "protected" in wanted else set())
        for function in OPENED:
            asked = f"SELECT q FROM unnest(%s::bigint[]) q, LATERAL {function}(q) LIMIT 999"
            found = {q for (q,) in rows(world.people[name], asked, list(world.question.values()))}
            if found != {world.question[each] for each in may}:
                yield f"{name} opens others by {function}"


def told(world: Reviewed) -> Iterator[str]:
    """Postcodes, restrictions, other records of the child, brothers and sisters, asks."""
    records = "SELECT subject, postcode, of_child, former FROM identity_question_records(%s)"
    facts = "SELECT withholds, restricts FROM identity_question(%s)"
    for person, question, own, other, closely in (
        ("steward", "plain", "ZZ10 2AA", "ZZ10 2AA", (False, False)),
        ("steward", "protected", None, None, (True, True)),
        ("steward", "withheld", None, None, (True, True)),
        ("police", "protected", "ZZ10 1AN", None, (True, True)),
        ("clinic", "confidential", "ZZ10 1AD", "ZZ10 2AA", (False, True)),
        ("second", "sealed child", "ZZ10 1AG", "ZZ10 2AA", (False, True)),
        ("second", "sealed and ordinary", "ZZ10 1AH", "ZZ10 2AA", (False, True)),
        ("steward", "withheld and nobody yet", None, None, (True, True)),
        ("steward", "withheld by another", None, None, (True, True)),
    ):
        asked = world.question[question]
        found = {row[0]: row[1] for row in rows(world.people[person], records, asked)}
        expected = {world.subject[question]: own, world.subject["beside"]: other}
        if found != expected or rows(world.people[person], facts, asked) != [closely]:
            yield f"{person} about {question}: {found}"
        earlier = {
            row[0]: [value for _, value, _ in json.loads(row[3])]
            for row in rows(world.people[person], records, asked)
        }
        if earlier != {each: [EARLIER] if now else [] for each, now in expected.items()}:
            yield f"{person} about {question}, before: {earlier}"
    counts = {row[0]: row[2] for row in rows(world.people["steward"], records,
                                             world.question["counted"])}  # fmt: skip
    if counts != {world.subject["counted"]: 1, world.subject["beside"]: 1}:
        yield "records of a child that are not the reviewer’s to compare are counted"


def household(world: Reviewed) -> Iterator[str]:
    query = "SELECT forename FROM identity_household(%s)"
    for person, question, wanted in (
        ("steward", "plain", ["sister"]),
        ("away", "plain", []),
        ("steward", "withheld", []),
        ("steward", "confidential", []),
    ):
        found = rows(world.people[person], query, world.question[question])
        if [name for (name,) in found] != wanted:
            yield f"{person} is told of {found}"


def asks(world: Reviewed) -> Iterator[str]:
    """Of the asks, whoever reviews the question; of one’s own record, whoever answers there."""
    query = "SELECT subject FROM identity_asks(%s)"
    for person, count in (("steward", 2), ("away", 0), ("worker", 0)):
        if len(rows(world.people[person], query, world.question["plain"])) != count:
            yield f"asks for {person}"
    named = {number: name for name, number in world.ask.items()}
    for person, wanted in (
        ("school officer", {"plain"}),
        ("police officer", set()),
        ("council officer", set()),
        ("teacher", set()),
        ("worker", set()),
    ):
        found = {named[ask] for (ask,) in rows(world.people[person],
                                               "SELECT ask FROM identity_asked()")}  # fmt: skip
        if found != wanted:
            yield f"{person} is asked {found}"


def unread(world: Reviewed) -> Iterator[str]:
    for table in TABLES:
        try:
            rows(world.people["steward"], f"SELECT 1 FROM identity_{table}")
        except ProgrammingError:
            continue
        yield f"a page reads {table}"


def unwritten(world: Reviewed) -> Iterator[str]:
    query = "SELECT has_any_column_privilege(%s, %s) OR has_table_privilege(%s, 'DELETE')"
    for table in TABLES:
        for privilege in ("SELECT", "INSERT", "UPDATE"):
            name = f"identity_{table}"
            if rows(world.people["steward"], query, name, privilege, name) != [(False,)]:
                yield f"a page may {privilege} {table}"


def granted(table: str, privilege: str) -> Table:
    name, app = f"identity_{table}", role_name("app")
    policy = f"{name}_weakened"
    check = "WITH CHECK (true)" if privilege == "INSERT" else "USING (true)"
    return Table(
        f"GRANT {privilege} ON {name} TO {app};"
        f" CREATE POLICY {policy} ON {name} FOR {privilege} TO {app} {check}",
        f"REVOKE {privilege} ON {name} FROM {app}; DROP POLICY {policy} ON {name}",
    )


def named(each: object) -> str:
    """A test's name, the same in every run."""
    return str(getattr(each, "__name__", each))[:90]


MINE = "(SELECT access_listed_children())"
REVIEWABLE = "identity_reviewable"
WEAKENED: tuple[tuple[Function | Policy | Table, Check], ...] = (
    (Function("identity_reviewer", "v.role IN ('records_steward')", "true"), listed),
    (Function(REVIEWABLE, "s.forgotten IS NULL", "true"), listed),
    (Function(REVIEWABLE, "s.severance_id IS NULL", "true"), listed),
    (Function(REVIEWABLE, "access_shows_child(p.child_id)", "true"), listed),
    (Function(REVIEWABLE, "s.tier = 'ordinary'", "true"), listed),
    (Function(REVIEWABLE, "s.tier = 'confidential'", "true"), listed),
    (Function(REVIEWABLE, "s.agency_id = v.agency_id", "true"), listed),
    (Function(REVIEWABLE, f"p.child_id = ANY({MINE}::uuid[])", "true"), listed),
    (Function(REVIEWABLE, f"p.child_id = ANY({MINE}::uuid[])", "false"), listed),
    (Function("identity_reviewer", "v.agency_kind IN ('childrens_social_care')", "true"), listed),
    (Function("identity_may_review", "s.agency_id = v.agency_id", "true"), listed),
    (Function("identity_may_review", "s.agency_id = v.agency_id", "false"), listed),
    (Function("identity_may_review", "v.leads AND", ""), listed),
    (Function("identity_may_review", "v.area_id = s.area_id", "true"), listed),
    (Function("identity_may_review", "r.question_id = asked", "true"), listed),
    (Function("identity_may_review", "NOT identity_reviewable(r.subject_record_id)", "false"),
     listed),
    (Function("identity_questions", "AND identity_may_review(every.id)", ""), listed),
    (Function("identity_questions", "o.lifted IS NULL", "true"), listed),
    (Function("identity_question", "AND identity_may_review(q.id)", ""), opened),
    (Function("identity_question", "q.id = asked AND", ""), opened),
    (Function("identity_question_records", "AND identity_may_review(asked)", ""), opened),
    (Function("identity_question_records", "s.agency_id = v.agency_id OR", "true OR"), told),
    (Function("identity_question_records", "NOT identity_withholds(asked)", "true"), told),
    (Function("identity_question_records", "f.\"column\" <> 'postcode'", "true"), told),
    (Function("identity_question_records", "f.subject_record_id = s.id", "true"), told),
    (Function("identity_question_records", "identity_reviewable(o.subject_record_id)", "true"),
     told),
    (Function("identity_withholds", "s.address_withheld", "false"), told),
    (Function("identity_withholds", "w.child_id = p.child_id", "false"), told),
    (Function("identity_withholds", "h.child_id = p.child_id", "false"), told),
    (Function("identity_withholds", "r.question_id = asked", "true"), told),
    (Function("identity_restricted", "identity_withholds(asked)", "false"), told),
    (Function("identity_restricted", "s.tier <> 'ordinary'", "false"), told),
    (Function("identity_restricted", f"p.child_id = ANY({MINE}::uuid[])", "false"), told),
    (Function("identity_household", "AND identity_may_review(asked)", ""), household),
    (Function("identity_household", "AND NOT identity_withholds(asked)", ""), household),
    (Function("identity_household", "v.area_id = s.area_id", "true"), household),
    (Function("identity_household", "s.surname = here.surname AND", ""), household),
    (Function("identity_household", "AND s.postcode = here.postcode", ""), household),
    (Function("identity_household", "there.child_id = p.child_id", "false"), household),
    (Function("identity_household", "identity_reviewable(s.id)", "true"), household),
    (Function("identity_household", "h.child_id = p.child_id", "false"), household),
    (Function("identity_asks", "AND identity_may_review(asked_of)", ""), asks),
    (Function("identity_asks", "k.question_id = asked_of", "true"), asks),
    (Function("identity_asked", "k.agency_id = v.agency_id", "true"), asks),
    (Function("identity_asked", "k.answered IS NULL", "true"), asks),
    (Function("identity_asked", "q.closed IS NULL", "true"), asks),
    (Function("identity_asked", "s.forgotten IS NULL", "true"), asks),
    (Function("identity_asked", "v.role IN ('data_officer')", "true"), asks),
    (Function("identity_asked", "s.tier <> 'sealed'", "true"), asks),
    (Function("identity_asked", "access_shows_child(p.child_id)", "true"), asks),
    *((granted(table, "SELECT"), unread) for table in TABLES),
    *((granted(table, privilege), unwritten)
      for table in TABLES for privilege in ("INSERT", "UPDATE", "DELETE")),
)  # fmt: skip
CHECKS = (listed, opened, told, household, asks, unread, unwritten)


@pytest.mark.parametrize("check", CHECKS, ids=named)
def test_the_database_does_as_it_should(world: Reviewed, check: Check) -> None:
    assert list(check(world)) == []


@pytest.mark.parametrize(("change", "check"), WEAKENED, ids=named)
def test_each_weakening_is_noticed(
    world: Reviewed, server: ServerAddress, change: Function | Policy | Table, check: Check
) -> None:
    with weakened(server, change):
        assert next(check(world), "")
