"""Breaking the glass: a look without a relation, in an emergency, for a time, and reviewed."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.calendar import LONDON, add_working_days, day_in_london
from keepsight.kernel.emergencies import LEAST_REASON, OPEN_HOURS, REVIEW_DAYS
from keepsight.kernel.linkage.records import normalise_name, normalise_nhs_number, normalise_upn
from keepsight.kernel.roles import Permission

BREAK = "SELECT identity_break_glass(%s, %s, %s, %s, %s, %s, %s, %s)"


class EmergencyRefused(ValueError):
    """The glass stays whole; the message is for the person who tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Who is looked for: a number, or a whole name with a date of birth."""

    nhs_number: str = ""
    upn: str = ""
    forename: str = ""
    surname: str = ""
    date_of_birth: date | None = None

    @property
    def enough(self) -> bool:
        named = self.forename.strip() and self.surname.strip() and self.date_of_birth
        return bool(normalise_nhs_number(self.nhs_number) or normalise_upn(self.upn) or named)


@action
def break_glass(*, by: Viewer, reason: str, sought: Sought) -> uuid.UUID | None:
    """Look at what is ordinary of one child for some hours; returns the child, if one is found.

    That it was done, and why, is written down and comes before the agency's governance lead,
    whether anybody was found or not; that notice does not say which child.
    """
    if not by.may(Permission.BREAK_GLASS):
        raise EmergencyRefused("This is not for the role that you sign in with.")
    if len(reason.strip()) < LEAST_REASON.value:
        raise EmergencyRefused("Say what the emergency is: somebody will read it and review it.")
    if not sought.enough:
        raise EmergencyRefused(
            "Give an NHS number, a UPN, or the whole name with the date of birth."
        )
    ends = timezone.now() + timedelta(hours=OPEN_HOURS.value)
    with connection.cursor() as cursor:
        cursor.execute(
            BREAK,
            [
                reason.strip(),
                ends,
                _review_due(),
                normalise_nhs_number(sought.nhs_number),
                normalise_upn(sought.upn),
                normalise_name(sought.surname),
                normalise_name(sought.forename),
                sought.date_of_birth,
            ],
        )
        found: uuid.UUID | None = cursor.fetchone()[0]
    note = Note(
        act=Act.BREAK_GLASS,
        what="broke the glass" if found else "broke the glass and found nobody",
        child_id=found,
        purpose="emergency",
        reason=reason.strip(),
    )
    record(by=by.actor, notes=[note])
    return found


def _review_due() -> datetime:
    day = add_working_days(day_in_london(timezone.now()), REVIEW_DAYS.value)
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=LONDON)
