"""Closing and opening accounts of one's own agency, from the pages.

The database itself checks who asks: only an information-governance lead, only about somebody else
of the same agency. It ends the person's sessions as the account closes.
"""

from django.db import connection

from keepsight.access.viewer import Viewer
from keepsight.agencies.actions import note_restored, note_suspended
from keepsight.agencies.suspending import PersonRefused, suspension
from keepsight.audit.writing import action

NOT_YOURS = "This account is not open, or not yours to close."


@action
def suspend_colleague(*, by: Viewer, person_id: int, reason: str) -> None:
    """Close an account of the viewer's agency at once, with a reason."""
    because = suspension(reason)
    if not _changed("SELECT access_suspend_person(%s, %s)", person_id, because):
        raise PersonRefused(NOT_YOURS)
    note_suspended(by=by.actor, person_id=person_id, because=because)


@action
def restore_colleague(*, by: Viewer, person_id: int) -> None:
    """Open an account of the viewer's agency again. Sessions that were ended stay ended."""
    if not _changed("SELECT access_restore_person(%s)", person_id):
        raise PersonRefused("This account is open already, or not yours to open.")
    note_restored(by=by.actor, person_id=person_id)


def _changed(query: str, *values: object) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return bool(cursor.fetchone()[0])
