"""No link widens access: seals, exclusions and protected addresses follow the records that move."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from keepsight.access.actions import UNDONE, close_alike, open_again
from keepsight.access.models import Exclusion, KeptApart, Protection, Seal
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import Link, Severance
from keepsight.kernel.following import Held, Kept, followed

KEPT = " OR ".join(
    f"EXISTS (SELECT 1 FROM {kind._meta.db_table} k WHERE k.child_id = l.child_id"
    " AND k.follows IS NULL AND (k.until IS NULL OR k.until > now()))"
    for kind in (Exclusion, Seal, Protection)
)
NEAR = f"SELECT l.child_id, {KEPT} FROM identity_link l WHERE l.subject_record_id = ANY(%s)"
"""Each child that some records ever were, and whether anything keeps people from it now."""


@dataclass(frozen=True, slots=True)
class _Closing:
    """One thing that keeps people from a child, and from whom or what it keeps them."""

    row: KeptApart
    about: tuple[Hashable, ...]
    names: frozenset[int] = frozenset()

    def covers(self, other: "_Closing") -> bool:
        """Whether this keeps out everybody whom the other does, and for as long."""
        return (
            self.about == other.about
            and self.names <= other.names
            and (
                self.row.until is None
                or (other.row.until is not None and self.row.until >= other.row.until)
            )
        )


@action
def follow_records(*, by: Actor, subjects: Collection[int] | None = None) -> int:
    """What keeps people from a child keeps them from every child whose record was that child’s.

    Of given `subjects`, which have just moved, only what is to begin begins. Without, all is gone
    over, and what followed a record ends where none such is left. What a person ended is not begun
    again. Returns how many began.
    """
    near = None if subjects is None else _children_near(subjects)
    if near is not None and not near:
        return 0
    closings = _closings(near)
    own = {each.row.pk: each for each in closings if each.row.follows is None and _holds(each.row)}
    wanted = followed(
        [Kept(pk, each.row.child_id, each.row.since) for pk, each in own.items()],
        _histories({each.row.child_id for each in own.values()}, subjects),
    )
    if subjects is None:
        gone = [
            each.row
            for each in closings
            if each.row.follows is not None
            and _holds(each.row)
            and each.row.child_id not in wanted.get(each.row.follows, ())
        ]
        open_again(by=by, kept=gone)
    there: dict[uuid.UUID, list[_Closing]] = defaultdict(list)
    for each in closings:
        there[each.row.child_id].append(each)
    begun = 0
    for pk, children in wanted.items():
        for child, since in sorted(children.items(), key=lambda item: str(item[0])):
            if not any(_answers(each, own[pk], since) for each in there[child]):
                close_alike(by=by, kept=own[pk].row, child_id=child)
                begun += 1
    return begun


def _answers(there: _Closing, kept: _Closing, since: datetime) -> bool:
    """Whether something of the other child does the same already, or did until a person ended it
    after the record came.
    """
    row = there.row
    if _holds(row):
        return there.covers(kept)
    ended = row.ended_because not in {"", UNDONE}
    return ended and there.about == kept.about and row.until is not None and row.until >= since


def _holds(row: KeptApart) -> bool:
    return row.until is None or row.until > timezone.now()


def _children_near(subjects: Collection[int]) -> set[uuid.UUID]:
    """The children that these records ever were; none where nothing keeps people from any."""
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(subjects)])
        found = cursor.fetchall()
    return {child for child, _ in found} if any(kept for _, kept in found) else set()


def _closings(children: Collection[uuid.UUID] | None) -> list[_Closing]:
    """All that keeps people from children, or from these, and what a person ended."""
    seals = Seal.objects.prefetch_related("names")
    return [
        *(
            _Closing(row, ("exclusion", row.person_id))
            for row in _rows(Exclusion.objects, children)
        ),
        *(
            _Closing(row, ("seal",), frozenset(name.person_id for name in row.names.all()))
            for row in _rows(seals, children)
        ),
        *(
            _Closing(row, ("protection", row.agency_id, row.safe_way, row.never_use))
            for row in _rows(Protection.objects, children)
        ),
    ]


def _rows(rows: Any, children: Collection[uuid.UUID] | None) -> Iterable[Any]:
    if children is not None:
        rows = rows.filter(child_id__in=children)
    held = Q(until=None) | Q(until__gt=timezone.now())
    return rows.filter(held | ~Q(ended_because__in=["", UNDONE])).order_by("since", "id")


def _histories(
    children: Collection[uuid.UUID], subjects: Collection[int] | None
) -> list[Sequence[Held[uuid.UUID]]]:
    """All links of each record that was ever one of these children, none across a severance."""
    of_them = Link.objects.filter(child__in=children)
    if subjects is not None:
        of_them = of_them.filter(subject_record__in=subjects)
    across = [each for links in Severance.objects.values_list("links", flat=True) for each in links]
    rows = (
        Link.objects.filter(subject_record__in=of_them.values("subject_record"))
        .exclude(pk__in=across)
        .order_by("pk")
    )
    found: dict[int, list[Held[uuid.UUID]]] = defaultdict(list)
    for link in rows:
        held = Held(link.child_id, link.held_since, link.recorded_until)
        found[link.subject_record_id].append(held)
    return list(found.values())
