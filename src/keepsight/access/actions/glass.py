"""Reviewing broken glass: a duty of the agency's governance lead, done once and by another."""

import uuid

from django.utils import timezone

from keepsight.access.models import BreakGlass
from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.roles import Permission


class ReviewRefused(ValueError):
    """A review that was not recorded; the message is for the person who tried."""


@action
def review_glass(*, by: Viewer, glass_id: uuid.UUID, outcome: str, because: str) -> None:
    """Say whether breaking the glass was justified, and why, once."""
    if not by.may(Permission.REVIEW_LOOKING):
        raise ReviewRefused("This is not for the role that you sign in with.")
    if outcome not in BreakGlass.Outcome.values:
        raise ReviewRefused("Say whether it was justified.")
    if not because.strip():
        raise ReviewRefused("Say what you found: somebody may have to answer for it.")
    waiting = BreakGlass.objects.filter(pk=glass_id, agency_id=by.agency_id, reviewed=None)
    changed = waiting.exclude(person_id=by.person_id).update(
        reviewed=timezone.now(),
        reviewed_by_id=by.person_id,
        outcome=outcome,
        review_reason=because.strip(),
    )
    if not changed:
        raise ReviewRefused("It is reviewed already, or somebody other than you must review it.")
    what = f"broken glass {glass_id} reviewed: {outcome}"
    note = Note(act=Act.WRITE, what=what, purpose="governance", reason=because.strip())
    record(by=by.actor, notes=[note])
