"""Rules over what several children’s events name: at night and as something arrives alike.

And an alert that rests on what is named about another child too says nothing of that child.
"""

import uuid
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepsight.access.actions.apart import protect_address
from keepsight.chronology.arrivals import children_arrived_since
from keepsight.chronology.models import DirtyChild
from keepsight.detection.models import Alert, AlertEvidence, AlertMet
from keepsight.detection.queries import alerts_of
from keepsight.jobs import arrival
from keepsight.jobs.working import work
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.content.police import (
    Sighting,
)
from tests.factories.naming import (
    COUNCIL,
    HARMED,
    MARK,
    POLICE,
    SEEN,
    SHARED,
    TODAY,
    by_night,
    child_of,
    make_pair,
    met,
    one_by_one,
    said,
)
from tests.factories.roles import acting_as, looking
from tests.factories.sending import REPORTS, system_of
from tests.factories.world import NOW, TESTER, World, make_world

pytestmark = pytest.mark.access


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def pair(world: World) -> tuple[uuid.UUID, uuid.UUID]:
    return make_pair(world)


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
        assert AlertMet.objects.filter(child_id=ours, indicator=SHARED).exists()
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
            [alert] = alerts_of(viewer, ours)
        assert [each.indicator for each in alert.met] == [SHARED]
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
