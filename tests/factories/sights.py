"""Holding what the database gives a person against `kernel.visibility`, row by row."""

import itertools
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.utils import ProgrammingError

from keepsight.access.narrowing import narrowed_to
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.kernel.roles import Permission, Role
from keepsight.kernel.visibility import OWN_ROLES
from tests.factories.deciding import content_rows, differ, look_at, reaching, selected
from tests.factories.known_world import KnownWorld
from tests.factories.roles import looking
from tests.factories.sights_in_queries import children_differ, lists_differ

KEYS = {
    "identity_subjectrecord": "id",
    "identity_link": "id",
    "chronology_event": "id",
    "chronology_eventcontent": "event_id",
    "chronology_eventplace": "event_id",
    "chronology_mention": "event_id",
    "chronology_attendanceweek": "id",
    "detection_alert": "id",
    "detection_alertmet": "id",
    "detection_alertevidence": "id",
    "detection_alertdecision": "id",
    "casework_obligation": "id",
    "intake_quarantinedrow": "id",
}
"""Every table whose rows the rule speaks of, with its key."""

VIEWS = {"chronology_inforce": "chronology_event"}
KEPT = (
    "access_seal",
    "access_sealname",
    "access_protection",
    "oversight_lookrelease",
    "oversight_releaseentry",
    "oversight_snoopingsign",
)
"""What keeps people apart: for those who keep it, which nobody in these worlds does."""

NEVER = (
    "identity_decision",
    "identity_judgement",
    "identity_linkask",
    "identity_formerdetail",
    "identity_linkedpair",
    "identity_linkquestion",
    "identity_linkquestionrecord",
    "identity_namecount",
    "identity_agencycare",
    "identity_severance",
    "identity_unmatched",
    "access_accesssession",
    "access_breakglass",
    "access_staffhome",
    "audit_auditentry",
    "chronology_weekinforce",
)
"""What no page reads whole: the pages' role may not even ask for every column."""

EVERY_TABLE = (
    *KEYS,
    *VIEWS,
    "access_subjectplace",
    "access_tie",
    "access_exclusion",
    *KEPT,
    *NEVER,
)


def disagreements(world: KnownWorld) -> Iterator[str]:
    """Where the database and the rule differ, in either direction; none when they agree."""
    for check in (_rows, _narrowed, _scopes, lists_differ, children_differ):
        for person in world.people:
            with looking(person) as viewer:
                for each in check(world, person, viewer):
                    if each:
                        yield f"{person.email}: {each}"


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


def _rows(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    for table, key in KEYS.items():
        expected = {(row.ref,) for row in content_rows(world, person, table)}
        yield differ(table, selected(f"SELECT {key} FROM {table}"), expected)
    for view, table in VIEWS.items():
        expected = {(row.ref,) for row in content_rows(world, person, table) if row.latest}
        yield differ(view, selected(f"SELECT id FROM {view}"), expected)


def _narrowed(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    """Whoever says which child they ask about gets all of that child, and nothing more besides."""
    for child, in_a_list in itertools.product(world.children, (False, True)):
        with narrowed_to([child], in_a_list=in_a_list):
            for table, key in KEYS.items():
                allowed = {(row.ref,) for row in content_rows(world, person, table)}
                of_child = {
                    (row.ref,) for row in content_rows(world, person, table) if row.child == child
                }
                given = selected(f"SELECT {key} FROM {table}")
                yield differ(f"{table} narrowed", given, (given & allowed) | of_child)


def _scopes(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    """What access itself gives away: one's own agency's places, and one's own ties."""
    places = {
        (row.ref,)
        for row in content_rows(world, person, "identity_subjectrecord")
        if row.held.agency == person.agency_id and row.child
    }
    if Role(person.role) not in OWN_ROLES:
        places = set()
    given = selected("SELECT subject_record_id FROM access_subjectplace")
    yield differ("access_subjectplace", given, places)
    for table in KEPT:
        yield differ(table, selected(f"SELECT id FROM {table}"), ())
    apart = selected("SELECT person_id, child_id FROM access_exclusion")
    yield differ("access_exclusion", apart, _kept_apart(world, person))
    reached, manages = set(), Role(person.role).may(Permission.ALLOCATE)
    for child in world.children:
        look = look_at(world, person, child)
        if not look.excluded and not (look.sealed and not look.listed):
            reached |= {(str(child), tie.relation.value) for tie in reaching(world, look, child)}
    given = selected("SELECT child_id, relation FROM access_tie")
    if not manages:
        yield differ("access_tie", given, reached)


def _kept_apart(world: KnownWorld, person: Person) -> set[tuple[str, str]]:
    """Whom an agency's governance lead keeps from whom, but never that it is they themselves."""
    if not Role(person.role).may(Permission.KEEP_APART):
        return set()
    ours = {each.pk for each in world.people if each.agency_id == person.agency_id} - {person.pk}
    return {
        (str(who), str(child))
        for (who, child), held in world.excluded.items()
        if held and who in ours
    }
