"""A data officer makes a feed from another system’s file; and what the database lets be."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from openpyxl import Workbook
from psycopg import sql

from keepsight.agencies.models import Person
from keepsight.chronology.models import Delivery, Event, Feed
from keepsight.engines.embedded import ServerAddress
from keepsight.intake.mappings import keep_mapping, mapping_of
from keepsight.intake.models import FeedMapping
from keepsight.intake.spool import folder_of_spool
from keepsight.intake.working import take_in_waiting
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.signing_in import in_database
from tests.factories.tables import ADA, HEADING, home_log
from tests.factories.world import READER, TESTER, World, govern, make_person, make_world
from tests.integration.test_policies_matter import Policy, weakened

COLUMNS = HEADING.split(",")
SAID = {"title": "Home log", "kind": "missing_episode", "days": "dd/mm/yyyy"}
ROLES = (
    *("reference", "subject", "person.forename", "person.surname", "person.date_of_birth"),
    *("person.nhs_number", "person.postcode", "content.category", "occurred", "until"),
    *("content.missing_from", ""),
)
WORDS = {"word-category-0": "missing", "word-category-1": "away"}
FORM = SAID | WORDS | {f"column-{n}": role for n, role in enumerate(ROLES)}


@dataclass
class Office:
    world: World
    officer: Person
    browser: Client


def lying() -> list[Path]:
    """The files in the spool."""
    return [path for path in folder_of_spool().iterdir() if path.is_file()]


@pytest.fixture
def office(database: None) -> Office:
    for path in lying():
        path.unlink()
    world = make_world()
    officer = make_person(world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE], Role.DATA_OFFICER)
    return Office(world, officer, signed_in(officer))


def begin(office: Office, content: bytes = home_log(), name: str = "home-log.csv") -> str:
    file = io.BytesIO(content)
    file.name = name
    return office.browser.post("/feeds/new/", {"file": file}, follow=True).content.decode()


def say(office: Office, act: str, **changed: str) -> str:
    form = FORM | changed | {"act": act}
    return office.browser.post("/feeds/new/columns/", form, follow=True).content.decode()


def kept() -> list[FeedMapping]:
    with acting_as("batch"):
        return list(FeedMapping.objects.order_by("pk"))


def test_each_column_is_shown_with_examples_and_a_reason(office: Office) -> None:
    said = begin(office)
    assert "Say what each column is" in said
    assert all(name in said for name in COLUMNS)
    assert "3 of 3 values pass the check digit of the NHS number." in said
    assert "What the words of Type mean" in said
    assert '<option value="missing_episode" selected>' in said


def test_the_first_lines_are_shown_before_anything_is_kept(office: Office) -> None:
    begin(office, home_log(f"L1,{ADA},Missing,01/02/2026 21:00,,Kitchen,",
                           f"L2,{ADA},Away,31/02/2026 21:00,,Garden,"))  # fmt: skip
    said = say(office, "preview")
    assert "Missing from Kitchen" in said
    assert "Ada Example, born 4 May 2012" in said
    assert "Left At: This is not a day and time; write it as dd/mm/yyyy HH:MM." in said
    assert kept() == []


def test_what_is_missing_is_said_and_nothing_is_kept(office: Office) -> None:
    begin(office)
    assert "Say which column holds the agency’s own id of the person." in say(
        office, "save", **{"column-1": ""}
    )
    assert "Type: say what “Away” means." in say(office, "preview", **{"word-category-1": ""})
    assert "Give the feed a name." in say(office, "save", title="")
    assert kept() == []


def test_another_kind_offers_its_own_fields(office: Office) -> None:
    begin(office)
    said = say(office, "again", kind="school_concern", kind_before="missing_episode")
    assert "Event: summary" in said
    assert "Event: missing from" not in said
    assert '<option value="content.summary" selected>' in said


def test_a_feed_that_is_made_is_switched_off_and_then_reads_its_files(office: Office) -> None:
    begin(office)
    said = say(office, "save", rhythm_days="7")
    assert "The feed is made" in said
    assert "The feed is switched off." in said
    [mapping] = kept()
    assert (mapping.key, mapping.version, mapping.made_by) == (
        "own-home-log", 1, office.officer.name
    )  # fmt: skip
    assert lying() == [], "the sample is forgotten"
    with acting_as("batch"):
        feed = Feed.objects.select_related("agency__area").get(source=mapping.key)
        assert (feed.state, feed.rhythm_days, feed.agency_id) == (
            "off", 7, office.officer.agency_id
        )  # fmt: skip
    send = {"feed": feed.key, "file": io.BytesIO(home_log())}
    assert "is switched off" in office.browser.post("/deliveries/new/", send).content.decode()
    with acting_as("batch"):
        govern(feed)
    send = {"feed": feed.key, "file": io.BytesIO(home_log())}
    office.browser.post("/deliveries/new/", send)
    with acting_as("batch"):
        assert take_in_waiting(reader=READER) == 1
        [done] = Delivery.objects.all()
        assert (done.state, done.rows_new, done.refusal) == ("done", 5, "")
        assert Event.objects.filter(kind="missing_episode").count() == 3


def workbook() -> bytes:
    """The same log as somebody keeps it in Excel: days and times are such cells."""
    book = Workbook()
    book.active.append(COLUMNS)
    for line in home_log().decode().splitlines()[1:]:
        cells: list[Any] = [text or None for text in line.split(",")]
        cells[4] = datetime.strptime(cells[4], "%d/%m/%Y")  # noqa: DTZ007 - cells have no zone
        for place in (8, 9):
            if cells[place]:
                cells[place] = datetime.strptime(cells[place], "%d/%m/%Y %H:%M")  # noqa: DTZ007
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_mapped_and_read_like_a_table(office: Office) -> None:
    said = begin(office, workbook(), "home-log.xlsx")
    assert "3 of 3 values pass the check digit of the NHS number." in said
    assert "Missing from Kitchen" in say(office, "preview")
    say(office, "save")
    [mapping] = kept()
    with acting_as("batch"):
        feed = govern(Feed.objects.select_related("agency__area").get(source=mapping.key))
    file = io.BytesIO(workbook())
    file.name = "home-log.xlsx"
    office.browser.post("/deliveries/new/", {"feed": feed.key, "file": file})
    with acting_as("batch"):
        assert take_in_waiting(reader=READER) == 1
        [done] = Delivery.objects.all()
        assert (done.state, done.rows_new, done.refusal) == ("done", 5, "")


def test_a_file_with_other_columns_is_refused_in_words(office: Office) -> None:
    begin(office)
    say(office, "save")
    with acting_as("batch"):
        feed = govern(Feed.objects.select_related("agency__area").get(source="own-home-log"))
    other = home_log().replace(b"Went From", b"Room")
    office.browser.post("/deliveries/new/", {"feed": feed.key, "file": io.BytesIO(other)})
    with acting_as("batch"):
        take_in_waiting(reader=READER)
        [refused] = Delivery.objects.all()
    assert refused.refusal == (
        "The columns are not those of Home log. It lacks Went From. It has Room, which the "
        "mapping does not know."
    )


def test_a_second_feed_of_one_name_is_refused_in_words(office: Office) -> None:
    for _ in range(2):
        begin(office)
        said = say(office, "save")
    assert "There is a feed of this name already." in said
    assert len(kept()) == 1


def test_a_new_version_is_the_one_in_use_and_the_old_one_stays(office: Office) -> None:
    begin(office)
    say(office, "save")
    agency = office.world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    [first] = kept()
    with acting_as("batch"):
        changed = first.mapping | {"title": "Home log, corrected"}
        keep_mapping(by=TESTER, agency=agency, key=first.key, mapping=changed)
        feed = Feed.objects.get(source=first.key)
        found = mapping_of(feed)
    assert found is not None
    assert found["title"] == "Home log, corrected"
    assert [each.version for each in kept()] == [1, 2]
    assert kept()[0].mapping["title"] == "Home log"


def test_what_is_no_table_is_refused_in_words_and_not_kept(office: Office) -> None:
    assert "separated by semicolons" in begin(office, b"a;b\n1;2\n")
    assert lying() == []


def test_a_sample_that_is_gone_is_asked_for_again(office: Office) -> None:
    begin(office)
    for path in lying():
        path.unlink()
    assert "Send it again." in say(office, "preview")
    assert (
        "Send it again."
        in signed_in(office.officer).get("/feeds/new/columns/", follow=True).content.decode()
    )


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
