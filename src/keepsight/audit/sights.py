"""Reading is an act: queries say whom they showed, and it is written before anything is released.

A query calls `saw` for every child whose record it returns. Whoever runs queries opens a
`recording`: at its end all sights are written in one statement, in the same transaction. A query
outside a recording fails: there is no unrecorded way to look.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.crypto import salted_hmac

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act


class UnrecordedSight(RuntimeError):
    """A child's record was about to be shown with nothing to write that down."""


@dataclass(slots=True)
class _Recording:
    where: str
    request_id: uuid.UUID | None
    notes: dict[tuple[Actor, uuid.UUID | None, Act, str, object], Note] = field(
        default_factory=dict
    )


_recording: ContextVar[_Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(where: str, request_id: uuid.UUID | None = None) -> Iterator[None]:
    """Collect the sights of the queries inside; write them at the end, unless it failed.

    A transaction that is to be rolled back releases nothing, and there is no sight to write.
    """
    opened = _Recording(where, request_id)
    token = _recording.set(opened)
    try:
        yield
    finally:
        _recording.reset(token)
    if not connection.needs_rollback:
        _write(opened)


def saw(
    *,
    by: Actor,
    child_id: uuid.UUID,
    what: str,
    act: Act = Act.SEE,
    known_on: date | None = None,
) -> None:
    """Say that `by` is being shown `what` of a child; the same thing twice is one sight."""
    opened = _opened(what)
    opened.notes[by, child_id, act, what, known_on] = Note(
        act=act,
        what=what,
        child_id=child_id,
        where=opened.where,
        known_on=known_on,
        request_id=opened.request_id,
    )


def saw_rows(*, by: Actor, what: str, act: Act = Act.SEE) -> None:
    """Say that `by` is being shown rows of which nobody knows yet which child they are about."""
    opened = _opened(what)
    opened.notes[by, None, act, what, None] = Note(
        act=act, what=what, where=opened.where, request_id=opened.request_id
    )


def searched(*, by: Actor, what: str, words: str, found: int) -> None:
    """Say that `by` looked for somebody, found or not. Each word is written down as a keyed hash.

    So the log does not say a name, and whoever holds the key can still tell whether somebody was
    looked for.
    """
    hashes = tuple(keyed_hash(word) for word in words.casefold().split())
    opened = _opened(what)
    opened.notes[by, None, Act.SEARCH, what, hashes] = Note(
        act=Act.SEARCH,
        what=what,
        where=opened.where,
        request_id=opened.request_id,
        detail={"words": list(hashes), "found": found},
    )


def keyed_hash(word: str) -> str:
    """The same for the same word, and of no use to whoever has not our secret key."""
    return salted_hmac("keepsight.audit.searched", word, algorithm="sha256").hexdigest()


def _opened(what: str) -> _Recording:
    opened = _recording.get()
    if opened is None:
        raise UnrecordedSight(f"{what}: open audit.sights.recording around queries about a child.")
    return opened


def _write(opened: _Recording) -> None:
    by_actor: dict[Actor, list[Note]] = {}
    for (actor, *_), note in opened.notes.items():
        by_actor.setdefault(actor, []).append(note)
    for actor, notes in by_actor.items():
        record(by=actor, notes=notes)
