"""What a client may ask and write in the database; and each part of that, weakened, is noticed."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError, ProgrammingError
from psycopg import sql

from keepsight.access.actions.clients import DOOR, end_client, present_client_token
from keepsight.chronology.models import Event, Feed
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from tests.factories.roles import acting_as
from tests.factories.sending import DETAILS, System, make_client, sending_feed
from tests.factories.weakening import DATABASE, Function
from tests.factories.world import NOW, TESTER, make_child, make_event, make_feed, make_world

pytestmark = pytest.mark.access

EVENT = """
INSERT INTO chronology_event (id, subject_record_id, agency_id, area_id, tier, category, kind,
  occurred, day_only, received, recorded, delivery_id, row, source_key, revision, withdrawn, leaf)
VALUES (nextval('chronology_event_id_seq'), %(subject)s, %(agency)s, %(area)s, %(tier)s, 4,
  'public_protection_notice', now(), false, now(), now(), %(delivery)s, '',
  gen_random_uuid()::text, 1, false,
  %(hash)s)"""
CONTENT = """
INSERT INTO chronology_eventcontent (event_id, subject_record_id, agency_id, area_id, tier,
  category, content, remarks, salt, fingerprint)
VALUES (%(event)s, %(subject)s, %(agency)s, %(area)s, %(tier)s, 4, '{}', '[]', '', %(hash)s)"""
PLACE = """
INSERT INTO chronology_eventplace (event_id, subject_record_id, agency_id, area_id, tier,
  category, whereabouts)
VALUES (%(event)s, %(subject)s, %(agency)s, %(area)s, %(tier)s, 4, '{}')"""
MENTION = """
INSERT INTO chronology_mention (event_id, subject_record_id, agency_id, area_id, tier, category,
  kind, entity, said)
VALUES (%(event)s, %(subject)s, %(agency)s, %(area)s, %(tier)s, 4, 'phone', '1', '1')"""
DELIVERY = """
INSERT INTO chronology_delivery (feed_id, filename, sha256, size, state, received, recorded,
  spooled, attempts, rows_read, rows_new, rows_unchanged, rows_superseded, rows_quarantined,
  remarks, reasons, rows_left_out, refusal)
VALUES (%(feed)s, '', %(hash)s, 0, %(state)s, now(), now(), '', 0, 0, 0, 0, 0, 0, 0, '[]', 0, '')"""
DIRTY = """
INSERT INTO chronology_dirtychild (subject_record_id, noted, attempts, problem, drained)
VALUES (%(subject)s, now(), 0, '', %(drained)s)"""
RECEIPT = """
INSERT INTO intake_receipt (id, client_id, key, body, event_id, received, duplicate)
VALUES (gen_random_uuid(), %(client)s, 'another key', %(hash)s, 1, now(), false)"""


@dataclass
class Sending:
    """A police force and a hospital that send, and one record and event of each."""

    police: System
    hospital: System
    feeds: dict[str, Feed]
    subjects: dict[str, int]
    events: dict[str, int]
    deliveries: dict[str, int]
    tokens: dict[str, str]
    other_receipt: uuid.UUID


@pytest.fixture(scope="module")
def world(lasting_database: None) -> Sending:
    world = make_world()
    police, hospital = (world.agencies[kind] for kind in (AgencyKind.POLICE, AgencyKind.HEALTH))
    feeds = {
        "police": sending_feed(world, AgencyKind.POLICE),
        "hospital": sending_feed(world, AgencyKind.HEALTH),
        "off": make_feed(police, "other-reports", None),
        "existence": make_feed(police, "known-only", None, cohort=Cohort.EXISTENCE),
        "moved": make_feed(police, "moved-reports", None),
    }
    systems = {name: System(make_client(feed)).sign_in() for name, feed in feeds.items()}
    ended = System(make_client(feeds["police"])).sign_in()
    expired = System(make_client(feeds["police"])).sign_in()
    sent = systems["police"].send("missing-reports").json()
    receipt = systems["hospital"].send("emergency-attendances").json()
    child = make_child((hospital, DETAILS))
    missing = MissingEpisode(category="missing", missing_from="Ward")
    theirs = make_event(child, hospital, missing, occurred=NOW, key="missing|theirs")
    with acting_as("batch"):
        end_client(by=TESTER, client_id=ended.client.client_id, reason="a test")
        events = {"police": sent["event_id"], "hospital": receipt["event_id"], "theirs": theirs}
        rows = {name: Event.objects.get(pk=pk) for name, pk in events.items()}
    with connections["owner"].cursor() as owner:
        owner.execute(
            "UPDATE access_clientsession SET expires = now() WHERE client_id = %s",
            [expired.client.client_id],
        )
    with connections["batch"].cursor() as batch:
        batch.execute("UPDATE chronology_feed SET state = 'off' WHERE id = %s", [feeds["off"].pk])
        batch.execute(
            "UPDATE chronology_feed SET agency_id = %s WHERE id = %s",
            [hospital.pk, feeds["moved"].pk],
        )
        for name, agency in (("bare", hospital), ("own", police)):
            batch.execute(
                EVENT.replace("gen_random_uuid()::text", "%(key)s") + " RETURNING id",
                {
                    "subject": rows["police" if name == "own" else "hospital"].subject_record_id,
                    "agency": agency.pk,
                    "area": world.area.pk,
                    "tier": "ordinary",
                    "delivery": rows["police" if name == "own" else "hospital"].delivery_id,
                    "key": f"notice|{name}",
                    "hash": b"x" * 32,
                },
            )
            events[name] = batch.fetchone()[0]
    return Sending(
        police=systems["police"],
        hospital=systems["hospital"],
        feeds=feeds,
        subjects={name: row.subject_record_id for name, row in rows.items()},
        events=events,
        deliveries={name: row.delivery_id for name, row in rows.items()},
        tokens={name: each.token for name, each in systems.items()}
        | {"ended": ended.token, "expired": expired.token, "none": "nothing"},
        other_receipt=uuid.UUID(receipt["status_url"].rsplit("/", 1)[1]),
    )


def asked(world: Sending, token: str, query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        present_client_token(by=DOOR, token=world.tokens[token])
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        transaction.set_rollback(True)
    return rows


def written(world: Sending, token: str, query: str, values: dict[str, Any]) -> bool:
    """Whether the database lets it be written; it is taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        present_client_token(by=DOOR, token=world.tokens[token])
        try:
            with transaction.atomic():
                cursor.execute(query, values)
                done = cursor.rowcount > 0
        except ProgrammingError as stopped:
            if "row-level security" not in str(stopped):
                raise
            done = False
        except IntegrityError:
            done = True
        transaction.set_rollback(True)
    return done


def own(world: Sending, **instead: Any) -> dict[str, Any]:
    """What the police may write, with something instead."""
    feed = world.feeds["police"]
    usual = {
        "subject": world.subjects["police"],
        "agency": feed.agency_id,
        "area": feed.agency.area_id,
        "tier": "ordinary",
        "delivery": world.deliveries["police"],
        "event": world.events["own"],
        "feed": feed.pk,
        "state": "done",
        "drained": None,
        "client": world.police.client.client_id,
        "hash": hashlib.sha256(b"x").digest(),
    }
    return usual | instead


def faults(world: Sending) -> Iterator[str]:
    """Where the database gives or takes what it must not, or refuses what it must take."""
    for token in ("ended", "expired", "none"):
        if asked(world, token, "SELECT * FROM access_sender()", []):
            yield f"a token that is {token} sends"
    for token in ("off", "existence", "moved"):
        if asked(world, token, "SELECT chronology_sends()", []) != [(None,)]:
            yield f"a feed that is {token} takes reports"
        said = own(world, feed=world.feeds[token].pk, client=uuid.uuid4())
        if written(world, token, DIRTY, said):
            yield f"by a feed that is {token} something arrives"
    yield from wrong_writing(world)
    yield from wrong_asking(world)


def wrong_writing(world: Sending) -> Iterator[str]:
    theirs = world.feeds["hospital"]
    tries: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
        ("its own event", EVENT, {}, True),
        ("another agency’s event", EVENT, {"agency": theirs.agency_id}, False),
        ("an event of another’s record", EVENT, {"subject": world.subjects["hospital"]}, False),
        ("an event of another feed", EVENT, {"delivery": world.deliveries["hospital"]}, False),
        ("an event of no feed", EVENT, {"delivery": None}, False),
        ("a sealed event", EVENT, {"tier": "sealed"}, False),
        ("a delivery of its feed", DELIVERY, {}, True),
        ("a delivery of another feed", DELIVERY, {"feed": theirs.pk}, False),
        ("a delivery that is not done", DELIVERY, {"state": "accepted"}, False),
        ("that something arrived", DIRTY, {}, True),
        ("that of another’s record", DIRTY, {"subject": world.subjects["hospital"]}, False),
        ("that it is done with", DIRTY, {"drained": NOW}, False),
        ("its own receipt", RECEIPT, {}, True),
        ("another’s receipt", RECEIPT, {"client": world.hospital.client.client_id}, False),
    )
    for says, query, instead, may in tries:
        if written(world, "police", query, own(world, **instead)) != may:
            yield f"it may {'not ' if may else ''}write {says}"
    for table in (CONTENT, PLACE, MENTION):
        another = {"event": world.events["bare"]}
        for instead, may in (
            ({}, True),
            ({"subject": world.subjects["theirs"]}, False),
            (another, False),
            (another | {"subject": world.subjects["hospital"]}, False),
            ({"agency": theirs.agency_id}, False),
            ({"tier": "sealed"}, False),
        ):
            if written(world, "police", table, own(world, **instead)) != may:
                yield f"content, place or mention with {instead}: {not may}"


def wrong_asking(world: Sending) -> Iterator[str]:
    theirs, mine = world.feeds["hospital"].agency_id, world.feeds["police"].agency_id
    heads = "SELECT source_key FROM chronology_sent_heads(%s, %s)"
    if asked(world, "police", heads, [theirs, ["encounter|ED-7781"]]):
        yield "another agency’s facts are told"
    if not asked(world, "police", heads, [mine, ["missing|M/26/0101"]]):
        yield "its own facts are not told"
    episode = "SELECT person FROM chronology_sent_episode(%s)"
    if asked(world, "police", episode, ["missing|theirs"]):
        yield "another agency’s episode is told"
    if asked(world, "police", "SELECT 1 FROM intake_receipt WHERE id = %s", [world.other_receipt]):
        yield "another’s receipt is read"
    if changed(world, FILL, "SELECT upn FROM identity_subjectrecord WHERE id = %s", EMPTIED):
        yield "another agency’s record is filled in"
    if changed(world, "SELECT identity_join_sent(%s)", LINKED, PARTED):
        yield "another agency’s record is joined"
    if not asked(world, "police", "SELECT 1 WHERE identity_sent_subject(%s, now()) > 0", ["new"]):
        yield "a record of its own is not made"


FILL = "SELECT identity_fill_sent(%s, now(), NULL, NULL, NULL, NULL, NULL, NULL, 'H801200001001')"
EMPTIED = "UPDATE identity_subjectrecord SET upn = NULL WHERE id = %s"
LINKED = (
    "SELECT child_id FROM identity_link WHERE subject_record_id = %s AND recorded_until IS NULL"
)
PARTED = (
    "UPDATE identity_link SET recorded_until = now()"
    " WHERE subject_record_id = %s AND recorded_until IS NULL"
)


def changed(world: Sending, does: str, reads: str, undoes: str) -> bool:
    """Whether something that the police do to the hospital’s record shows in it; it is undone."""
    subject = world.subjects["hospital"]
    with transaction.atomic(), connection.cursor() as cursor:
        present_client_token(by=DOOR, token=world.tokens["police"])
        cursor.execute(does, [subject])
    with connections["batch"].cursor() as batch:
        batch.execute(reads, [subject])
        row = batch.fetchone()
        batch.execute(undoes, [subject])
    return bool(row and row[0])


@dataclass(frozen=True)
class Check:
    """What a policy asks of a row to be written, weakened by replacing some of its words."""

    policy: str
    words: str
    instead: str = "true"

    def swap(self, database: psycopg.Connection[Any]) -> tuple[sql.Composable, sql.Composable]:
        row = database.execute(
            "SELECT tablename, with_check, qual FROM pg_policies WHERE policyname = %s",
            [self.policy],
        ).fetchone()
        assert row is not None, f"there is no policy {self.policy}"
        table, said, part = row[0], row[1] or row[2], "WITH CHECK" if row[1] else "USING"
        assert self.words in said, f"{self.policy} says {said}"
        template = sql.SQL(f"ALTER POLICY {{}} ON {{}} {part} ({{}})")
        names = sql.Identifier(self.policy), sql.Identifier(table)
        weak = said.replace(self.words, self.instead, 1)
        return template.format(*names, sql.SQL(weak)), template.format(*names, sql.SQL(said))

    def __str__(self) -> str:
        return f"{self.policy} without {self.words}"


SENDING = "agency_id = ( SELECT access_sending() AS access_sending)"
SEALED = "(tier)::text <> 'sealed'::text"
WEAKENED = (
    Function("access_sender", "c.ended IS NULL", "true"),
    Function("access_sender", "s.expires > now()", "true"),
    Function("access_sender", "s.token_hash = sha256", "s.token_hash <> sha256"),
    Function("chronology_sends", "f.agency_id = v.agency_id", "true"),
    Function("chronology_sends", "f.state = 'on'", "true"),
    Function("chronology_sends", "f.cohort <> 'existence'", "true"),
    Function("chronology_sent_subject", "s.agency_id = access_sending()", "true"),
    Function("chronology_sent_subject", "chronology_sends() IS NOT NULL", "true"),
    Function("chronology_sent_event", "d.feed_id = chronology_sends()", "true"),
    Function("chronology_sent_event", "e.subject_record_id = subject", "true"),
    Function("chronology_sent_heads", "e.agency_id = access_sending()", "true"),
    Function("chronology_sent_episode", "e.agency_id = access_sending()", "true"),
    Function("identity_fill_sent", "s.agency_id = access_sending()", "true"),
    Function("identity_join_sent", "s.agency_id = access_sending()", "true"),
    Check("chronology_event_sent", SENDING),
    Check("chronology_event_sent", SEALED),
    Check("chronology_event_sent", "chronology_sent_subject(subject_record_id)"),
    Check("chronology_event_sent", "d.feed_id = ( SELECT chronology_sends"
          "() AS chronology_sends)"),
    Check("chronology_eventcontent_sent", SENDING),
    Check("chronology_eventcontent_sent", SEALED),
    Check("chronology_eventcontent_sent", "chronology_sent_event(event_id, subject_record_id)"),
    Check("chronology_eventplace_sent", SENDING),
    Check("chronology_eventplace_sent", SEALED),
    Check("chronology_eventplace_sent", "chronology_sent_event(event_id, subject_record_id)"),
    Check("chronology_mention_sent", SENDING),
    Check("chronology_mention_sent", SEALED),
    Check("chronology_mention_sent", "chronology_sent_event(event_id, subject_record_id)"),
    Check("chronology_delivery_sent", "feed_id = ( SELECT chronology_sends() AS chronology_sends)"),
    Check("chronology_delivery_sent", "(state)::text = 'done'::text"),
    Check("chronology_dirtychild_sent", "chronology_sent_subject(subject_record_id)"),
    Check("chronology_dirtychild_sent", "drained IS NULL"),
    Check("intake_receipt_own", "client_id =", "client_id <>"),
    Check("intake_receipt_own_insert", "client_id =", "client_id <>"),
)  # fmt: skip


def test_the_database_gives_and_takes_what_it_must(world: Sending) -> None:
    assert list(faults(world)) == []


@pytest.mark.parametrize("change", WEAKENED, ids=str)
def test_each_weakening_is_noticed(
    world: Sending, server: ServerAddress, change: Function | Check
) -> None:
    with server.connect(DATABASE) as database:
        weak, strong = change.swap(database)
        try:
            database.execute(weak)
            assert next(faults(world), "")
        finally:
            database.execute(strong)
