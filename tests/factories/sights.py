"""Holding what the database gives a person against `kernel.visibility`, row by row."""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from keepsight.access.masking import agency_named
from keepsight.access.narrowing import narrowed_to
from keepsight.access.queries import (
    has_relation,
    involvements,
    known,
    own_ties,
    relations,
    withheld,
)
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.casework.queries import obligations_due, obligations_of
from keepsight.chronology.queries import attendance, banner, entries_by_ref, events_of, timeline
from keepsight.detection.queries import alerts_of, alerts_to_read
from keepsight.identity.queries import children_of_agency, links_of, names_of
from keepsight.intake.queries import quarantined
from keepsight.kernel.looking import Held, Sight, Tie
from keepsight.kernel.roles import Permission, Role
from keepsight.kernel.visibility import OWN_ROLES, Decision, Look, decide, purpose_of
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Tier
from tests.factories.known_world import KnownWorld, Row
from tests.factories.roles import looking

KEYS = {
    "identity_subjectrecord": "id",
    "identity_link": "id",
    "chronology_event": "id",
    "chronology_eventcontent": "event_id",
    "chronology_eventplace": "event_id",
    "chronology_attendanceweek": "id",
    "detection_alert": "id",
    "detection_alertevidence": "id",
    "casework_obligation": "id",
    "intake_quarantinedrow": "id",
}
"""Every table whose rows the rule speaks of, with its key."""

LEAST = {"chronology_event": Sight.SUMMARY}
"""What the rule must give for a row of the table to be seen; content where nothing is said."""

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
    "identity_formernumber",
    "identity_linkedpair",
    "identity_linkquestion",
    "identity_linkquestionrecord",
    "identity_namecount",
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
    for check in (_rows, _narrowed, _scopes, _lists, _children):
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


def _select(query: str) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {tuple(str(value) for value in row) for row in cursor.fetchall()}


def differ(what: str, given: Iterable[Any], expected: Iterable[Any]) -> str:
    leaked, denied = set(given) - set(expected), set(expected) - set(given)
    said = [f"leaked {leaked}"] if leaked else []
    said += [f"denied {denied}"] if denied else []
    return f"{what}: {', '.join(said)}" if said else ""


def decision(world: KnownWorld, person: Person, row: Row) -> Decision:
    return decide(world.onlooker(person, row.child), world.held(row), timezone.now())


def content_rows(world: KnownWorld, person: Person, table: str) -> list[Row]:
    """The rows of a table that the rule lets the person see."""
    key = (person.pk, table)
    if key not in world.decided:
        least = LEAST.get(table, Sight.CONTENT)
        rows = [row for row in world.rows if row.table == table]
        decided = [(row, decision(world, person, row)) for row in rows]
        world.decided[key] = [
            row
            for row, each in decided
            if each.sight >= least and not (table == "chronology_eventplace" and each.withheld)
        ]
    return world.decided[key]


def _rows(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    for table, key in KEYS.items():
        expected = {(row.ref,) for row in content_rows(world, person, table)}
        yield differ(table, _select(f"SELECT {key} FROM {table}"), expected)
    for view, table in VIEWS.items():
        expected = {(row.ref,) for row in content_rows(world, person, table) if row.latest}
        yield differ(view, _select(f"SELECT id FROM {view}"), expected)


def _narrowed(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    """Whoever says which child they ask about gets all of that child, and nothing more besides."""
    for child, in_a_list in itertools.product(world.children, (False, True)):
        with narrowed_to([child], in_a_list=in_a_list):
            for table, key in KEYS.items():
                allowed = {(row.ref,) for row in content_rows(world, person, table)}
                of_child = {
                    (row.ref,) for row in content_rows(world, person, table) if row.child == child
                }
                given = _select(f"SELECT {key} FROM {table}")
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
    given = _select("SELECT subject_record_id FROM access_subjectplace")
    yield differ("access_subjectplace", given, places)
    for table in KEPT:
        yield differ(table, _select(f"SELECT id FROM {table}"), ())
    apart = _select("SELECT person_id, child_id FROM access_exclusion")
    yield differ("access_exclusion", apart, _kept_apart(world, person))
    reached, manages = set(), Role(person.role).may(Permission.ALLOCATE)
    for child in world.children:
        look = _look(world, person, child)
        if not look.excluded and not (look.sealed and not look.listed):
            reached |= {(str(child), tie.relation.value) for tie in _reaching(world, look, child)}
    given = _select("SELECT child_id, relation FROM access_tie")
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


def _look(world: KnownWorld, person: Person, child: uuid.UUID) -> Look:
    """What the rule asks of a child as a whole, whatever record."""
    held = Held(agency=0, category=Category.WHOLE, seals=tuple(world.seals[child]))
    viewer = world.onlooker(person, child)
    purpose = purpose_of(viewer.role)
    return Look(viewer=viewer, held=held, at=timezone.now(), purpose=purpose)


def _reaching(world: KnownWorld, look: Look, child: uuid.UUID) -> list[Tie]:
    """The ties that reach the viewer, in a role in which they count."""
    found = []
    for tie in world.ties[child]:
        alone = replace(look, viewer=replace(look.viewer, ties=(tie,)))
        if alone.leads or alone.confers or alone.inspects or alone.broke_glass:
            found.append(tie)
    return found


def _lists(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    links = [row for row in content_rows(world, person, "identity_link") if row.child]
    named = names_of(viewer, world.children)
    yield differ("names_of", named, {row.child for row in links})
    own = {row.child for row in links if row.held.agency == viewer.agency_id}
    finds = viewer.may(Permission.FIND_CHILD)
    mine = {line.child_id for line in children_of_agency(viewer, limit=1000)}
    yield differ("children_of_agency", mine, own if finds else ())
    led = {row.child for row in links if row.child and child_led(world, person, row.child)}
    others = {
        (row.ref,)
        for row in content_rows(world, person, "identity_subjectrecord")
        if row.child in led and row.held.agency != viewer.agency_id
    }
    asked = "SELECT subject FROM identity_led('exam', 'exam', NULL, NULL, 1000)"
    yield differ("identity_led", _select(asked), others)
    for search in ("exam", "Exampel"):
        found = {line.child_id for line in children_of_agency(viewer, search=search, limit=1000)}
        wanted = own | led if search == "exam" else own
        yield differ(f"search {search}", found, wanted if finds else ())
    alerts = {row.ref for row in content_rows(world, person, "detection_alert")}
    lines = alerts_to_read(viewer, limit=1000)
    yield differ("alerts_to_read", {str(line.alert_id) for line in lines}, alerts)
    cited = len(content_rows(world, person, "detection_alertevidence"))
    yield differ("evidence counted", {sum(line.events for line in lines)}, {cited})
    due = {row.ref for row in content_rows(world, person, "casework_obligation")}
    given = {str(line.obligation_id) for line in obligations_due(viewer, limit=1000)}
    yield differ("obligations_due", given, due)
    personal = {
        (child, tie.relation.in_words)
        for child in world.children
        for tie in _by_name(world, person, child)
    }
    ties = {(tie.child_id, tie.relation) for tie in own_ties(viewer, limit=1000)}
    yield differ("own_ties", ties, personal)
    held_back = len(content_rows(world, person, "intake_quarantinedrow"))
    yield differ("quarantined", {len(quarantined(viewer, limit=1000))}, {held_back})


def child_led(world: KnownWorld, person: Person, child: uuid.UUID) -> bool:
    look = _look(world, person, child)
    return look.leads or look.inspects or look.broke_glass


def tied_by_name(world: KnownWorld, person: Person, child: uuid.UUID) -> bool:
    """Whether a tie in force names this very person, in a role in which it counts."""
    return bool(_by_name(world, person, child))


def _by_name(world: KnownWorld, person: Person, child: uuid.UUID) -> list[Tie]:
    look = _look(world, person, child)
    hidden = look.excluded or (look.sealed and not look.listed)
    return [] if hidden else [t for t in _reaching(world, look, child) if t.person == person.pk]


def _children(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
    for child in world.children:
        yield from _child(world, person, viewer, child)


def _child(world: KnownWorld, person: Person, viewer: Viewer, child: uuid.UUID) -> Iterator[str]:
    def content(table: str) -> list[Row]:
        return [row for row in content_rows(world, person, table) if row.child == child]

    facts = content("chronology_event")
    whole = {row.ref for row in content("chronology_eventcontent")}
    told = {row.ref for row in facts if row.latest and not row.details}
    weeks = {f"week:{row.ref}" for row in content("chronology_attendanceweek")}
    links = {row.ref for row in content("identity_link")}
    entries = timeline(viewer, child)
    yield differ("timeline", {entry.ref for entry in entries}, told)
    summaries = {entry.ref for entry in entries if entry.in_summary}
    yield differ("summaries", summaries, told - whole)
    events = {known.event.id for known in events_of(viewer, child)}
    yield differ("events_of", events, (told & whole) | weeks)
    yield differ("attendance", {week.ref for week in attendance(viewer, child)}, weeks)
    yield differ("links_of", {str(link.pk) for link in links_of(viewer, child)}, links)
    found = banner(viewer, child)
    yield differ("banner", {len(found.records) if found else 0}, {len(links)})
    every_ref = {row.ref for row in world.rows if row.table == "chronology_event"}
    every_ref |= {f"week:{r.ref}" for r in world.rows if r.table == "chronology_attendanceweek"}
    cited = entries_by_ref(viewer, child, every_ref)
    yield differ("entries_by_ref", cited, {row.ref for row in facts} | weeks)
    alerts = {str(alert.alert_id) for alert in alerts_of(viewer, child)}
    yield differ("alerts_of", alerts, {row.ref for row in content("detection_alert")})
    owed = {str(line.obligation_id) for line in obligations_of(viewer, child)}
    yield differ("obligations_of", owed, {row.ref for row in content("casework_obligation")})
    yield _involvement(world, person, viewer, child)
    yield from _of_the_child(world, person, viewer, child)


def _of_the_child(
    world: KnownWorld, person: Person, viewer: Viewer, child: uuid.UUID
) -> Iterator[str]:
    look = _look(world, person, child)
    hidden = look.excluded or (look.sealed and not look.listed)
    reaching = [] if hidden else _reaching(world, look, child)
    ties = {(tie.relation, tie.team, tie.person, tie.span.until) for tie in reaching}
    yield differ("relations", {len(relations(viewer, child))}, {len(ties)})
    led = not hidden and look.leads
    yield differ("has_relation", {has_relation(viewer, child)}, {led})
    own = any(
        row.child == child and row.held.agency == viewer.agency_id
        for row in world.rows
        if row.table == "identity_link" and row.held.tier is not Tier.SEALED
    )
    visible = not hidden and bool(ties or look.listed or (own and viewer.role in OWN_ROLES))
    yield differ("known", {known(viewer, child)}, {visible})
    protected = any(span.holds(timezone.now()) for span in world.protected[child])
    there = any(row.child == child for row in world.rows if row.table == "identity_link")
    kept = visible and protected and there
    yield differ("withheld", {withheld(viewer, child)}, {kept})
    owed = viewer.role in OWN_ROLES and any(
        row.child == child and row.held.agency == viewer.agency_id
        for row in world.rows
        if row.table == "casework_obligation"
    )
    listed = protected and there and not hidden and (visible or owed)
    given = _select(f"SELECT unnest(casework_withheld(ARRAY['{child}'::uuid]))")
    yield differ("withheld in a list", given, {(str(child),)} if listed else ())


def _involvement(world: KnownWorld, person: Person, viewer: Viewer, child: uuid.UUID) -> str:
    """Exactly those whose existence may be known are named; content implies existence."""
    given = {each.agency for each in involvements(viewer, child)}
    masked = withheld(viewer, child)
    names = {
        agency.pk: agency_named(
            agency.name, agency.kind, masked=masked and agency.pk != viewer.agency_id
        )
        for agency in world.agencies.values()
    }
    sights: dict[str, Sight] = {}
    for row in world.rows:
        if row.table == "identity_link" and row.child == child:
            sight = decision(world, person, row).sight
            name = names[row.held.agency]
            sights[name] = max(sight, sights.get(name, Sight.NOTHING))
    must = {name for name, sight in sights.items() if sight is Sight.EXISTENCE}
    may = {name for name, sight in sights.items() if sight is not Sight.NOTHING}
    return differ("involvements", given, (given & may) | must)
