"""What follows from a report, child by child: the same as the night would find, and at once."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone

from keepsight.access.models import SubjectPlace, Tie
from keepsight.audit.actor import Actor
from keepsight.casework.models import Obligation
from keepsight.chronology.arrived import TRIES
from keepsight.chronology.extract import bring_up_to_date
from keepsight.chronology.models import DirtyChild
from keepsight.cli.demo_feeds import take_in_all
from keepsight.cli.demo_people import set_up
from keepsight.detection.actions import detect, evaluate_all
from keepsight.detection.arriving import findings_of
from keepsight.detection.models import Alert
from keepsight.identity.models import Child
from keepsight.jobs import arrival
from keepsight.jobs.night import run_night
from keepsight.jobs.working import work
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic import write_county
from tests.factories.arriving import (
    COUNCIL,
    known,
    missing_before,
    send,
)
from tests.factories.roles import acting_as
from tests.factories.sending import PERSON, REPORTS, system_of
from tests.factories.world import (
    TESTER,
    World,
    make_world,
)

THREE_TIMES_MISSING = {"missing_and_treated_singly", "missing_more_often", "repeat_missing"}
"""What is met by three episodes in ninety days, the first ever, which nobody looked at."""


def alerted() -> set[uuid.UUID]:
    return set(Alert.objects.values_list("child_id", flat=True))


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def test_a_missing_report_of_a_known_child_is_an_alert_without_a_night(world: World) -> None:
    child = known(world)
    missing_before(world, child, 20, 40)
    send(system_of(world, AgencyKind.POLICE))
    with acting_as("batch"):
        assert work([arrival.drain], once=True) == 1
        assert [each.problem for each in DirtyChild.objects.all()] == [""]
        alert = Alert.objects.get(child_id=child, no_longer_met=None)
        assert {each.indicator for each in alert.met.all()} == THREE_TIMES_MISSING
        doors = Tie.objects.filter(child_id=child, relation="front_door", until=None)
        assert [each.agency_id for each in doors] == [world.agencies[COUNCIL].pk]
        place = SubjectPlace.objects.get(
            child_id=child, agency_id=world.agencies[AgencyKind.POLICE].pk
        )
        assert place.involved
        assert work([arrival.drain], once=True) == 0


def test_a_found_report_starts_the_clock_of_the_interview(world: World) -> None:
    child = known(world)
    police = system_of(world, AgencyKind.POLICE)
    police.send("missing-reports")
    police.send("found-reports")
    with acting_as("batch"):
        work([arrival.drain], once=True)
        owed = Obligation.objects.get(child_id=child, duty="return_home_interview")
    assert owed.started.isoformat() == "2026-03-16T06:15:00+00:00"


def test_a_later_fact_ends_what_an_earlier_began(world: World) -> None:
    """Of one child a worker sees everything, so it closes what the night would close."""
    child = known(world)
    missing_before(world, child, 20, 40)
    police = system_of(world, AgencyKind.POLICE)
    police.send("missing-reports")
    with acting_as("batch"):
        work([arrival.drain], once=True)
    wrong = REPORTS["missing-reports"] | {"reported_missing_at": "2026-02-24T12:00:00+00:00"}
    police.send("missing-reports", wrong)
    with acting_as("batch"):
        work([arrival.drain], once=True)
        assert not Alert.objects.filter(child_id=child, no_longer_met=None).exists()


def test_a_fault_with_one_child_is_on_record_and_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = known(world), known(world, nhs_number="9000000017", forename="Ode")
    missing_before(world, first, 20, 40)
    missing_before(world, second, 20, 40)
    police = system_of(world, AgencyKind.POLICE)
    send(police)
    other = PERSON | {"reference": "N402", "forename": "Ode", "nhs_number": "9000000017"}
    said = REPORTS["missing-reports"] | {"reference": "M/26/0102", "person": other}
    assert police.send("missing-reports", said).status_code == 201
    real = arrival.detect_child

    def failing(*, by: Actor, child_id: uuid.UUID) -> object:
        if child_id == first:
            raise RuntimeError("Merle Ashdown")
        return real(by=by, child_id=child_id)

    monkeypatch.setattr(arrival, "detect_child", failing)
    with acting_as("batch"):
        assert work([arrival.drain], once=True) == 2
        left = DirtyChild.objects.get(drained=None)
        assert left.problem == "What follows could not be worked out: RuntimeError."
        assert alerted() == {second}
        assert work([arrival.drain], once=True) == 0, (
            "it is tried again after a minute, not at once"
        )
        monkeypatch.setattr(arrival, "detect_child", real)
        a_minute_later()
        assert work([arrival.drain], once=True) == 1
        assert alerted() == {first, second}


def a_minute_later(attempts: int = 1) -> None:
    with connections["batch"].cursor() as cursor:
        cursor.execute(
            "UPDATE chronology_dirtychild SET tried = tried - interval '2 minutes',"
            " attempts = %s WHERE drained IS NULL",
            [attempts],
        )


def test_what_failed_often_is_left_to_the_night(world: World, tmp_path: Path) -> None:
    child = known(world)
    missing_before(world, child, 20, 40)
    send(system_of(world, AgencyKind.POLICE))
    with acting_as("batch"):
        with connections["batch"].cursor() as cursor:
            cursor.execute("UPDATE chronology_dirtychild SET tried = now()")
        a_minute_later(attempts=TRIES)
        assert work([arrival.drain], once=True) == 0
        detect(by=TESTER, folder=tmp_path / "night")
        assert alerted() == {child}


def test_a_night_leaves_to_the_worker_whose_report_came_meanwhile(
    world: World, tmp_path: Path
) -> None:
    """It read what was known before; what a worker finds after that stands."""
    child = known(world)
    missing_before(world, child, 20, 40)
    police = system_of(world, AgencyKind.POLICE)
    with acting_as("batch"):
        detect(by=TESTER, folder=tmp_path / "night")
    send(police)
    with acting_as("batch"):
        work([arrival.drain], once=True)
        with connections["batch"].cursor() as cursor:
            later = timezone.now() + timedelta(minutes=1)
            cursor.execute("UPDATE chronology_dirtychild SET drained = %s", [later])
            # As if the night had read before the report came.
            for part in (tmp_path / "night").glob("events-*"):
                part.rename(part.with_name(f"events-0-{10**9}.parquet"))
        assert detect(by=TESTER, folder=tmp_path / "night").ended == 0
        stands = Alert.objects.get(child_id=child, no_longer_met=None)
        assert {each.indicator for each in stands.met.all()} == THREE_TIMES_MISSING


def test_a_night_holds_up_no_report(world: World, tmp_path: Path) -> None:
    """It passes through each agency’s lock, and has none when it copies and judges."""
    police = world.agencies[AgencyKind.POLICE].pk
    with acting_as("batch"), transaction.atomic():
        bring_up_to_date(tmp_path / "night")
        with connections["owner"].cursor() as other:
            other.execute("SELECT pg_try_advisory_lock(42, %s)", [police])
            assert other.fetchone() == (True,)
            other.execute("SELECT pg_advisory_unlock(42, %s)", [police])


def test_a_worker_goes_round_its_sources_until_nothing_waits() -> None:
    waiting, done = {"first": 2, "second": 1}, []

    def source(name: str) -> Callable[[], bool]:
        def drain() -> bool:
            if not waiting[name]:
                return False
            waiting[name] -= 1
            done.append(name)
            return True

        return drain

    assert work(once=True, sources=[source("first"), source("second")]) == 3
    assert done == ["first", "second", "first"]


def test_without_a_worker_the_night_takes_up_what_arrived(world: World, tmp_path: Path) -> None:
    child = known(world)
    missing_before(world, child, 20, 40)
    send(system_of(world, AgencyKind.POLICE))
    with acting_as("batch"):
        run_night(folder=tmp_path / "night")
        assert alerted() == {child}
        assert DirtyChild.objects.get().drained is not None
        with connections["batch"].cursor() as cursor:
            cursor.execute("UPDATE chronology_dirtychild SET drained = now() - interval '2 days'")
        run_night(folder=tmp_path / "night")
        assert not DirtyChild.objects.exists()


def test_one_child_at_a_time_is_what_a_night_finds(database: None, tmp_path: Path) -> None:
    today = date(2026, 3, 16)
    made = write_county(tmp_path / "county", children=400, seed=11, today=today, weeks=30)
    with acting_as("batch"):
        set_up(made, lambda: "a password for a test")
        take_in_all(made, lambda _: None)
        run_night(folder=tmp_path / "night", replayed=True)
        found = evaluate_all(tmp_path / "night", CATALOGUE, today)
        by_night = {(each.child_id, each.code, each.evidence) for each in found}
        with_findings = {uuid.UUID(each.child_id) for each in found}
        others = Child.objects.exclude(pk__in=with_findings)[:20].values_list("pk", flat=True)
        one_by_one = {
            (each.child_id, each.code, each.evidence)
            for child in [*with_findings, *others]
            for each in findings_of(child, today)
        }
    assert len(by_night) > 3
    assert one_by_one == by_night
