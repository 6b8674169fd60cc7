"""Alerts that were one an indicator become one a concern, and nothing of them is lost."""

import uuid
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connections

MOVE = import_module("keepsight.detection.migrations.0004_concerns").MOVE
MOVED = MOVE.split("ALTER TABLE detection_alertevidence NO FORCE ROW LEVEL SECURITY;\n")[1]
MOVED = MOVED.split("SET CONSTRAINTS ALL IMMEDIATE;")[0]

BEFORE = """
CREATE TEMPORARY TABLE detection_alert (id uuid, child_id uuid, area_id bigint, indicator text,
  version int, first_met date, last_met date, recorded timestamptz, no_longer_met date,
  decision text, decision_reason text, decided_by_id bigint, decided_at timestamptz,
  concern text, harm boolean, waiting_since date, state text);
CREATE TEMPORARY TABLE detection_alertevidence (alert_id uuid, indicator text, event_ref text);
CREATE TEMPORARY TABLE detection_alertmet (alert_id uuid, child_id uuid, area_id bigint,
  indicator text, version int, first_met date, last_met date, no_longer_met date);
CREATE TEMPORARY TABLE detection_alertdecision (alert_id uuid, child_id uuid, area_id bigint,
  decision text, reason text, decided_by_id bigint, decided_at timestamptz, second text,
  answer text, asked text);
"""
ALERT = """
INSERT INTO detection_alert VALUES (%s, %s, 1, %s, 1, %s, '2026-03-10', %s::date + time '02:00',
  %s, %s, %s, 7, '2026-03-11 10:00')"""
EVIDENCE = "INSERT INTO detection_alertevidence VALUES (%s, '', %s)"

CHILD, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
REPEAT, MORE, HARM, ENDED, ALONE = (uuid.UUID(int=number) for number in range(10, 15))


@pytest.fixture
def moved(database: None) -> Iterator[Any]:
    """The tables as they were, filled, and the move done: temporary ones stand before the real."""
    alerts = (
        (REPEAT, CHILD, "repeat_missing", "2026-03-02", None, "refer", "Third time."),
        (MORE, CHILD, "missing_more_often", "2026-03-04", None, "", ""),
        (HARM, CHILD, "harm_held_as_in_need", "2026-03-05", None, "known", "Open case."),
        (ENDED, CHILD, "seen_at_many_places", "2026-01-05", "2026-02-01", "no_action", "Moved."),
        (ALONE, OTHER, "repeat_missing", "2026-03-02", None, "discuss", "Meeting."),
    )
    with connections["batch"].cursor() as cursor:
        cursor.execute(BEFORE)
        for key, child, code, first, ended, decision, reason in alerts:
            cursor.execute(ALERT, [key, child, code, first, first, ended, decision, reason])
            cursor.execute(EVIDENCE, [key, f"event of {code}"])
        cursor.execute("BEGIN")
        cursor.execute(MOVED)
        cursor.execute("COMMIT")
        yield cursor
        cursor.execute("DISCARD TEMP")


def test_alerts_in_force_of_one_concern_are_one_and_none_is_lost(moved: Any) -> None:
    moved.execute("SELECT id, concern, state, harm, decision, first_met::text FROM detection_alert")
    assert {row[0]: row[1:] for row in moved.fetchall()} == {
        REPEAT: ("going_missing", "to_read", False, "refer", "2026-03-02"),
        HARM: ("harm_recorded", "decided", True, "add", "2026-03-05"),
        ENDED: ("going_missing", "decided", False, "no_concern", "2026-01-05"),
        ALONE: ("going_missing", "decided", False, "add", "2026-03-02"),
    }
    moved.execute("SELECT alert_id, indicator FROM detection_alertmet")
    assert set(moved.fetchall()) == {
        (REPEAT, "repeat_missing"),
        (REPEAT, "missing_more_often"),
        (HARM, "harm_held_as_in_need"),
        (ENDED, "seen_at_many_places"),
        (ALONE, "repeat_missing"),
    }
    moved.execute("SELECT alert_id, decision, reason FROM detection_alertdecision")
    assert set(moved.fetchall()) == {
        (REPEAT, "refer", "Third time."),
        (HARM, "add", "Open case."),
        (ENDED, "no_concern", "Moved."),
        (ALONE, "add", "Meeting."),
    }
    moved.execute("SELECT alert_id, indicator, event_ref FROM detection_alertevidence")
    assert (REPEAT, "missing_more_often", "event of missing_more_often") in moved.fetchall()
