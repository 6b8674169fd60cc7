"""What a lead and an analyst may ask of the database; and each part of it, weakened, is noticed."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from keepsight.access.actions import keep_apart, protect_address, seal_child
from keepsight.access.models import Exclusion, Protection, Seal
from keepsight.agencies.models import Agency, Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.identity.models import SubjectRecord
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.oversight.models import ReleasedChild, ReleasedCount
from keepsight.oversight.releases import write_releases
from tests.factories.roles import acting_as, looking
from tests.factories.weakening import Function, Policy, Table, weakened
from tests.factories.world import TESTER, make_child, make_person, make_world
from tests.integration.test_analysis import COMMON, alerts

ADA = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))


@dataclass
class Governed:
    """Two police leads, one of whom is kept from a niece, a school's lead, and children."""

    police: Agency
    lead: Person
    other_lead: Person
    officer: Person
    school_lead: Person
    teacher: Person
    analyst: Person
    other_analyst: Person
    children: dict[str, uuid.UUID] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(lasting_database: None) -> Governed:
    north, south = make_world(), make_world("southmere")
    police, school = (north.agencies[kind] for kind in (AgencyKind.POLICE, AgencyKind.SCHOOL))
    partnership = AgencyKind.PARTNERSHIP
    with acting_as("batch"):
        made = Governed(
            police=police,
            lead=make_person(police, Role.GOVERNANCE_LEAD),
            other_lead=_second(by=TESTER, agency=police),
            officer=north.people[AgencyKind.POLICE],
            school_lead=make_person(school, Role.GOVERNANCE_LEAD),
            teacher=north.people[AgencyKind.SCHOOL],
            analyst=make_person(north.agencies[partnership], Role.ANALYST),
            other_analyst=make_person(south.agencies[partnership], Role.ANALYST),
        )
    made.children = {
        "known": make_child((police, ADA), (school, ADA)),
        "niece": make_child((police, ADA)),
        "sealed": make_child((police, ADA)),
        "taken": make_child((police, ADA)),
        "elsewhere": make_child((school, ADA)),
    }
    with acting_as("batch"):
        _settle(by=TESTER, made=made)
    return made


@action
def _second(*, by: Actor, agency: Agency) -> Person:
    person = Person(
        email="second.lead@keepsight.example",
        name="Second Lead",
        agency=agency,
        role=Role.GOVERNANCE_LEAD.value,
    )
    person.set_unusable_password()
    person.save()
    return person


@action
def _settle(*, by: Actor, made: Governed) -> None:
    children, police, school = made.children, made.police.pk, made.teacher.agency_id
    for person, child in (
        (made.lead, "niece"),
        (made.officer, "niece"),
        (made.teacher, "known"),
        (made.officer, "known"),
    ):
        keep_apart(
            by=by, person_id=person.pk, child_id=children[child], ground="family", because="x"
        )
    for child, agency in (("niece", police), ("known", school), ("known", police)):
        protect_address(by=by, child_id=children[child], agency_id=agency, because="x")
    for child, people in (("sealed", [made.officer.pk]), ("niece", [made.officer.pk])):
        seal_child(by=by, child_id=children[child], agency_id=police, people=people, because="x")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_subjectplace SET tier = 'sealed' WHERE child_id = %s",
            [children["taken"]],
        )
    alerts(
        by=by,
        area=made.police.area,
        children=[children["known"]],
        code=COMMON.code,
        met=date(2026, 1, 5),
    )
    write_releases(by=by, as_of=date(2026, 3, 1))


def faults(world: Governed) -> Iterator[str]:
    """Where the database gives or does what it must not, or refuses what it must do."""
    for check in (_named, _listed, _begun, _ended, _suspended, _released, _withheld):
        yield from check(world)


def _value(query: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def _named(world: Governed) -> Iterator[str]:
    """By reference and by number: only what the agency knows and the lead may know of."""
    with acting_as("batch"):
        keys = dict(SubjectRecord.objects.values_list("key", "agency_id"))
    by_number = "SELECT identity_governed_child(NULL, %s)"
    with looking(world.lead):
        for name, child in world.children.items():
            expected = child if name == "known" else None
            if _value("SELECT identity_governed_child(%s, '')", child) != expected:
                yield f"{name} by reference"
            for key, agency in keys.items():
                own = agency == world.police.pk
                if key.startswith(str(child)) and _value(by_number, key) != (
                    expected if own else None
                ):
                    yield f"{name} by number {key[-1]}"
        if _value(by_number, "no such number") is not None:
            yield "a child by no number"


def _listed(world: Governed) -> Iterator[str]:
    known, niece, sealed = (world.children[n] for n in ("known", "niece", "sealed"))
    expected = {
        world.lead: ([known], [sealed], [known]),
        world.other_lead: (sorted([known, niece, niece]), sorted([sealed, niece]),
                           sorted([known, niece])),
        world.school_lead: ([known], [], [known]),
        world.officer: ([], [], []),
    }  # fmt: skip
    for person, lists in expected.items():
        with looking(person):
            for model, wanted in zip((Exclusion, Seal, Protection), lists, strict=True):
                if sorted(model.objects.values_list("child_id", flat=True)) != sorted(wanted):
                    yield f"{model.__name__} for {person.email}"


def _begun(world: Governed) -> Iterator[str]:
    own, police = world.officer.pk, world.police.pk
    for name, agency, person, child, allowed in (
        ("own", police, own, "known", True),
        ("a stranger", police, world.teacher.pk, "known", False),
        ("another agency", world.teacher.agency_id, world.teacher.pk, "known", False),
        ("no record", police, own, "elsewhere", False),
        ("a niece", police, own, "niece", False),
    ):
        with looking(world.lead) as viewer:
            done = _tried(by=viewer.actor, agency=agency, person=person,
                          child=world.children[child])  # fmt: skip
        if done != allowed:
            yield f"begun for {name}"


def _tried(*, by: Actor, agency: int, person: int, child: uuid.UUID) -> bool:
    """Whether the database takes the row, which is then taken back."""
    try:
        with transaction.atomic():
            _exclusion(by=by, agency=agency, person=person, child=child)
            transaction.set_rollback(True)
    except ProgrammingError:
        return False
    return True


@action
def _exclusion(*, by: Actor, agency: int, person: int, child: uuid.UUID) -> None:
    Exclusion.objects.create(
        person_id=person, agency_id=agency, child_id=child, ground="suspect", because="x",
        since="2026-01-01T00:00Z",
    )  # fmt: skip


def _ended(world: Governed) -> Iterator[str]:
    """An update that reads no column: only its own policy stands in the way."""
    for table in ("access_exclusion", "access_seal", "access_protection"):
        with looking(world.lead), connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"UPDATE {table} SET ended_because = 'x'")
            if cursor.rowcount != 1:
                yield f"{cursor.rowcount} ended of {table}"
            transaction.set_rollback(True)


def _suspended(world: Governed) -> Iterator[str]:
    for name, by, whom, allowed in (
        ("a colleague", world.lead, world.officer, True),
        ("oneself", world.lead, world.lead, False),
        ("a stranger", world.lead, world.teacher, False),
        ("by an officer", world.officer, world.other_lead, False),
    ):
        with looking(by), transaction.atomic():
            done = _value("SELECT access_suspend_person(%s, 'x')", whom.pk)
            back = done and _value("SELECT access_restore_person(%s)", whom.pk)
            transaction.set_rollback(True)
        if done != allowed or bool(back) != allowed:
            yield f"suspended {name}"


def _released(world: Governed) -> Iterator[str]:
    for person, allowed in (
        (world.analyst, True),
        (world.other_analyst, False),
        (world.lead, False),
    ):
        with looking(person):
            if ReleasedCount.objects.exists() != allowed or ReleasedChild.objects.exists():
                yield f"released to {person.email}"


def _withheld(world: Governed) -> Iterator[str]:
    """Protected and known; and nothing of a child that the viewer does not know."""
    asked = list(world.children.values())
    for person, expected in (
        (world.officer, []),
        (world.other_lead, []),
        (world.teacher, []),
    ):
        with looking(person):
            if _value("SELECT casework_withheld(%s)", asked) != expected:
                yield f"withheld for {person.email}"


OWN_PEOPLE = (
    "agency_id = (SELECT access_governed()) AND access_governs(child_id)"
    " AND access_employs(person_id)"
)


def inserting(without: str) -> Table:
    """The policy on what a lead begins, without one of its conjuncts."""
    alter = "ALTER POLICY access_exclusion_governed_insert ON access_exclusion WITH CHECK"
    assert without in OWN_PEOPLE
    return Table(f"{alter} ({OWN_PEOPLE.replace(without, 'true')})", f"{alter} ({OWN_PEOPLE})")


KEPT = ("access_exclusion", "access_seal", "access_protection")
WEAKENED = (
    Function("access_governs", "asked <> ALL(access_hidden_children()) AND", ""),
    Function("access_governs", "p.agency_id = access_governed()", "true"),
    Function("access_governs", "p.tier <> 'sealed'", "true"),
    Function("access_employs", "p.agency_id = access_governed()", "true"),
    Function("access_kept_from", "v.person_id = x.person_id", "false"),
    Function("identity_governed_child", "s.agency_id = access_governed() AND", ""),
    Function("identity_governed_child", "s.key = number", "true"),
    Function("identity_governed_child", "access_governs(found.child_id)", "true"),
    Function("access_suspend_person", "v.role IN ('governance_lead')", "true"),
    Function("access_suspend_person", "AND p.id <> (SELECT access_person())", ""),
    Function("access_suspend_person", "AND p.agency_id = (SELECT v.agency_id",
             "AND 0 < (SELECT v.agency_id"),
    Function("access_analysed", "role IN ('analyst')", "true"),
    Function("casework_withheld", "access_known(kept.child_id) OR", "true OR"),
    Policy("oversight_releasedcount", "analysed",
           "( SELECT access_analysed() AS access_analysed)", "area_id"),
    *(Policy(table, name, "child_id <> ALL", "child_id IS NOT NULL OR child_id <> ALL")
      for table in KEPT for name in ("not_mine", "not_mine_update")),
    *(Policy(table, "governed", "( SELECT access_governed() AS access_governed)", "agency_id")
      for table in KEPT),
    inserting("access_governs(child_id)"),
    inserting("access_employs(person_id)"),
)  # fmt: skip


def test_the_database_does_as_it_should(world: Governed) -> None:
    assert list(faults(world)) == []


@pytest.mark.parametrize("change", WEAKENED, ids=str)
def test_each_weakening_is_noticed(
    world: Governed, server: ServerAddress, change: Policy | Function | Table
) -> None:
    with weakened(server, change):
        assert next(faults(world), "")
