"""What is kept apart at a governance lead's agency: read by the lead, who never sees the child.

The database leaves out whatever concerns a child from whom the lead is kept.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from keepsight.access.clock import today
from keepsight.access.models import Exclusion, InForce, Protection, Seal, SealName
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.audit.sights import saw


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One thing that is in force; the child stands for itself by a reference only."""

    kept_id: uuid.UUID
    child_id: uuid.UUID
    since: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionLine(KeptLine):
    """Somebody of the agency who is kept from a child's record."""

    person: str
    ground: str
    declared: bool
    review_by: date | None
    review_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLine(KeptLine):
    """A sealed record, and who may see it."""

    people: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionLine(KeptLine):
    """A child of whom nobody may tell where they are, and how the family is reached."""

    safe_way: str
    never_use: str


def grounds() -> list[tuple[str, str]]:
    """On what grounds somebody can be kept from a record."""
    return [(value, str(label)) for value, label in Exclusion.Ground.choices]


def exclusions(viewer: Viewer) -> list[ExclusionLine]:
    """Who is kept from what, those to be reviewed first standing first."""
    rows = _in_force(viewer, Exclusion.objects.order_by("review_by", "since"))
    names = _names(row.person_id for row in rows)
    return [
        ExclusionLine(
            **_line(row),
            person=names[row.person_id],
            ground=row.get_ground_display(),
            declared=row.declared_by_id == row.person_id,
            review_by=row.review_by,
            review_overdue=row.review_by is not None and row.review_by < today(),
        )
        for row in rows
    ]


def seals(viewer: Viewer) -> list[SealLine]:
    """What is sealed, and for whom."""
    rows = _in_force(viewer, Seal.objects.order_by("since"))
    named: dict[uuid.UUID, list[int]] = defaultdict(list)
    for name in SealName.objects.filter(seal__in=rows):
        named[name.seal_id].append(name.person_id)
    names = _names(person for people in named.values() for person in people)
    return [
        SealLine(
            **_line(row),
            people=tuple(sorted(names[person] for person in named[row.pk])),
            until=row.until,
        )
        for row in rows
    ]


def protections(viewer: Viewer) -> list[ProtectionLine]:
    """Whose addresses are protected."""
    rows = _in_force(viewer, Protection.objects.order_by("since"))
    return [
        ProtectionLine(**_line(row), safe_way=row.safe_way, never_use=row.never_use) for row in rows
    ]


def _in_force(viewer: Viewer, rows: Any) -> list[Any]:
    now = timezone.now()
    dated = Q(until=None) | Q(until__gt=now)
    found = list(rows.filter(dated, since__lte=now, agency_id=viewer.agency_id))
    for row in found:
        saw(by=viewer.actor, child_id=row.child_id, what="kept apart, in a list", act=Act.LIST)
    return found


def _line(row: InForce) -> dict[str, Any]:
    return {
        "kept_id": row.pk,
        "child_id": row.child_id,
        "since": row.since,
        "because": row.because,
    }


def _names(people: Iterable[int]) -> dict[int, str]:
    return {
        person.pk: f"{person.name}, {person.agency.name}"
        for person in Person.objects.filter(pk__in=set(people)).select_related("agency")
    }
