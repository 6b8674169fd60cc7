"""Casework done in Keepsight: each act is an event, and the clocks are read again at once."""

import uuid
from datetime import datetime

from keepsight.access.clock import now
from keepsight.access.queries import has_relation
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.writing import action
from keepsight.casework.clocks import reckon_obligations
from keepsight.chronology.actions.own import record_own_event
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.missing import (
    ReturnInterviewHeld,
    ReturnInterviewOffered,
)
from keepsight.kernel.vocabulary.content.social_care import ReferralDecided


class CaseworkRefused(ValueError):
    """Something that cannot be recorded; the message is for the person who tried."""


@action
def record_return_interview(
    *, by: Viewer, child_id: uuid.UUID, held_at: datetime, independent: bool, summary: str
) -> None:
    """A return home interview was held: it stops the 72-hour clock if it was independent."""
    content = ReturnInterviewHeld(independent=independent, summary=summary.strip() or None)
    _record(by=by, child_id=child_id, occurred=held_at, content=content)


@action
def record_return_interview_offer(
    *, by: Viewer, child_id: uuid.UUID, offered_at: datetime, declined: bool, reason: str
) -> None:
    """A return home interview was offered, and perhaps declined: the clock runs on."""
    content = ReturnInterviewOffered(declined=declined, reason=reason.strip() or None)
    _record(by=by, child_id=child_id, occurred=offered_at, content=content)


@action
def record_referral_decision(
    *, by: Viewer, child_id: uuid.UUID, decided_at: datetime, decision: str, reason: str
) -> None:
    """A manager decided what to do about a referral, and why."""
    if not decision.strip() or not reason.strip():
        raise CaseworkRefused(
            "Say what was decided and why: a referral is never closed in silence."
        )
    content = ReferralDecided(decision=decision.strip(), reason=reason.strip())
    _record(by=by, child_id=child_id, occurred=decided_at, content=content)


def _record(*, by: Viewer, child_id: uuid.UUID, occurred: datetime, content: Content) -> None:
    if by.role.reads_only:
        raise CaseworkRefused("An inspector reads only: nothing was recorded.")
    if not has_relation(by, child_id):
        raise CaseworkRefused(
            "Your council has neither this child at its front door nor an open case."
        )
    if occurred > now():
        raise CaseworkRefused("That is in the future: record it when it has happened.")
    record_own_event(
        by=by.actor,
        agency=Agency.objects.get(pk=by.agency_id),
        child_id=child_id,
        occurred=occurred,
        content=content,
    )
    reckon_obligations(by=by.actor, child_id=child_id)
