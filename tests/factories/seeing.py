"""All that everybody sees of a world: every page, every right behind it, and what is exported."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch

from keepsight.agencies.models import Person
from keepsight.chronology.extract import LINKS
from tests.factories.browsing import signed_in
from tests.factories.known_world import KnownWorld
from tests.factories.page_oracle import CHECKS
from tests.factories.roles import acting_as, looking
from tests.factories.sights import KEYS
from tests.factories.visiting import Visit

RIGHTS = {**KEYS, "identity_link": "subject_record_id, child_id, agency_id, tier, decided_by",
          "access_subjectplace": "*"}  # fmt: skip
"""What each may read of each table; a link that is stated again has another id."""
ABOUT_LINKS = ("links", "asked-records")
NONCE = re.compile(r'nonce="[^"]+"')


def everything(
    world: KnownWorld,
    question: int,
    concerned: Sequence[uuid.UUID],
    visitors: Sequence[Person] | None = None,
) -> dict[object, Any]:
    """Every page for everybody, or for some `visitors`, and everybody's rights behind them.

    A question about links is among them, and every page about one of the children `concerned`.
    """
    found: dict[object, Any] = {}
    for person in world.people if visitors is None else visitors:
        visit = Visit(world, person, signed_in(person))
        for name in (*CHECKS, *ABOUT_LINKS):
            opened = _opened(visit, name)
            for child in () if opened else concerned:
                opened |= _opened(visit, name, child)
            found |= opened
        for child in world.children:
            found |= _opened(visit, "child", child)
        found |= _opened(visit, "link-question", question)
    return found | rights(world)


def rights(world: KnownWorld) -> dict[object, Any]:
    """Every row that each may read, and what the night takes out of how things stand."""
    found: dict[object, Any] = {}
    for person in world.people:
        found |= _rights(person)
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(LINKS)
        found["export"] = sorted(str(row[:3]) for row in cursor.fetchall() if row[4] is None)
    return found


def _opened(visit: Visit, name: str, *arguments: object) -> dict[object, Any]:
    try:
        status, text = visit.get(name, *arguments)
    except NoReverseMatch:
        return {}
    return {(visit.person.email, name, arguments): (status, NONCE.sub("", text))}


def _rights(person: Person) -> dict[object, Any]:
    found: dict[object, Any] = {}
    with looking(person), connection.cursor() as cursor:
        for table, columns in RIGHTS.items():
            now = "WHERE recorded_until IS NULL" if table == "identity_link" else ""
            cursor.execute(f"SELECT {columns} FROM {table} {now}")
            found[person.email, table] = sorted(map(str, cursor.fetchall()))
    return found
