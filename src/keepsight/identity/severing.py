"""Cutting an old identity from a new one, after an adoption or to protect somebody: for good."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.audit.writing import action
from keepsight.kernel.reviewing import LEAST_REASON
from keepsight.kernel.roles import Permission
from keepsight.kernel.vocabulary.content.base import Tier


class SeveringRefused(ValueError):
    """Nothing was severed; the message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class SeverableRecord:
    """One record of a child, by whose it is and since when: no name stands here."""

    subject: int
    agency: str
    key: str
    first_received: datetime


def severable(viewer: Viewer, child_id: uuid.UUID) -> list[SeverableRecord]:
    """The records of a child among which the viewer may say which are of the new identity."""
    if not viewer.may(Permission.SEVER):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM identity_severable(%s)", [child_id])
        rows = cursor.fetchall()
    agencies = Agency.objects.in_bulk({row[1] for row in rows})
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="which agencies have a record")
    return [SeverableRecord(row[0], agencies[row[1]].name, row[2], row[3]) for row in rows]


@action
def sever(
    *, by: Viewer, child_id: uuid.UUID, new_identity: Sequence[int], reason: str
) -> uuid.UUID:
    """Make the named records a child of its own, whom nothing leads to; returns its reference.

    The entry in the log names neither child: it would join again what was cut.
    """
    if not by.may(Permission.SEVER):
        raise SeveringRefused("This is not for the role that you sign in with.")
    if len(reason.strip()) < LEAST_REASON:
        raise SeveringRefused("Say why, in a sentence: this cannot be undone.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT identity_sever(%s, %s, %s)", [child_id, list(new_identity), reason.strip()]
        )
        fresh: uuid.UUID | None = cursor.fetchone()[0]
    if fresh is None:
        raise SeveringRefused(
            "Choose at least one record of the new identity, and leave at least one with the old."
        )
    note = Note(
        act=Act.WRITE,
        what="severed an identity",
        reason=reason.strip(),
        detail={"tier": Tier.SEALED.value},
    )
    record(by=by.actor, notes=[note])
    return fresh
