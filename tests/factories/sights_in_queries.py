"""Holding what queries give a person, in lists and of each child, against `kernel.visibility`."""

import uuid
from collections.abc import Iterator

from django.utils import timezone

from keepsight.access.masking import agency_named
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
from keepsight.kernel.looking import Sight
from keepsight.kernel.roles import Permission
from keepsight.kernel.visibility import OWN_ROLES
from keepsight.kernel.vocabulary.content.base import Tier
from tests.factories.deciding import (
    child_led,
    content_rows,
    decision,
    differ,
    look_at,
    reaching,
    selected,
    ties_by_name,
)
from tests.factories.known_world import KnownWorld, Row


def lists_differ(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
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
    yield differ("identity_led", selected(asked), others)
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
        for tie in ties_by_name(world, person, child)
    }
    ties = {(tie.child_id, tie.relation) for tie in own_ties(viewer, limit=1000)}
    yield differ("own_ties", ties, personal)
    held_back = len(content_rows(world, person, "intake_quarantinedrow"))
    yield differ("quarantined", {len(quarantined(viewer, limit=1000))}, {held_back})


def children_differ(world: KnownWorld, person: Person, viewer: Viewer) -> Iterator[str]:
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
    look = look_at(world, person, child)
    hidden = look.excluded or (look.sealed and not look.listed)
    reached = [] if hidden else reaching(world, look, child)
    ties = {(tie.relation, tie.team, tie.person, tie.span.until) for tie in reached}
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
    given = selected(f"SELECT unnest(casework_withheld(ARRAY['{child}'::uuid]))")
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
