"""Legal holds: what an inquiry, a court or a request needs is not erased, whatever the clock says.

An inquiry may make it an offence to destroy what is relevant to it (Inquiries Act 2005, section
35; `domain.md` 6b, mark M).
"""

import uuid

from django.utils import timezone

from keepsight.agencies.models import Agency, Area
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.models import Feed, LegalHold


class HoldRefused(ValueError):
    """A hold that cannot be placed or lifted; the message is for the person who tried."""


@action
def place_hold(
    *,
    by: Actor,
    title: str,
    because: str,
    area: Area | None = None,
    agency: Agency | None = None,
    feed: Feed | None = None,
    child_id: uuid.UUID | None = None,
) -> LegalHold:
    """Keep what lies within all that is named from being erased; with nothing named, everything."""
    if not title.strip() or not because.strip():
        raise HoldRefused("Say what the hold is called and why it is placed.")
    hold: LegalHold = LegalHold.objects.create(
        title=title.strip(),
        because=because.strip(),
        placed=timezone.now(),
        placed_by=by.name,
        area_id=area.pk if area else None,
        agency_id=agency.pk if agency else None,
        feed_id=feed.pk if feed else None,
        child_id=child_id,
    )
    said = f"legal hold {hold.pk} placed"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, reason=because.strip(), child_id=child_id)])
    return hold


@action
def lift_hold(*, by: Actor, hold_id: uuid.UUID, because: str) -> None:
    """End a hold, once, with a reason. What is past its time is erased in the next night."""
    if not because.strip():
        raise HoldRefused("Say why the hold is lifted.")
    lifted = LegalHold.objects.filter(pk=hold_id, lifted=None).update(
        lifted=timezone.now(), lifted_because=because.strip()
    )
    if not lifted:
        raise HoldRefused("There is no such hold, or it was lifted already.")
    said = f"legal hold {hold_id} lifted"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, reason=because.strip())])
