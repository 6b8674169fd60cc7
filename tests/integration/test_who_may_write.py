"""What the database itself lets each person write: ties, what keeps people apart, casework.

The rule of visibility is about seeing. A page that let somebody write a tie would let them see, so
each of these is tried as raw SQL on the pages' own login, past every view and action.
"""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from keepsight.agencies.models import Person
from keepsight.kernel.roles import Role
from tests.factories.building import build
from tests.factories.fixed_world import COUNCIL, HEALTH, POLICE, SCHOOL
from tests.factories.known_world import KnownWorld, PersonPlan, RecordPlan, SealPlan, WorldPlan
from tests.factories.roles import looking

pytestmark = pytest.mark.access

MANAGER, WORKER, PRACTITIONER, GOVERNANCE, INSPECTOR, KEPT = range(6)
LED, OTHER, SEALED = range(3)

WORLD = WorldPlan(
    children=3,
    records=(
        RecordPlan(LED, COUNCIL, case="open"),
        RecordPlan(LED, POLICE),
        RecordPlan(OTHER, HEALTH),
        RecordPlan(OTHER, POLICE),
        RecordPlan(SEALED, COUNCIL, case="open"),
        RecordPlan(SEALED, POLICE),
    ),
    people=(
        PersonPlan(COUNCIL, Role.TEAM_MANAGER, team=0),
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER, team=0),
        PersonPlan(POLICE, Role.PRACTITIONER),
        PersonPlan(POLICE, Role.GOVERNANCE_LEAD),
        PersonPlan(SCHOOL, Role.INSPECTOR),
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER, team=0),
    ),
    seals=(SealPlan(SEALED, (5,)),),
)

TIE = (
    "INSERT INTO access_tie (id, child_id, agency_id, person_id, relation, because, since)"
    " VALUES (gen_random_uuid(), %(child)s, %(agency)s, %(person)s, %(what)s, 'test', now())"
)
EXCLUSION = (
    "INSERT INTO access_exclusion (id, person_id, agency_id, child_id, ground, because, since,"
    " declared_by_id, ended_because) VALUES (gen_random_uuid(), %(person)s, %(agency)s, %(child)s,"
    " %(what)s, 'test', now(), %(looker)s, '')"
)
SEAL = (
    "INSERT INTO access_seal (id, child_id, agency_id, because, since, ended_because)"
    " VALUES (gen_random_uuid(), %(child)s, %(agency)s, 'test', now(), '')"
)
PROTECTION = (
    "INSERT INTO access_protection (id, child_id, agency_id, because, safe_way, never_use, since,"
    " ended_because) VALUES (gen_random_uuid(), %(child)s, %(agency)s, 'test', '', '', now(), '')"
)
ALERT = "UPDATE detection_alert SET state = 'decided' WHERE child_id = %(child)s"
END_TIES = "UPDATE access_tie SET until = now() WHERE child_id = %(child)s"
LINK = (
    "INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, reasons,"
    " model_version, decided_by, recorded_from) SELECT id, %(child)s, agency_id, area_id, tier,"
    " '[]', '', 'test', now() FROM identity_subjectrecord WHERE agency_id = %(agency)s"
    " AND id NOT IN (SELECT subject_record_id FROM identity_link) LIMIT 1"
)


@dataclass(frozen=True)
class Try:
    """Somebody tries to write something of a child, perhaps for another person."""

    says: str
    who: int
    query: str
    child: int
    what: str = ""
    person: int | None = None
    may: bool = False

    def __str__(self) -> str:
        return self.says


TRIES = (
    Try("a manager allocates a child that they lead for", MANAGER, TIE, LED, "allocated", WORKER,
        may=True),
    Try("a manager allocates a child that is another's", MANAGER, TIE, OTHER, "allocated", WORKER),
    Try("a manager allocates a sealed child", MANAGER, TIE, SEALED, "allocated", WORKER),
    Try("a manager breaks the glass for somebody", MANAGER, TIE, LED, "break_glass", WORKER),
    Try("a manager makes an inspection", MANAGER, TIE, LED, "inspection", INSPECTOR),
    Try("a manager invites to a conference", MANAGER, TIE, LED, "conference", PRACTITIONER,
        may=True),
    Try("a manager invites to another child's conference", MANAGER, TIE, OTHER, "conference",
        PRACTITIONER),
    Try("a manager allocates at another agency", MANAGER, TIE, LED, "allocated", PRACTITIONER),
    Try("a worker allocates a child to themselves", WORKER, TIE, LED, "allocated", WORKER),
    Try("a worker takes a child whom they do not lead for", WORKER, TIE, OTHER, "allocated",
        WORKER),
    Try("a practitioner ties themselves to a child", PRACTITIONER, TIE, LED, "conference",
        PRACTITIONER),
    Try("a practitioner breaks the glass past the function", PRACTITIONER, TIE, OTHER,
        "break_glass", PRACTITIONER),
    Try("an inspector adds a case to the sample", INSPECTOR, TIE, LED, "inspection", INSPECTOR),
    Try("somebody says that they know a child", WORKER, EXCLUSION, LED, "acquaintance", WORKER,
        may=True),
    Try("somebody keeps a colleague from a child", WORKER, EXCLUSION, LED, "family", MANAGER),
    Try("somebody accuses themselves to hide a ground", WORKER, EXCLUSION, LED, "suspect", WORKER),
    Try("a governance lead keeps one of their people apart", GOVERNANCE, EXCLUSION, LED, "suspect",
        PRACTITIONER, may=True),
    Try("a governance lead keeps another agency's people apart", GOVERNANCE, EXCLUSION, LED,
        "suspect", WORKER),
    Try("a governance lead seals a child whom the agency knows", GOVERNANCE, SEAL, LED, may=True),
    Try("a governance lead protects an address", GOVERNANCE, PROTECTION, LED, may=True),
    Try("a manager seals a child", MANAGER, SEAL, LED),
    Try("a worker protects an address past the governance lead", WORKER, PROTECTION, LED),
)  # fmt: skip


@pytest.fixture(scope="module")
def world(lasting_database: None) -> KnownWorld:
    return build(WORLD)


@contextmanager
def taken_back() -> "AbstractContextManager[None]":
    """Whatever is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written(world: KnownWorld, looker: Person, each: Try) -> bool:
    """Whether the database lets it be written."""
    person = world.people[each.person if each.person is not None else each.who]
    values = {
        "child": world.children[each.child],
        "agency": person.agency_id,
        "person": person.pk,
        "looker": looker.pk,
        "what": each.what,
    }
    with looking(looker), taken_back(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(each.query, values)
                return bool(cursor.rowcount)
        except ProgrammingError as stopped:
            if "row-level security" not in str(stopped):
                raise
            return False


@pytest.mark.parametrize("each", TRIES, ids=str)
def test_the_database_lets_it_be_written_or_does_not(world: KnownWorld, each: Try) -> None:
    assert written(world, world.people[each.who], each) == each.may


def test_a_governance_lead_seals_no_child_whom_the_agency_does_not_know(world: KnownWorld) -> None:
    lead = world.people[GOVERNANCE]
    for query in (SEAL, PROTECTION):
        assert refused(lead, query, {"child": uuid.uuid4(), "agency": lead.agency_id})


def refused(person: Person, query: str, values: dict[str, object]) -> bool:
    with looking(person), taken_back(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(query, values)
        except ProgrammingError:
            return True
        return cursor.rowcount == 0


@pytest.mark.parametrize(
    ("who", "query"),
    [
        (PRACTITIONER, ALERT),
        (INSPECTOR, ALERT),
        (PRACTITIONER, END_TIES),
        (WORKER, END_TIES),
        (INSPECTOR, END_TIES),
        (GOVERNANCE, ALERT),
        (GOVERNANCE, END_TIES),
    ],
)
def test_what_one_does_not_lead_for_one_does_not_change(
    world: KnownWorld, who: int, query: str
) -> None:
    assert refused(world.people[who], query, {"child": world.children[LED]})


TOUCHES: tuple[Callable[[], str], ...] = (
    lambda: "UPDATE access_subjectplace SET child_id = gen_random_uuid()",
    lambda: "UPDATE access_subjectplace SET withheld = false",
    lambda: "UPDATE access_tie SET person_id = 1",
    lambda: "UPDATE access_tie SET until = NULL, relation = 'inspection'",
    lambda: "UPDATE access_exclusion SET person_id = 1",
    lambda: "UPDATE access_seal SET child_id = gen_random_uuid()",
    lambda: "DELETE FROM access_exclusion",
    lambda: "DELETE FROM access_seal",
    lambda: "DELETE FROM access_tie",
    lambda: (
        "INSERT INTO access_term (agreement_id, giver_kind, receiver_kind, serves, category,"
        " sight, purpose) VALUES (1, 'police', 'school', 'lead', 1, 3, 'safeguarding')"
    ),
    lambda: "UPDATE access_party SET until = NULL",
    lambda: "UPDATE access_areasetting SET reach = 'council'",
    lambda: "SELECT child_id FROM access_breakglass",
    lambda: "UPDATE access_breakglass SET reason = ''",
    lambda: "SELECT access_compromised(1, gen_random_uuid())",
)


@pytest.mark.parametrize("query", [each() for each in TOUCHES])
@pytest.mark.parametrize("who", [MANAGER, GOVERNANCE])
def test_no_page_may_even_try(world: KnownWorld, who: int, query: str) -> None:
    with (
        looking(world.people[who]),
        taken_back(),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(query)
