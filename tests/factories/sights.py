"""Holding what the database gives a person against `kernel.visibility`, row by row."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.utils import ProgrammingError

from keepsight.access.queries import involvements, relations
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.casework.queries import obligations_due, obligations_of
from keepsight.chronology.queries import attendance, banner, entries_by_ref, events_of, timeline
from keepsight.detection.queries import alerts_of, alerts_to_read
from keepsight.identity.queries import children_of_agency, links_of, names_of
from keepsight.intake.queries import quarantined
from keepsight.kernel.visibility import Sight, decide
from keepsight.kernel.vocabulary.agencies import AgencyKind, Role
from tests.factories.known_world import KnownWorld, Row
from tests.factories.roles import looking

KEYS = {
    "identity_subjectrecord": "id",
    "identity_link": "id",
    "chronology_event": "id",
    "chronology_eventcontent": "event_id",
    "chronology_attendanceweek": "id",
    "detection_alert": "id",
    "detection_alertevidence": "id",
    "casework_obligation": "id",
    "intake_quarantinedrow": "id",
}
"""Every table whose rows the rule speaks of, with its key."""

VIEWS = {"chronology_inforce": "chronology_event"}
SCOPES = ("access_subjectscope", "access_childscope")
NEVER = (
    "identity_notthesame",
    "access_accesssession",
    "audit_auditentry",
    "chronology_weekinforce",
)
"""What no page reads: the pages' role may not even ask. (Weeks are counts to it, never marks.)"""

EVERY_TABLE = (*KEYS, *VIEWS, *SCOPES, *NEVER)


def disagreements(world: KnownWorld) -> list[str]:
    """Where the database and the rule differ, in either direction; empty when they agree."""
    found: list[str] = []
    for person in world.people:
        with looking(person) as viewer:
            checks = (*_rows(world, person), *_scopes(world, person), *_lists(world, viewer))
            for child in world.children:
                checks = (*checks, *_child(world, person, viewer, child))
        found += [f"{person.email}: {each}" for each in checks if each]
    return found


def rows_without(token: str | None) -> dict[str, int]:
    """How many rows each table gives under a token that should open nothing."""
    return {table: len(_given(table, KEYS.get(table, "1"), token)) for table in EVERY_TABLE}


def _given(table: str, columns: str, token: str | None) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        if token is not None:
            cursor.execute("SELECT set_config('keepsight.token', %s, true)", [token])
        try:
            with transaction.atomic():
                cursor.execute(f"SELECT {columns} FROM {table}")
                return list(cursor.fetchall())
        except ProgrammingError as refused:
            if "permission denied" not in str(refused):
                raise
            return []


def _select(query: str) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {tuple(str(value) for value in row) for row in cursor.fetchall()}


def _differ(what: str, given: Iterable[Any], expected: Iterable[Any]) -> str:
    leaked, denied = set(given) - set(expected), set(expected) - set(given)
    said = [f"leaked {leaked}"] if leaked else []
    said += [f"denied {denied}"] if denied else []
    return f"{what}: {', '.join(said)}" if said else ""


def _seen(world: KnownWorld, person: Person, row: Row) -> Sight:
    return decide(world.onlooker(person, row.child), row.held).sight


def _content(world: KnownWorld, person: Person, table: str) -> list[Row]:
    rows = [row for row in world.rows if row.table == table]
    return [row for row in rows if _seen(world, person, row) is Sight.CONTENT]


def _rows(world: KnownWorld, person: Person) -> Iterator[str]:
    for table, key in KEYS.items():
        expected = {(row.ref,) for row in _content(world, person, table)}
        yield _differ(table, _select(f"SELECT {key} FROM {table}"), expected)
    for view, table in VIEWS.items():
        expected = {(row.ref,) for row in _content(world, person, table) if row.latest}
        yield _differ(view, _select(f"SELECT id FROM {view}"), expected)


def _scopes(world: KnownWorld, person: Person) -> Iterator[str]:
    """A scope tells of the record that it is about: only what the rule lets be known."""
    expected = set()
    for row in (row for row in world.rows if row.table == "identity_subjectrecord"):
        onlooker = world.onlooker(person, row.child)
        apart = replace(onlooker, relations=frozenset())
        if decide(apart, row.held).sight is Sight.EXISTENCE:
            expected.add((row.ref, "existence"))
        if decide(onlooker, row.held).rule == "social_care":
            expected.add((row.ref, "content"))
    given = _select("SELECT subject_record_id, level FROM access_subjectscope")
    yield _differ("access_subjectscope", given, expected)
    onlookers = {child: world.onlooker(person, child) for child in world.children}
    own = {
        (str(child), relation.value)
        for child, onlooker in onlookers.items()
        for relation in onlooker.relations
        if onlooker.role is Role.SOCIAL_WORKER
        and onlooker.agency_kind is AgencyKind.CHILDRENS_SOCIAL_CARE
    }
    given = _select("SELECT child_id, relation FROM access_childscope")
    yield _differ("access_childscope", given, own)


def _lists(world: KnownWorld, viewer: Viewer) -> Iterator[str]:
    person = next(each for each in world.people if each.pk == viewer.person_id)
    links = [row for row in _content(world, person, "identity_link") if row.child]
    named = names_of(viewer, world.children)
    yield _differ("names_of", named, {row.child for row in links})
    own = {row.child for row in links if row.held.agency == viewer.agency_id}
    if viewer.role is Role.INSPECTOR:
        own = set()
    mine = {line.child_id for line in children_of_agency(viewer, limit=1000)}
    yield _differ("children_of_agency", mine, own)
    alerts = {row.ref for row in _content(world, person, "detection_alert")}
    lines = alerts_to_read(viewer, limit=1000)
    yield _differ("alerts_to_read", {str(line.alert_id) for line in lines}, alerts)
    cited = len(_content(world, person, "detection_alertevidence"))
    yield _differ("evidence counted", {sum(line.events for line in lines)}, {cited})
    due = {row.ref for row in _content(world, person, "casework_obligation")}
    given = {str(line.obligation_id) for line in obligations_due(viewer, limit=1000)}
    yield _differ("obligations_due", given, due)
    held_back = len(_content(world, person, "intake_quarantinedrow"))
    yield _differ("quarantined", {len(quarantined(viewer, limit=1000))}, {held_back})


def _child(world: KnownWorld, person: Person, viewer: Viewer, child: uuid.UUID) -> Iterator[str]:
    def content(table: str) -> list[Row]:
        return [row for row in _content(world, person, table) if row.child == child]

    facts = content("chronology_event")
    told = {row.ref for row in facts if row.latest and not row.details}
    weeks = {f"week:{row.ref}" for row in content("chronology_attendanceweek")}
    links = {row.ref for row in content("identity_link")}
    yield _differ("timeline", {entry.ref for entry in timeline(viewer, child)}, told)
    events = {known.event.id for known in events_of(viewer, child)}
    yield _differ("events_of", events, told | weeks)
    yield _differ("attendance", {week.ref for week in attendance(viewer, child)}, weeks)
    yield _differ("links_of", {str(link.pk) for link in links_of(viewer, child)}, links)
    found = banner(viewer, child)
    yield _differ("banner", {len(found.records) if found else 0}, {len(links)})
    every_ref = {row.ref for row in world.rows if row.table == "chronology_event"}
    every_ref |= {f"week:{r.ref}" for r in world.rows if r.table == "chronology_attendanceweek"}
    cited = entries_by_ref(viewer, child, every_ref)
    yield _differ("entries_by_ref", cited, {row.ref for row in facts} | weeks)
    alerts = {str(alert.alert_id) for alert in alerts_of(viewer, child)}
    yield _differ("alerts_of", alerts, {row.ref for row in content("detection_alert")})
    owed = {str(line.obligation_id) for line in obligations_of(viewer, child)}
    yield _differ("obligations_of", owed, {row.ref for row in content("casework_obligation")})
    yield _involvement(world, person, viewer, child)
    onlooker = world.onlooker(person, child)
    ours = onlooker.relations if onlooker.role is Role.SOCIAL_WORKER else ()
    yield _differ("relations", {len(relations(viewer, child))}, {len(ours)})


def _involvement(world: KnownWorld, person: Person, viewer: Viewer, child: uuid.UUID) -> str:
    """Exactly those whose existence may be known are named; content implies existence."""
    given = {each.agency for each in involvements(viewer, child)}
    names = {agency.pk: agency.name for agency in world.agencies.values()}
    sights: dict[str, Sight] = {}
    for row in world.rows:
        if row.table == "identity_link" and row.child == child:
            sights[names[row.held.agency]] = _seen(world, person, row)
    must = {name for name, sight in sights.items() if sight is Sight.EXISTENCE}
    may = {name for name, sight in sights.items() if sight is not Sight.NOTHING}
    return _differ("involvements", given, (given & may) | must)
