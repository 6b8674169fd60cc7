"""Who it is about, as far as the viewer may know."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from keepsight.access.narrowing import about_a_child, narrowed_to
from keepsight.access.queries import PersonalTie, own_ties
from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.identity.finding import ChildLine, children_of_agency, full_name
from keepsight.identity.models import Link
from keepsight.kernel.calendar import end_of_day

__all__ = [
    "ChildLine",
    "OwnChild",
    "children_of_agency",
    "full_name",
    "links_of",
    "names_of",
    "own_children",
    "subject_ids",
]

UNREAD = tuple(f"subject_record__{name}" for name in ("postcode", "severance", "details_changed"))
"""For linking only: the pages may not read them."""


@dataclass(frozen=True, slots=True)
class OwnChild:
    """A child of the viewer's own, and what the tie is."""

    line: ChildLine
    tie: PersonalTie


@about_a_child
def links_of(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[Link]:
    """The links of a child's subject records that the viewer may see, as known on a day.

    Row-level security leaves out what the viewer may not see: a hidden child and one that does
    not exist both give an empty list.
    """
    links = Link.objects.filter(child_id=child_id).select_related("subject_record", "agency")
    links = links.defer(*UNREAD)
    return list(links.filter(_in_force(known_on)).order_by("agency__name", "subject_record"))


def names_of(viewer: Viewer, children: Iterable[uuid.UUID]) -> dict[uuid.UUID, ChildLine]:
    """A name for each child that the viewer may see, in one query; each is a sight in a list."""
    wanted = set(children)
    links = (
        Link.objects.filter(child_id__in=wanted, recorded_until=None)
        .select_related("subject_record")
        .defer(*UNREAD)
        .order_by("subject_record__details_received", "subject_record")
    )
    best: dict[uuid.UUID, Link] = {}
    with narrowed_to(wanted):
        for link in links:
            held = best.get(link.child_id)
            if held is None or link.subject_record.surname:
                best[link.child_id] = link
    for child_id in best:
        saw(by=viewer.actor, child_id=child_id, what="name in a list", act=Act.LIST)
    return {child_id: _line(viewer, link) for child_id, link in best.items()}


def own_children(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[OwnChild]:
    """The children to whom the viewer is tied by name, and who they are."""
    ties = own_ties(viewer, offset=offset, limit=limit)
    names = names_of(viewer, {tie.child_id for tie in ties})
    return [OwnChild(names[tie.child_id], tie) for tie in ties if tie.child_id in names]


def subject_ids(links: Sequence[Link]) -> list[int]:
    """The subject records behind some links."""
    return [link.subject_record_id for link in links]


def _in_force(known_on: date | None) -> Q:
    if known_on is None:
        return Q(recorded_until=None)
    moment = end_of_day(known_on)
    return Q(recorded_from__lte=moment) & (Q(recorded_until=None) | Q(recorded_until__gt=moment))


def _line(viewer: Viewer, link: Link) -> ChildLine:
    record = link.subject_record
    name = full_name(record.forename, record.surname)
    key = record.key if link.agency_id == viewer.agency_id else ""
    return ChildLine(link.child_id, name, record.date_of_birth, key)
