"""Which child is meant by somebody who keeps people apart, and may not see whom it is."""

import uuid

from django.db import connection

from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action


@action
def child_meant(*, by: Viewer, said: str) -> uuid.UUID | None:
    """The child whose reference, or whose number at the viewer's own agency, this is.

    Nothing for a child who is hidden from the viewer, who does not exist, or whom the agency has
    no record of. That nothing was found is written down as a refusal.
    """
    number = said.strip()
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_governed_child(%s, %s)", [_reference(number), number])
        found: uuid.UUID | None = cursor.fetchone()[0]
    if found is None:
        note = Note(act=Act.REFUSE, what="named a child", reason="The agency has no such record.")
        record(by=by.actor, notes=[note])
    return found


def _reference(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
