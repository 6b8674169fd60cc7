"""What the database lets a page do with mappings and feeds, each condition weakened."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.intake.models import FeedMapping
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.mapping_office import Office, begin, lying, say
from tests.factories.roles import looking
from tests.factories.signing_in import in_database
from tests.factories.weakening import Policy, weakened
from tests.factories.world import make_person, make_world


@pytest.fixture
def office(database: None) -> Office:
    for path in lying():
        path.unlink()
    world = make_world()
    officer = make_person(world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE], Role.DATA_OFFICER)
    return Office(world, officer, signed_in(officer))


INSERT_MAPPING = (
    "INSERT INTO intake_feedmapping (agency_id, area_id, key, version, mapping, made, made_by)"
    " VALUES (%(agency)s, %(area)s, 'own-x', 1, '{}', now(), 'test')"
)

INSERT_FEED = (
    "INSERT INTO chronology_feed (key, title, agency_id, source, gateway, controller, purpose,"
    " necessity, necessity_of_all, assessment, cohort, vouches, unmatched_days, reduces_codes,"
    " state, switched_because, shortfalls) VALUES ('x', 'x', %(agency)s, %(source)s, '', '', '',"
    " '', '', '', '', false, 28, false, %(state)s, '', '[]')"
)


@dataclass
class Tries:
    """An officer and a worker of a council whose mapping is there, and a stranger's agency."""

    officer: Person
    worker: Person
    stranger: Person
    other: int
    other_area: int

    def faults(self) -> list[str]:
        """Where the database lets be what it must not, or refuses what it must let be."""
        own, area = self.officer.agency_id, self.officer.agency.area_id
        mine = {"agency": own, "area": area}
        feed = mine | {"source": "own-home-log", "state": "off"}
        tries = (
            ("an officer keeps a mapping", self.officer, INSERT_MAPPING, mine, True),
            ("a worker keeps a mapping", self.worker, INSERT_MAPPING, mine, False),
            ("a mapping of another agency", self.officer, INSERT_MAPPING,
             mine | {"agency": self.other}, False),
            ("a mapping in another area", self.officer, INSERT_MAPPING,
             mine | {"area": self.other_area}, False),
            ("an officer makes a feed", self.officer, INSERT_FEED, feed, True),
            ("a worker makes a feed", self.worker, INSERT_FEED, feed, False),
            ("a feed that holds", self.officer, INSERT_FEED, feed | {"state": "holding"}, False),
            ("a feed of another agency", self.officer, INSERT_FEED,
             feed | {"agency": self.other}, False),
            ("a feed with no mapping", self.officer, INSERT_FEED,
             feed | {"source": "daily_register"}, False),
        )  # fmt: skip
        found = [says for says, who, query, values, may in tries
                 if _written(who, query, values) != may]  # fmt: skip
        with looking(self.stranger):
            if FeedMapping.objects.exists():
                found.append("another agency’s mapping is seen")
        with looking(self.officer):
            if not FeedMapping.objects.exists():
                found.append("one’s own mapping is not seen")
        return found


def _written(person: Person, query: str, values: dict[str, object]) -> bool:
    with looking(person), transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(query, values)
                return True
        except ProgrammingError:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def tries(office: Office) -> Tries:
    begin(office)
    say(office, "save")
    school = office.world.agencies[AgencyKind.SCHOOL]
    return Tries(
        officer=office.officer,
        worker=office.world.people[AgencyKind.CHILDRENS_SOCIAL_CARE],
        stranger=make_person(school, Role.DATA_OFFICER),
        other=school.pk,
        other_area=make_world("southmere").area.pk,
    )


@dataclass(frozen=True)
class Check(Policy):
    """What must hold of a row that is written, weakened by replacing some of its words."""

    def swap(self, database: psycopg.Connection[Any]) -> tuple[sql.Composable, sql.Composable]:
        policy = f"{self.table}_{self.name}"
        [held] = database.execute(
            "SELECT with_check FROM pg_policies WHERE policyname = %s", [policy]
        ).fetchone() or [""]
        assert self.words in held, f"{policy} says {held}"
        template = sql.SQL("ALTER POLICY {} ON {} WITH CHECK ({})")
        names = sql.Identifier(policy), sql.Identifier(self.table)
        weak = held.replace(self.words, self.instead)
        return template.format(*names, sql.SQL(weak)), template.format(*names, sql.SQL(held))


MAPPINGS, FEEDS = "intake_feedmapping", "chronology_feed"
WEAKENED = (
    Policy(MAPPINGS, "own", "agency_id =", "agency_id = agency_id OR agency_id ="),
    Check(MAPPINGS, "make", "v.agency_id = intake_feedmapping.agency_id", "true"),
    Check(MAPPINGS, "make", "a.area_id = intake_feedmapping.area_id", "true"),
    Check(MAPPINGS, "make", "v.role = 'data_officer'::text", "true"),
    Check(FEEDS, "make", "(state)::text = 'off'::text", "true"),
    Check(FEEDS, "make", "v.role = 'data_officer'::text", "true"),
    Check(FEEDS, "make", "agency_id = (", "agency_id = agency_id OR agency_id = ("),
    Check(FEEDS, "make", "(m.key)::text = (chronology_feed.source)::text", "true"),
)


@pytest.mark.access
@pytest.mark.parametrize("change", WEAKENED, ids=str)
def test_each_part_of_a_policy_is_noticed_when_it_is_weakened(
    tries: Tries, server: ServerAddress, change: Policy
) -> None:
    with weakened(server, change):
        assert tries.faults()


@pytest.mark.access
def test_the_database_itself_holds_to_it(tries: Tries) -> None:
    assert tries.faults() == []


@pytest.mark.access
@pytest.mark.parametrize(
    "query",
    [
        "UPDATE intake_feedmapping SET version = 9",
        "DELETE FROM intake_feedmapping",
        "UPDATE chronology_feed SET state = 'on'",
        "DELETE FROM chronology_feed",
    ],
)
def test_no_page_changes_a_mapping_or_a_feed(tries: Tries, query: str) -> None:
    with (
        looking(tries.officer),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(query)


def test_a_version_is_not_changed_by_its_owner_either(tries: Tries, server: ServerAddress) -> None:
    with pytest.raises(Exception, match="append-only"):
        in_database(server, "UPDATE intake_feedmapping SET version = 9")
