"""What events name stands beside them, is seen as they are, and goes as they go."""

import uuid
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from keepsight.chronology.models import Mention
from keepsight.chronology.shared_entities import company_of_child
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.entities.naming import BY_EVENT
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.police import (
    Association,
    PoliceIntelligence,
    PublicProtectionNotice,
    Sighting,
)
from tests.factories.files import police
from tests.factories.naming import (
    COUNCIL,
    MARK,
    POLICE,
    SEEN,
    SHARED,
    by_night,
    child_of,
    make_pair,
    met,
    one_by_one,
    said,
)
from tests.factories.purging import count, let_pass, night
from tests.factories.roles import acting_as, looking
from tests.factories.world import World, make_feed, make_world, receive

pytestmark = pytest.mark.access

MIGRATION = import_module("keepsight.chronology.migrations.0010_mentions")


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def pair(world: World) -> tuple[uuid.UUID, uuid.UUID]:
    return make_pair(world)


def named() -> list[tuple[str, str]]:
    return list(Mention.objects.order_by("pk").values_list("kind", "entity"))


# --- What is written ---


def test_an_event_is_written_with_what_it_names(world: World) -> None:
    child, area = child_of(world, "Merle"), world.area.pk
    said(world, child, SEEN)
    said(world, child, PublicProtectionNotice(concern="Out late", summary="Rang 07700 900123."))
    said(world, child, Association(adult="Marlow", group="The Foundry Row lot"))
    with acting_as("batch"):
        assert named() == [
            ("place", f"area {area} weaver house"),
            ("vehicle", "AI19QBQ"),
            ("phone", "+447700900123"),
            ("group", f"area {area} foundry row lot"),
            ("adult", ""),
        ]
        assert {each.event.kind for each in Mention.objects.filter(kind="vehicle")} == {"sighting"}


def test_what_is_corrected_is_named_no_more(
    world: World, pair: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    third = child_of(world, "Tam")
    said(world, third, SEEN, key="sighting 3")
    assert SHARED in met(third)
    said(world, third, Sighting(vehicle="CI20 QDQ"), key="sighting 3")
    assert SHARED not in met(third)
    assert by_night(tmp_path / "night") == one_by_one(*pair, third)


def test_what_was_there_before_is_read_for_what_it_names(
    pair: tuple[uuid.UUID, uuid.UUID], server: ServerAddress
) -> None:
    with acting_as("batch"):
        before = named()
    with server.connect(connection.settings_dict["NAME"]) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM chronology_mention")
        MIGRATION.name_what_is_there(admin.cursor())
    with acting_as("batch"):
        assert named() == before != []
    assert set(MIGRATION.NAMING) == set(BY_EVENT), "the migration reads all that names anything"


# --- Who may see it ---


def test_who_may_not_see_the_event_sees_no_mention(
    world: World, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """That of a child of whom nothing may be seen, and of one who does not exist, is alike."""
    with looking(world.people[POLICE]):
        assert Mention.objects.filter(kind="vehicle").count() == 2
    for kind in (AgencyKind.SCHOOL, AgencyKind.HEALTH, COUNCIL):
        with looking(world.people[kind]):
            assert not Mention.objects.exists()
            assert not Mention.objects.filter(entity="AI19QBQ").exists()
            assert not Mention.objects.filter(entity="AI19QBR").exists()


def test_intelligence_is_named_to_those_who_hold_it_only(world: World) -> None:
    child = child_of(world, "Merle")
    said(
        world,
        child,
        PoliceIntelligence(
            summary=f"Uses {MARK}.", source_grade=2, assessment="C", handling="C", conditions="None"
        ),
    )
    with looking(world.people[POLICE]):
        [mention] = Mention.objects.all()
        assert (mention.tier, mention.entity) == ("confidential", "AI19QBQ")
    with looking(world.people[COUNCIL]):
        assert not Mention.objects.exists()
    with acting_as("batch"):
        assert company_of_child(child) == {}


def test_nobody_writes_a_mention_of_what_another_agency_said(world: World) -> None:
    child = child_of(world, "Merle")
    said(world, child, SEEN)
    copy = (
        "INSERT INTO chronology_mention (event_id, subject_record_id, agency_id, area_id, tier,"
        " category, kind, entity, said) SELECT event_id, subject_record_id, agency_id, area_id,"
        " tier, category, kind, 'AI19QBD', said FROM chronology_mention LIMIT 1"
    )
    with looking(world.people[POLICE]), connection.cursor() as cursor:
        cursor.execute(copy)
        assert cursor.rowcount == 1
    with acting_as("batch"), connections["batch"].cursor() as cursor:
        cursor.execute("SELECT event_id, subject_record_id, area_id FROM chronology_mention")
        event, subject, area = cursor.fetchone()
    row = (
        "INSERT INTO chronology_mention (event_id, subject_record_id, agency_id, area_id, tier,"
        " category, kind, entity, said) VALUES (%s, %s, %s, %s, 'ordinary', 14, 'phone', '1', '1')"
    )
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        looking(world.people[AgencyKind.SCHOOL]),
        connection.cursor() as cursor,
    ):
        cursor.execute(row, [event, subject, world.agencies[POLICE].pk, area])
    with (
        pytest.raises(DatabaseError, match="a part of an event is of the same record"),
        acting_as("batch"),
        transaction.atomic(),
        connections["batch"].cursor() as cursor,
    ):
        cursor.execute(row, [event, subject, world.agencies[COUNCIL].pk, area])


# --- How it goes ---


def test_it_goes_with_what_is_erased(world: World, server: ServerAddress, tmp_path: Path) -> None:
    feed = make_feed(world.agencies[POLICE], "police_missing")
    path = police(tmp_path, "R1,01/02/2026 21:00,02/02/2026 07:00")
    path.write_text(path.read_text().replace(",Home,,", ",Home,Weaver House,on 07700 900123"))
    with server.connect(connection.settings_dict["NAME"]) as admin:
        _erased(world, admin, feed, path)


def _erased(world: World, admin: psycopg.Connection, feed: object, path: Path) -> None:
    receive(feed, path)  # type: ignore[arg-type]
    assert count(admin, "chronology_mention") == 2
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM chronology_mention")
        assert cursor.rowcount == 0
    for statement in (
        "DELETE FROM chronology_mention",
        "UPDATE chronology_mention SET said = ''",
        "TRUNCATE chronology_mention",
    ):
        with pytest.raises(psycopg.Error, match="append-only"):
            admin.execute(statement)
    admin.execute("UPDATE chronology_feed SET cohort = 'known', unmatched_days = 14")
    night()
    let_pass(admin, 29)
    night()
    assert count(admin, "chronology_eventcontent") == 0
    assert count(admin, "chronology_mention") == 0
