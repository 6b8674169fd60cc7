"""Where staff live, so that looks at neighbours can be noticed."""

from keepsight.access.models import StaffHome
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.linkage.records import normalise_postcode


class HomeRefused(ValueError):
    """A home that cannot be kept; the message is for the person who tried."""


@action
def set_home(*, by: Actor, person_id: int, postcode: str) -> None:
    """Keep the postcode of a person's own home; an empty one forgets it."""
    known = normalise_postcode(postcode)
    if postcode.strip() and known is None:
        raise HomeRefused("That is not a postcode of a home. Write it like ZZ1 1AA.")
    StaffHome.objects.filter(person_id=person_id).delete()
    if known:
        StaffHome.objects.create(person_id=person_id, postcode=known)
    what = f"home of person {person_id} {'kept' if known else 'forgotten'}"
    record(by=by, notes=[Note(act=Act.WRITE, what=what)])
