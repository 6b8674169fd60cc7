"""Releasing who looked: what the person who decides reads, the decision, and what is told.

What is told is a set of plain lines without times, names, numbers or gaps, so that what is kept
inside leaves no trace in it.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from keepsight.access.looking import LookLine, looks_at, may_review
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.audit.writing import action
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.releasing import Asked, Ground, Recipient, Told, objections
from keepsight.kernel.roles import Permission
from keepsight.oversight.models import LookRelease, ReleaseEntry

TOLD = frozenset({Act.SEE, Act.LIST, Act.EXPORT, Act.BREAK_GLASS})
"""What is a look; what was written, or refused, is not one."""

CHANGED = "Somebody looked at this record meanwhile. Read the list again before you decide."


class ReleaseRefused(ValueError):
    """A decision that was not recorded: the field it is about, and what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class DayOfLooks:
    """What one person looked at on one day: the unit in which somebody decides."""

    key: str
    day: date
    who: str
    role: str
    what: tuple[str, ...]
    entries: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made about telling somebody."""

    release_id: uuid.UUID
    recipient: str
    gives: bool
    reason: str
    decided: datetime
    decided_by: str
    kept_inside: int


@dataclass(frozen=True, slots=True)
class Document:
    """What is handed over, and up to which day it goes."""

    agency: str
    recipient: str
    purpose: str
    until: date
    lines: tuple[Told, ...]


def before_deciding(viewer: Viewer, child_id: uuid.UUID, until: datetime) -> list[DayOfLooks]:
    """The looks up to a moment, by day and person, the latest first."""
    days: dict[tuple[date, int, str], list[LookLine]] = defaultdict(list)
    for look in _looks(viewer, child_id, until):
        days[day_in_london(look.at), look.person_id or 0, look.role].append(look)
    return [
        DayOfLooks(
            key=f"{day:%Y%m%d}-{person}-{role}",
            day=day,
            who=looks[0].who,
            role=looks[0].role_in_words,
            what=tuple(sorted({look.what for look in looks})),
            entries=tuple(look.entry_id for look in looks),
        )
        for (day, person, role), looks in days.items()
    ]


def read_as(days: Iterable[DayOfLooks]) -> str:
    """A mark of exactly these entries: that nobody decides about what they have not seen."""
    ids = sorted(str(entry) for day in days for entry in day.entries)
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()


@action
def decide_release(
    *,
    by: Viewer,
    child_id: uuid.UUID,
    asked: Asked,
    until: datetime,
    read: str,
    withheld: Mapping[str, Ground],
) -> uuid.UUID:
    """Record what was decided about telling somebody, with what is kept inside and on what ground.

    `withheld` names days of people by their key; `read` is the mark of what was read.
    """
    if not by.may(Permission.RELEASE_LOOKING) or not may_review(by, child_id):
        raise ReleaseRefused("reason", "This is not yours to decide.")
    for field, sentence in objections(asked):
        raise ReleaseRefused(field, sentence)
    days = before_deciding(by, child_id, until)
    if read_as(days) != read or until > timezone.now():
        raise ReleaseRefused("reason", CHANGED)
    release = LookRelease.objects.create(
        child_id=child_id,
        agency_id=by.agency_id,
        recipient=asked.recipient.value,
        purpose=asked.purpose.strip(),
        wishes=asked.wishes.strip(),
        competence=asked.competence.strip(),
        gives=asked.gives,
        reason=asked.reason.strip(),
        interest=asked.interest.strip(),
        covers=until,
        decided=timezone.now(),
        decided_by_id=by.person_id,
    )
    if asked.gives:
        ReleaseEntry.objects.bulk_create(_entries(release, days, withheld), batch_size=1000)
    said = "released" if asked.gives else "not released"
    what = f"who looked, {said} ({asked.recipient.value})"
    note = Note(
        act=Act.WRITE, what=what, child_id=child_id, purpose="governance", reason=release.reason
    )
    record(by=by.actor, notes=[note])
    return release.pk


def decisions_about(viewer: Viewer, child_id: uuid.UUID) -> list[Decided]:
    """What the viewer's agency decided about telling who looked at a child, the latest first."""
    rows = list(
        LookRelease.objects.filter(child_id=child_id, agency_id=viewer.agency_id)
        .prefetch_related("entries")
        .order_by("-decided", "pk")
    )
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="decisions on telling who looked")
    people = Person.objects.in_bulk({row.decided_by_id for row in rows})
    return [
        Decided(
            release_id=row.pk,
            recipient=Recipient(row.recipient).in_words,
            gives=row.gives,
            reason=row.reason,
            decided=row.decided,
            decided_by=people[row.decided_by_id].name,
            kept_inside=sum(1 for entry in row.entries.all() if entry.ground),
        )
        for row in rows
    ]


def document(viewer: Viewer, child_id: uuid.UUID, release_id: uuid.UUID) -> Document | None:
    """What a decision tells, to be handed over: taking it out is written down."""
    release = LookRelease.objects.filter(
        pk=release_id, child_id=child_id, agency_id=viewer.agency_id, gives=True
    ).first()
    if release is None:
        return None
    told = set(release.entries.filter(ground="").values_list("entry_id", flat=True))
    looks = [look for look in looks_at(viewer, child_id) if look.entry_id in told]
    recipient = Recipient(release.recipient)
    what = f"who looked, for {recipient.value}"
    saw(by=viewer.actor, child_id=child_id, what=what, act=Act.EXPORT)
    return Document(
        agency=viewer.agency_name,
        recipient=recipient.in_words,
        purpose=release.purpose,
        until=day_in_london(release.covers),
        lines=tuple(lines_of(viewer.agency_name, looks)),
    )


def lines_of(agency: str, looks: Iterable[LookLine]) -> list[Told]:
    """What is told of looks: alike ones once, the latest day first and then by their words."""
    told = {Told(day_in_london(look.at), agency, look.role_in_words, look.what) for look in looks}
    return sorted(told, key=lambda line: (-line.day.toordinal(), line.role, line.what))


def _looks(viewer: Viewer, child_id: uuid.UUID, until: datetime) -> list[LookLine]:
    looks = looks_at(viewer, child_id)
    return [look for look in looks if look.act in TOLD and look.at <= until]


def _entries(
    release: LookRelease, days: Iterable[DayOfLooks], withheld: Mapping[str, Ground]
) -> Iterable[ReleaseEntry]:
    for day in days:
        ground = withheld.get(day.key)
        for entry in day.entries:
            yield ReleaseEntry(
                release=release,
                child_id=release.child_id,
                agency_id=release.agency_id,
                entry_id=entry,
                ground=ground.value if ground else "",
            )
