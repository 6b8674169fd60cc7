"""Writing down who looked, who changed, and who was refused."""

import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, connections
from django.utils import timezone
from psycopg.types.json import Jsonb

from keepsight.audit.actor import Actor
from keepsight.audit.leaves import COLUMNS, ENTRIES, leaf_of
from keepsight.audit.models import Act, AuditEntry
from keepsight.audit.writing import action

MOST = 1_000
"""Entries in one statement."""
ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
WRITE = f"""
WITH pushed AS (
  INSERT INTO audit_inbox (source, ref, leaf)
  SELECT '{ENTRIES.name}', * FROM unnest(%s::text[], %s::bytea[]))
INSERT INTO audit_auditentry ({", ".join(f'"{each.name}"' for each in COLUMNS)}) VALUES {{}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an entry says beside who and when."""

    act: Act
    what: str
    child_id: uuid.UUID | None = None
    subject_record_id: int | None = None
    where: str = ""
    purpose: str = ""
    reason: str = ""
    known_on: date | None = None
    request_id: uuid.UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@action
def record(*, by: Actor, notes: Iterable[Note]) -> int:
    """Write entries in the caller's transaction, in one statement; returns how many."""
    return _insert(by, notes, using="default")


@action
def record_refusal(*, by: Actor, note: Note) -> None:
    """Write a refusal through a connection of its own, so that no rollback can take it back."""
    using = "refusals" if "refusals" in connections else "default"
    _insert(by, [note], using=using)


@action
def push_leaves(*, by: Actor, source: str, select: str, values: Mapping[str, Any]) -> None:
    """Give rows just written a leaf each, in the caller's transaction and in one statement.

    `select` is SQL of the calling room that gives each row's id as text, and its leaf.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_inbox (source, ref, leaf) SELECT %(source)s, p.* FROM ({select}) p",
            {"source": source, **values},
        )


def _insert(by: Actor, notes: Iterable[Note], *, using: str) -> int:
    """Entries and their leaves in one statement: neither is ever there without the other."""
    entries = [_entry(by, note) for note in notes]
    for start in range(0, len(entries), MOST):
        rows = [(str(each.pk), leaf_of(each), each) for each in entries[start : start + MOST]]
        values = [value for _, _, each in rows for value in _values(each)]
        with connections[using].cursor() as cursor:
            cursor.execute(
                WRITE.format(", ".join([ROW] * len(rows))),
                [[ref for ref, _, _ in rows], [leaf for _, leaf, _ in rows], *values],
            )
    return len(entries)


def _values(entry: AuditEntry) -> Iterator[Any]:
    for column in COLUMNS:
        value = getattr(entry, column.name)
        yield Jsonb(value) if column.kind == "json" else value


def _entry(by: Actor, note: Note) -> AuditEntry:
    return AuditEntry(
        at=timezone.now(),
        act=note.act,
        actor_name=by.name,
        person_id=by.person_id,
        agency_id=by.agency_id,
        area_id=by.area_id,
        role=by.role,
        child_id=note.child_id,
        subject_record_id=note.subject_record_id,
        what=note.what,
        where=note.where,
        purpose=note.purpose,
        reason=note.reason,
        known_on=note.known_on,
        request_id=note.request_id,
        detail=note.detail,
        salt=os.urandom(16),
    )
