"""Alerts that were one an indicator become one a concern, and nothing of them is lost.

A database of its own is migrated as an operator does it: by the owner, from how it was.
"""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from keepsight.engines.embedded import forget_killed, start
from keepsight.engines.roles import prepare

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="needs a server of its own")

AREA = "INSERT INTO agencies_area (key, name) VALUES ('north', 'North') RETURNING id"
CHILD_ROW = "INSERT INTO identity_child (id, recorded) VALUES (%s, now())"
ALERT = """
INSERT INTO detection_alert (id, child_id, area_id, indicator, version, first_met, last_met,
  recorded, no_longer_met, decision, decision_reason, decided_by_id, decided_at)
VALUES (%s, %s, %s, %s, 1, %s, '2026-03-10', %s::date + time '02:00', %s, %s, %s, 7,
  '2026-03-11 10:00')"""
EVIDENCE = """
INSERT INTO detection_alertevidence (alert_id, child_id, area_id, event_ref, noted)
VALUES (%s, %s, %s, %s, '2026-03-02')"""
FORCED = """
SELECT count(*) FROM pg_class WHERE relname IN ('detection_alert', 'detection_alertmet',
  'detection_alertevidence', 'detection_alertdecision') AND relforcerowsecurity"""

CHILD, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
REPEAT, MORE, HARM, ENDED, ALONE = (uuid.UUID(int=number) for number in range(10, 15))
ALERTS = (
    (REPEAT, CHILD, "repeat_missing", "2026-03-02", None, "refer", "Third time."),
    (MORE, CHILD, "missing_more_often", "2026-03-04", None, "", ""),
    (HARM, CHILD, "harm_held_as_in_need", "2026-03-05", None, "known", "Open case."),
    (ENDED, CHILD, "seen_at_many_places", "2026-01-05", "2026-02-01", "no_action", "Moved."),
    (ALONE, OTHER, "repeat_missing", "2026-03-02", None, "discuss", "Meeting."),
)


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[psycopg.Connection]:
    """The database after the move, with the login that prepares it."""
    folder = tmp_path / "database"
    prepare(folder, durable=False)
    try:
        _migrate(tmp_path, "detection", "0003")
        with start(folder, durable=False).connect(os.environ["KEEPSIGHT_DATABASE"]) as database:
            _fill(database)
            database.commit()
            _migrate(tmp_path)
            yield database
    finally:
        forget_killed(folder)


def _migrate(folder: Path, *to: str) -> None:
    owner = os.environ | {"KEEPSIGHT_VAR": str(folder), "KEEPSIGHT_ROLE": "owner"}
    command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "-v", "0", *to]
    subprocess.run(command, env=owner, check=True)


def _fill(database: psycopg.Connection) -> None:
    [(area,)] = database.execute(AREA).fetchall()
    for child in (CHILD, OTHER):
        database.execute(CHILD_ROW, [child])
    for key, child, code, first, ended, decision, reason in ALERTS:
        database.execute(ALERT, [key, child, area, code, first, first, ended, decision, reason])
        database.execute(EVIDENCE, [key, child, area, f"event of {code}"])


def test_alerts_in_force_of_one_concern_are_one_and_none_is_lost(
    moved: psycopg.Connection,
) -> None:
    alerts = moved.execute("SELECT id, concern, state, harm, decision, first_met::text"
                           " FROM detection_alert").fetchall()  # fmt: skip
    assert {row[0]: row[1:] for row in alerts} == {
        REPEAT: ("going_missing", "to_read", False, "refer", "2026-03-02"),
        HARM: ("harm_recorded", "decided", True, "add", "2026-03-05"),
        ENDED: ("going_missing", "decided", False, "no_concern", "2026-01-05"),
        ALONE: ("going_missing", "decided", False, "add", "2026-03-02"),
    }
    met = moved.execute("SELECT alert_id, indicator FROM detection_alertmet").fetchall()
    assert set(met) == {
        (REPEAT, "repeat_missing"),
        (REPEAT, "missing_more_often"),
        (HARM, "harm_held_as_in_need"),
        (ENDED, "seen_at_many_places"),
        (ALONE, "repeat_missing"),
    }
    decided = moved.execute("SELECT alert_id, decision, reason FROM detection_alertdecision")
    assert set(decided.fetchall()) == {
        (REPEAT, "refer", "Third time."),
        (HARM, "add", "Open case."),
        (ENDED, "no_concern", "Moved."),
        (ALONE, "add", "Meeting."),
    }
    cited = moved.execute("SELECT alert_id, indicator, event_ref FROM detection_alertevidence")
    assert set(cited.fetchall()) == {(*each, f"event of {each[1]}") for each in met}
    assert moved.execute(FORCED).fetchone() == (4,)
