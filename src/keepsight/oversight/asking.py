"""Signs of snooping, as a governance lead reads and reviews them: each asks a person to ask."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.roles import Permission
from keepsight.kernel.snooping import BY_CODE, Sign
from keepsight.oversight.models import SnoopingSign

SIGN_OUTCOMES = SnoopingSign.Outcome.choices
WEEKS = 6
"""How long a sign that nobody has reviewed stays on the page: our own assumption."""


class SignRefused(ValueError):
    """A review that was not recorded; the message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class SignLine:
    """What one person's looks of one day met. It never says at whom they looked."""

    sign_id: uuid.UUID
    who: str
    sign: Sign
    day: date
    many: int


def signs_waiting(viewer: Viewer) -> list[SignLine]:
    """Signs of the last weeks that nobody has reviewed, the latest day first; never one's own."""
    if not viewer.may(Permission.REVIEW_LOOKING):
        return []
    since = day_in_london(timezone.now()) - timedelta(weeks=WEEKS)
    waiting = SnoopingSign.objects.filter(
        agency_id=viewer.agency_id, reviewed=None, day__gte=since
    ).exclude(person_id=viewer.person_id)
    rows = list(waiting)
    people = Person.objects.in_bulk({row.person_id for row in rows})
    lines = [
        SignLine(row.pk, people[row.person_id].name, BY_CODE[row.sign], row.day, row.many)
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-line.day.toordinal(), line.who, line.sign.title))


@action
def review_sign(*, by: Viewer, sign_id: uuid.UUID, outcome: str, because: str) -> None:
    """Say whether a sign is explained or being acted on, and why, once."""
    if not by.may(Permission.REVIEW_LOOKING):
        raise SignRefused("This is not for the role that you sign in with.")
    if outcome not in SnoopingSign.Outcome.values:
        raise SignRefused("Say whether it is explained.")
    if not because.strip():
        raise SignRefused("Say what you found: somebody may have to answer for it.")
    waiting = SnoopingSign.objects.filter(pk=sign_id, agency_id=by.agency_id, reviewed=None)
    changed = waiting.exclude(person_id=by.person_id).update(
        reviewed=timezone.now(),
        reviewed_by_id=by.person_id,
        outcome=outcome,
        review_reason=because.strip(),
    )
    if not changed:
        raise SignRefused("It is reviewed already, or somebody other than you must review it.")
    what = f"snooping sign {sign_id} reviewed: {outcome}"
    note = Note(act=Act.WRITE, what=what, purpose="governance", reason=because.strip())
    record(by=by.actor, notes=[note])
