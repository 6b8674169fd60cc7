"""What a governance lead reads: broken glass, never of whom; and who looked at one child."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from keepsight.access.models import BreakGlass
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.kernel.roles import Permission, Role

OUTCOMES = BreakGlass.Outcome.choices
WITHOUT_CHILD = ("id", "person_id", "reason", "opened", "until", "review_due")
LOOKS = """
SELECT id, at, act, actor_name, person_id, role, what, "where", purpose, reason, known_on
FROM access_looks(%s) WHERE at <= coalesce(%s, 'infinity'::timestamptz)
ORDER BY at DESC, id LIMIT %s OFFSET %s"""


@dataclass(frozen=True, slots=True)
class GlassLine:
    """One time that somebody broke the glass, as it waits for review. It never says of whom."""

    glass_id: uuid.UUID
    who: str
    opened: datetime
    until: datetime
    reason: str
    review_due: datetime
    overdue: bool
    own: bool


@dataclass(frozen=True, slots=True)
class LookLine:
    """One entry of the log about a child."""

    entry_id: uuid.UUID
    at: datetime
    act: Act
    who: str
    person_id: int | None
    role: str
    what: str
    where: str
    purpose: str
    reason: str
    known_on: date | None

    @property
    def role_in_words(self) -> str:
        return Role(self.role).in_words if self.role in set(Role) else self.role


def glass_waiting(viewer: Viewer) -> list[GlassLine]:
    """Broken glass of the viewer's agency that nobody has reviewed, what is due first first."""
    if not viewer.may(Permission.REVIEW_LOOKING):
        return []
    waiting = BreakGlass.objects.filter(agency_id=viewer.agency_id, reviewed=None)
    rows = list(waiting.order_by("review_due", "opened", "pk").values(*WITHOUT_CHILD))
    people = Person.objects.in_bulk({row["person_id"] for row in rows})
    return [
        GlassLine(
            glass_id=row["id"],
            who=people[row["person_id"]].name,
            opened=row["opened"],
            until=row["until"],
            reason=row["reason"],
            review_due=row["review_due"],
            overdue=row["review_due"] < timezone.now(),
            own=row["person_id"] == viewer.person_id,
        )
        for row in rows
    ]


def may_review(viewer: Viewer, child_id: uuid.UUID) -> bool:
    """Whether the viewer answers for who looked at this child: their agency has a record of the
    child, and they are kept from it neither themselves nor for those whom they manage.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_reviews(%s)", [child_id])
        return bool(cursor.fetchone()[0])


def looks_at(
    viewer: Viewer,
    child_id: uuid.UUID,
    *,
    until: datetime | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[LookLine]:
    """Every entry about a child by people of the viewer's own agency, the newest first.

    Reading it is an entry too: whoever turns its pages asks for the log as it stood `until` the
    newest entry of the first, or each page would begin with rows of the one before. Of a child
    for whom the viewer does not answer there is none.
    """
    if not may_review(viewer, child_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, [child_id, until, limit, offset])
        rows = cursor.fetchall()
    saw(by=viewer.actor, child_id=child_id, what="who looked")
    return [LookLine(row[0], row[1], Act(row[2]), *row[3:]) for row in rows]
