"""Looking is written down: what was seen, in the transaction of the look, and no more than that."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from keepsight.access.actions import open_session, present_token
from keepsight.access.queries import involvements, relations
from keepsight.access.viewer import Viewer, viewer_of
from keepsight.audit.actions import Note, record, record_refusal
from keepsight.audit.leaves import leaf_of
from keepsight.audit.models import Act, AuditEntry
from keepsight.audit.sights import UnrecordedSight, recording
from keepsight.casework.queries import obligations_due, obligations_of
from keepsight.chronology.queries import (
    attendance,
    banner,
    entries_by_ref,
    events_of,
    named_about,
    timeline,
)
from keepsight.detection.queries import alerts_of, alerts_to_read
from keepsight.identity.queries import children_of_agency, names_of
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import KnownWorld
from tests.factories.log import entries, leaves
from tests.factories.roles import looking
from tests.factories.world import TESTER

pytestmark = pytest.mark.access

Query = Callable[[Viewer, KnownWorld], Any]


def events(world: KnownWorld) -> list[str]:
    """What an alert might cite: every event of the world."""
    return [row.ref for row in world.rows if row.table == "chronology_event"]


SEES: dict[str, tuple[Query, tuple[tuple[str, str], ...]]] = {
    "banner": (lambda v, w: banner(v, w.children[0]), (("see", "identity"),)),
    "timeline": (lambda v, w: timeline(v, w.children[0]), (("see", "timeline"),)),
    "events_of": (lambda v, w: events_of(v, w.children[0]), (("see", "events"),)),
    "attendance": (lambda v, w: attendance(v, w.children[0]), (("see", "school attendance"),)),
    "involvements": (
        lambda v, w: involvements(v, w.children[0]),
        (("see", "which agencies are involved"),),
    ),
    "entries_by_ref": (
        lambda v, w: entries_by_ref(v, w.children[0], events(w)),
        (("see", "evidence of alerts"),),
    ),
    "named_about": (lambda v, w: named_about(v, w.children[0]), (("see", "what is named"),)),
    "relations": (lambda v, w: relations(v, w.children[0]), (("see", "why it may be seen"),)),
    "alerts_of": (lambda v, w: alerts_of(v, w.children[0]), (("see", "alerts"),)),
    "obligations_of": (lambda v, w: obligations_of(v, w.children[0]), (("see", "obligations"),)),
    "names_of": (lambda v, w: names_of(v, w.children[:1]), (("list", "name in a list"),)),
}
"""Each query about one child, and exactly what is written of a social worker's look at them."""

OF_ONE_CHILD: dict[str, Callable[[Viewer, uuid.UUID], Any]] = {
    "banner": banner,
    "timeline": timeline,
    "events_of": events_of,
    "attendance": attendance,
    "involvements": involvements,
    "named_about": named_about,
    "relations": relations,
    "alerts_of": alerts_of,
    "obligations_of": obligations_of,
    "names_of": lambda viewer, child: names_of(viewer, [child]),
}


def written() -> list[tuple[str, str, uuid.UUID]]:
    return [(row["act"], row["what"], row["child_id"]) for row in entries("see", "list")]


@pytest.fixture
def world(database: None) -> KnownWorld:
    return build(FIXED)


@pytest.mark.parametrize("name", SEES)
def test_a_look_at_a_child_is_written_once(world: KnownWorld, name: str) -> None:
    query, expected = SEES[name]
    with looking(world.people[0]) as viewer:
        assert query(viewer, world)
        assert query(viewer, world)
    assert written() == [(act, what, world.children[0]) for act, what in expected]


def test_an_entry_says_who_looked_where_and_as_known_when(world: KnownWorld) -> None:
    with looking(world.people[0]) as viewer:
        assert timeline(viewer, world.children[0], date(2026, 2, 1))
    [entry] = entries("see")
    assert entry["person_id"] == viewer.person_id
    assert entry["agency_id"] == viewer.agency_id
    assert (entry["role"], entry["where"]) == ("social_worker", "a test")
    assert entry["known_on"] == date(2026, 2, 1)


def test_each_child_named_in_a_list_is_a_sight(world: KnownWorld) -> None:
    with looking(world.people[0]) as viewer:
        lists = (
            [line.child_id for line in children_of_agency(viewer)],
            [line.child_id for line in obligations_due(viewer)],
            [line.child_id for line in alerts_to_read(viewer)],
        )
    assert all(lists)
    assert {act for act, *_ in written()} == {"list"}
    assert {child for *_, child in written()} == {child for each in lists for child in each}


@pytest.mark.parametrize("name", OF_ONE_CHILD)
def test_a_query_that_nobody_records_fails(world: KnownWorld, name: str) -> None:
    viewer = viewer_of(world.people[0])
    token = open_session(by=viewer.actor, person_id=viewer.person_id)
    with transaction.atomic():
        present_token(by=viewer, token=token)
        with pytest.raises(UnrecordedSight, match="recording"):
            OF_ONE_CHILD[name](viewer, world.children[0])
    assert written() == []


@pytest.mark.parametrize("name", OF_ONE_CHILD)
def test_a_hidden_child_and_none_answer_alike(world: KnownWorld, name: str) -> None:
    """The clinic knows the first child only; the second is hidden from it."""
    clinic = world.people[4]
    with looking(clinic) as viewer:
        hidden = OF_ONE_CHILD[name](viewer, world.children[1])
        absent = OF_ONE_CHILD[name](viewer, uuid.uuid4())
    assert not hidden
    assert hidden == absent
    assert written() == [], "a sight is written only of what was shown"


def test_what_an_alert_cites_is_hidden_alike(world: KnownWorld) -> None:
    with looking(world.people[4]) as viewer:
        hidden = entries_by_ref(viewer, world.children[1], events(world))
        assert hidden == entries_by_ref(viewer, uuid.uuid4(), events(world)) == {}
    assert written() == []


def test_no_sight_survives_a_transaction_that_fails(world: KnownWorld) -> None:
    def look_and_fail() -> None:
        with looking(world.people[0]) as viewer:
            timeline(viewer, world.children[0])
            raise LookupError

    with pytest.raises(LookupError):
        look_and_fail()
    assert written() == []


def test_a_sight_is_taken_back_with_the_page_that_failed_after_it(world: KnownWorld) -> None:
    with looking(world.people[0]) as viewer:
        timeline(viewer, world.children[0])
        transaction.set_rollback(True)
    assert written() == []


def test_a_refusal_stays_although_the_transaction_does_not(world: KnownWorld) -> None:
    viewer = viewer_of(world.people[3])
    child = world.children[1]
    with transaction.atomic():
        record(by=viewer.actor, notes=[Note(act=Act.SEE, what="timeline", child_id=child)])
        refused = Note(act=Act.REFUSE, what="GET child", reason="not found", child_id=child)
        record_refusal(by=viewer.actor, note=refused)
        transaction.set_rollback(True)
    assert written() == []
    [entry] = entries("refuse")
    assert (entry["reason"], entry["child_id"]) == ("not found", child)


def test_a_recording_inside_a_recording_writes_its_own(world: KnownWorld) -> None:
    with looking(world.people[0]) as viewer:
        timeline(viewer, world.children[0])
        with recording("inside"):
            banner(viewer, world.children[0])
    said = {row["what"]: row["where"] for row in entries("see")}
    assert said == {"timeline": "a test", "identity": "inside"}


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Asia/Tokyo"])
def test_a_leaf_is_made_again_from_the_row(database: None, zone: str) -> None:
    """From the row as the database gives it, to a client in any time zone."""
    whole = Note(
        act=Act.EXPORT,
        what="timeline “O’Neill”",
        child_id=uuid.uuid4(),
        subject_record_id=7,
        where="child",
        purpose="a strategy discussion",
        reason="asked",
        known_on=date(2026, 2, 1),
        request_id=uuid.uuid4(),
        detail={"rows": 2, "b": [1.5, None], "a": {"2": "x", "10": "y"}, "sent": True},
    )
    record(by=TESTER, notes=[whole, Note(act=Act.SEE, what="nothing else")])
    for row in entries():
        row["at"] = row["at"].astimezone(ZoneInfo(zone))
        assert leaf_of(AuditEntry(**row)) == leaves()["entry", str(row["id"])]


def test_a_leaf_is_of_every_word(database: None) -> None:
    record(by=TESTER, notes=[Note(act=Act.SEE, what="timeline", detail={"rows": 2})])
    [row] = entries()
    other = {
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "known_on": date(2026, 1, 1),
        "detail": json.loads('{"rows": 3}'),
        "salt": b"y" * 16,
    }
    leaf = leaves()["entry", str(row["id"])]
    for name in row:
        changed = AuditEntry(**(row | {name: other.get(name, "other")}))
        assert leaf_of(changed) != leaf, name
