"""What events name stands beside them, is seen as they are, and goes as they go.

And an alert that rests on what is named about another child too says nothing of that child.
"""

import uuid
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepsight.access.actions.apart import protect_address
from keepsight.chronology.arrivals import children_arrived_since
from keepsight.chronology.models import DirtyChild, Mention
from keepsight.chronology.shared_entities import company_of_child
from keepsight.detection.actions import detect, evaluate_all
from keepsight.detection.arriving import findings_of
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.detection.queries import alerts_of
from keepsight.engines.embedded import ServerAddress
from keepsight.jobs import arrival
from keepsight.jobs.working import work
from keepsight.kernel.entities.naming import BY_EVENT
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.police import (
    Association,
    PoliceIntelligence,
    PublicProtectionNotice,
    Sighting,
)
from tests.factories.files import police
from tests.factories.naming import COUNCIL, HARMED, MARK, POLICE, SEEN, child_of, said
from tests.factories.purging import count, let_pass, night
from tests.factories.roles import acting_as, looking
from tests.factories.sending import REPORTS, system_of
from tests.factories.world import NOW, TESTER, World, make_feed, make_world, receive

pytestmark = pytest.mark.access

TODAY = NOW.date()
SHARED = "vehicle_shared"
MIGRATION = import_module("keepsight.chronology.migrations.0010_mentions")


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def pair(world: World) -> tuple[uuid.UUID, uuid.UUID]:
    """A child seen in a vehicle, and another one, who was harmed, seen in the same."""
    ours, other = child_of(world, "Merle"), child_of(world, "Ode")
    said(world, ours, SEEN)
    said(world, other, SEEN, 20)
    said(world, other, HARMED, 30)
    return ours, other


def named() -> list[tuple[str, str]]:
    return list(Mention.objects.order_by("pk").values_list("kind", "entity"))


def met(child: uuid.UUID) -> set[str]:
    with acting_as("batch"):
        return {each.code for each in findings_of(child, TODAY)}


def by_night(folder: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    with acting_as("batch"):
        detect(by=TESTER, folder=folder, as_of=TODAY)
        found = evaluate_all(folder, CATALOGUE, TODAY)
        return {(each.child_id, each.code, each.evidence) for each in found}


def one_by_one(*children: uuid.UUID) -> set[tuple[str, str, tuple[str, ...]]]:
    with acting_as("batch"):
        found = [each for child in children for each in findings_of(child, TODAY)]
        return {(each.child_id, each.code, each.evidence) for each in found}


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


# --- What rules make of it ---


def test_what_is_shared_is_found_at_night_and_of_one_child_alike(
    pair: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    found = by_night(tmp_path / "night")
    assert found == one_by_one(*pair)
    assert (str(pair[0]), SHARED) in {each[:2] for each in found}
    assert (str(pair[1]), SHARED) not in {each[:2] for each in found}, "of ours no harm is known"


def test_where_an_address_is_protected_nothing_about_others_rests_on_it(
    world: World, pair: tuple[uuid.UUID, uuid.UUID], tmp_path: Path
) -> None:
    ours, other = pair
    with acting_as("batch"):
        protect_address(
            by=TESTER, child_id=other, agency_id=world.agencies[COUNCIL].pk, because="A test"
        )
    assert SHARED not in met(ours)
    said(world, ours, HARMED, 40)
    assert SHARED in met(other), "it still learns of its own company"
    assert by_night(tmp_path / "night") == one_by_one(*pair)


def test_an_arrival_makes_those_wait_who_share_an_entity(
    world: World, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    ours, other = pair
    alone = child_of(world, "Tam")
    said(world, alone, Sighting(vehicle="CI20 QDQ"))
    third = child_of(world, "Merle Third")
    system = system_of(world, POLICE)
    report = REPORTS["police-notices"]
    person = report["person"] | {"reference": _reference(third)}
    summary = f"In {MARK} with an adult."
    system.send("police-notices", report | {"person": person, "summary": summary})
    with acting_as("batch"):
        assert work([arrival.drain], once=True) == 3
        assert {each.by_company for each in DirtyChild.objects.all()} == {True, False}
        assert children_arrived_since(NOW) == {ours, other, third}
        assert work([arrival.drain], once=True) == 0
        assert Alert.objects.filter(child_id=ours, indicator=SHARED).exists()
        assert not Alert.objects.filter(child_id=alone).exists()


def _reference(child: uuid.UUID) -> str:
    """What the police call the child."""
    return f"{child}-0"


# --- What an alert says ---


TEXTS = st.text(st.characters(categories=["L"]), min_size=6, max_size=12)


def test_an_alert_says_nothing_of_the_other_child(world: World) -> None:
    """Whatever is said of another child, and however much of it, the alert is the same."""
    ours = child_of(world, "Merle")
    said(world, ours, SEEN)
    told = set()

    @settings(
        max_examples=6,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(place=TEXTS, company=TEXTS, times=st.integers(1, 3))
    def look(place: str, company: str, times: int) -> None:
        other = child_of(world, company)
        for number in range(times):
            said(world, other, Sighting(place=place, vehicle=MARK, company=company), number)
        said(world, other, HARMED, 30)
        with acting_as("batch"):
            arrival.detect_child(by=TESTER, child_id=ours, as_of=TODAY)
            refs = set(
                AlertEvidence.objects.filter(alert__child_id=ours).values_list(
                    "event_ref", flat=True
                )
            )
        with looking(world.people[COUNCIL]) as viewer:
            [alert] = [each for each in alerts_of(viewer, ours) if each.indicator == SHARED]
        text = str(asdict(alert))
        assert place not in text
        assert company not in text
        assert str(other) not in text
        assert len(refs) == len(alert.evidence) == 1
        told.add(text)

    look()
    assert len(told) == 1


def test_the_words_of_what_is_shared_tell_no_harm() -> None:
    shared = [each for each in CATALOGUE if each.code.endswith("_shared")]
    assert len(shared) == 4
    for each in shared:
        words = f"{each.title} {each.question} {each.reason} {each.changes}".lower()
        for never in ("harm", "victim", "exploited child", "how many", "several others"):
            assert never not in words, each.code
        assert "ask the agency that recorded it" in words
