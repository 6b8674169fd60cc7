"""What people do in Keepsight is an event of their agency, like any that a feed brings."""

import uuid
from datetime import datetime

from keepsight.access.actions import note_contacts
from keepsight.access.clock import now
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.identity.actions import own_record
from keepsight.kernel.vocabulary.content.base import Content


@action
def record_own_event(
    *, by: Actor, agency: Agency, child_id: uuid.UUID, occurred: datetime, content: Content
) -> int:
    """Append an event about a child to the agency's own subject record; returns its id.

    Recording the very same again appends nothing and returns 0.
    """
    lock_agency(by=by, agency=agency)
    subject = own_record(by=by, agency=agency, child_id=child_id, received=now())
    event = NewEvent(
        subject_record_id=subject,
        source_key=f"keepsight|{content.kind}|{child_id}|{occurred.isoformat()}",
        occurred=occurred,
        content=content,
        tier=content.held.value,
        row="entered in Keepsight",
    )
    recorded = record_events(by=by, agency=agency, events=[event], received=now())
    note_contacts(by=by, subjects=[subject], moment=occurred)
    record(by=by, notes=[Note(act=Act.WRITE, what=content.kind, child_id=child_id)])
    return recorded.ids[0] if recorded.ids else 0
