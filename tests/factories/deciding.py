"""What the rule gives a person of a known world, and how what was given differs from it."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils import timezone

from keepsight.agencies.models import Person
from keepsight.kernel.looking import Held, Sight, Tie
from keepsight.kernel.visibility import Decision, Look, decide, purpose_of
from keepsight.kernel.vocabulary.categories import Category
from tests.factories.known_world import KnownWorld, Row

LEAST = {"chronology_event": Sight.SUMMARY}
"""What the rule must give for a row of the table to be seen; content where nothing is said."""

WHERE = ("chronology_eventplace", "chronology_mention")
"""Tables that say where a child is: not seen where that is withheld."""


def selected(query: str) -> set[tuple[str, ...]]:
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
            if each.sight >= least and not (table in WHERE and each.withheld)
        ]
    return world.decided[key]


def look_at(world: KnownWorld, person: Person, child: uuid.UUID) -> Look:
    """What the rule asks of a child as a whole, whatever record."""
    held = Held(agency=0, category=Category.WHOLE, seals=tuple(world.seals[child]))
    viewer = world.onlooker(person, child)
    purpose = purpose_of(viewer.role)
    return Look(viewer=viewer, held=held, at=timezone.now(), purpose=purpose)


def reaching(world: KnownWorld, look: Look, child: uuid.UUID) -> list[Tie]:
    """The ties that reach the viewer, in a role in which they count."""
    found = []
    for tie in world.ties[child]:
        alone = replace(look, viewer=replace(look.viewer, ties=(tie,)))
        if alone.leads or alone.confers or alone.inspects or alone.broke_glass:
            found.append(tie)
    return found


def child_led(world: KnownWorld, person: Person, child: uuid.UUID) -> bool:
    look = look_at(world, person, child)
    return look.leads or look.inspects or look.broke_glass


def tied_by_name(world: KnownWorld, person: Person, child: uuid.UUID) -> bool:
    """Whether a tie in force names this very person, in a role in which it counts."""
    return bool(ties_by_name(world, person, child))


def ties_by_name(world: KnownWorld, person: Person, child: uuid.UUID) -> list[Tie]:
    look = look_at(world, person, child)
    hidden = look.excluded or (look.sealed and not look.listed)
    return [] if hidden else [t for t in reaching(world, look, child) if t.person == person.pk]
