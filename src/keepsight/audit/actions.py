"""Writing down who looked, who changed, and who was refused."""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.models import Act, AuditEntry
from keepsight.audit.writing import action


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


def _insert(by: Actor, notes: Iterable[Note], *, using: str) -> int:
    entries = [_entry(by, note) for note in notes]
    AuditEntry.objects.using(using).bulk_create(entries, batch_size=1000)
    return len(entries)


def _entry(by: Actor, note: Note) -> AuditEntry:
    entry = AuditEntry(
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
    entry.leaf = leaf_of(entry)
    return entry


def leaf_of(entry: AuditEntry) -> bytes:
    """SHA-256 over the salt and every word of the entry, in canonical JSON.

    The bytes are the same before the entry is written and after it is read back, by whatever
    client and in whatever time zone: times are said in UTC, keys as JSON has them.
    """
    unsaid = {"salt", "leaf", "tree_index"}
    names = [f.attname for f in entry._meta.concrete_fields if f.attname not in unsaid]
    said = json.dumps({name: _canonical(getattr(entry, name)) for name in names}, sort_keys=True)
    return hashlib.sha256(bytes(entry.salt) + said.encode()).digest()


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return json.loads(json.dumps(value))
    return value
