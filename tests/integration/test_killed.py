"""A worker killed at any moment: nothing that was accepted is lost, and nothing is there twice."""

import io
import os
import random
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from django.db import connection

from keepsight.audit.actor import system
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.accepting import accept
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import POLICE_HEADING, REGISTER_HEADING
from tests.factories.roles import acting_as
from tests.factories.world import NOW, make_feed, make_world

TESTER = system("tester")
PUPILS, REPORTS = 300, 400
WEEK = [f"2026-03-0{day}" for day in range(2, 7)]
GRACE = 120


def a_register(turn: int) -> bytes:
    """A week of marks of pupils whom no other turn has."""
    lines = (
        f",T{turn}P{pupil},Example,Ada,2012-05-04,ZZ1 1AA,{day},N,I\n"
        for day in WEEK
        for pupil in range(PUPILS)
    )
    return (REGISTER_HEADING + "".join(lines)).encode()


def a_report_file(turn: int) -> bytes:
    """Reports of missing episodes, one in ten with a day that there is not."""
    lines = (
        f"T{turn}R{report},T{turn}U{report},Example,Ada,04/05/2012,F,,ZZ1 1AA,Missing,"
        f"{31 if report % 10 == 0 else 20}/02/2026 21:00,,Home,,\n"
        for report in range(REPORTS)
    )
    return (POLICE_HEADING + "".join(lines)).encode()


class Killing:
    """Sends a file a turn, begins to take it in, and kills the worker at a random moment."""

    def __init__(self, register: Feed, reports: Feed) -> None:
        self.register, self.reports = register, reports
        self.moments = random.Random(7)  # noqa: S311 - the same moments each time
        self.takes = 1.0
        self.killed = self.turns = 0

    def kill(self, times: int) -> None:
        self.send()
        self.takes = self.work(kill_after=None)
        while self.killed < times:
            self.send()
            self.work(kill_after=self.moments.uniform(0, 1.3 * self.takes))
        self.work(kill_after=None)

    def send(self) -> None:
        turn = self.turns
        self.turns += 1
        with acting_as("batch"):
            for feed, content in (
                (self.register, a_register(turn)),
                (self.reports, a_report_file(turn)),
            ):
                stream = io.BytesIO(content)
                accept(by=TESTER, feed=feed, filename="a.csv", stream=stream, received=NOW)

    def work(self, *, kill_after: float | None) -> float:
        """Run a worker; returns the seconds that it worked."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.factories.worker"],
            stdout=subprocess.PIPE,
            env=os.environ | {"KEEPSIGHT_ROLE": "batch"},
        ) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == b"ready\n"
            began = time.monotonic()
            with suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=kill_after or GRACE)
            if worker.poll() is None:
                worker.kill()
                self.killed += 1
                assert kill_after is not None, "the worker did not end"
            else:
                assert worker.returncode == 0
            return time.monotonic() - began


@pytest.mark.parametrize("times", [8, pytest.param(200, marks=pytest.mark.full)])
def test_a_worker_killed_loses_nothing_and_doubles_nothing(database: None, times: int) -> None:
    world = make_world()
    killing = Killing(
        make_feed(world.agencies[AgencyKind.SCHOOL], "daily_register"),
        make_feed(world.agencies[AgencyKind.POLICE], "police_missing"),
    )
    killing.kill(times)
    turns = killing.turns
    with acting_as("batch"):
        deliveries = list(Delivery.objects.select_related("feed"))
        assert len(deliveries) == 2 * turns
        assert {each.state for each in deliveries} == {"done"}
        assert any(each.attempts > 1 for each in deliveries), "some were begun more than once"
        for each in deliveries:
            assert each.rows_read == each.rows_new + each.rows_quarantined, "nothing came twice"
    assert count("chronology_attendanceweek") == turns * PUPILS
    assert count("chronology_event WHERE kind = 'missing_episode'") == turns * REPORTS * 9 // 10
    assert count("intake_quarantinedrow") == turns * REPORTS // 10
    assert count("intake_quarantinedrow WHERE times_seen > 1") == 0
    assert count("chronology_event WHERE revision > 1") == 0
    assert count("identity_subjectrecord") == turns * (PUPILS + REPORTS)
    assert count("chronology_event e") == count(
        "chronology_event e JOIN chronology_eventcontent c ON c.event_id = e.id"
    )


def count(what: str) -> int:
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {what}")
        found: int = cursor.fetchone()[0]
        return found
