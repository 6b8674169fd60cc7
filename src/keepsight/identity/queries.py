"""Who it is about, as far as the viewer may know."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw, searched
from keepsight.identity.models import Link
from keepsight.kernel.calendar import end_of_day
from keepsight.kernel.vocabulary.agencies import Role


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child in a list: as the viewer's agency, or a record that it may see, names them."""

    child_id: uuid.UUID
    name: str
    date_of_birth: date | None
    key: str


def links_of(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[Link]:
    """The links of a child's subject records that the viewer may see, as known on a day.

    Row-level security leaves out what the viewer may not see: a hidden child and one that does
    not exist both give an empty list.
    """
    links = Link.objects.filter(child_id=child_id).select_related("subject_record", "agency")
    return list(links.filter(_in_force(known_on)).order_by("agency__name", "pk"))


def names_of(viewer: Viewer, children: Iterable[uuid.UUID]) -> dict[uuid.UUID, ChildLine]:
    """A name for each child that the viewer may see, in one query; each is a sight in a list."""
    links = (
        Link.objects.filter(child_id__in=list(children), recorded_until=None)
        .select_related("subject_record")
        .order_by("subject_record__details_received")
    )
    best: dict[uuid.UUID, Link] = {}
    for link in links:
        held = best.get(link.child_id)
        if held is None or link.subject_record.surname:
            best[link.child_id] = link
    for child_id in best:
        saw(by=viewer.actor, child_id=child_id, what="name in a list", act=Act.LIST)
    return {child_id: _line(link) for child_id, link in best.items()}


def children_of_agency(
    viewer: Viewer, *, search: str = "", offset: int = 0, limit: int = 50
) -> list[ChildLine]:
    """The children whom the viewer's own agency has a record of, by surname."""
    own_roles = {Role.PRACTITIONER, Role.SOCIAL_WORKER, Role.DATA_OFFICER}
    if viewer.role not in own_roles:
        return []
    links = Link.objects.filter(agency_id=viewer.agency_id, recorded_until=None)
    for word in search.casefold().split():
        links = links.filter(
            Q(subject_record__surname__startswith=word)
            | Q(subject_record__forename__startswith=word)
            | Q(subject_record__key__iexact=word)
        )
    order = ("subject_record__surname", "subject_record__forename", "pk")
    found = links.select_related("subject_record").order_by(*order)[offset : offset + limit]
    lines = [_line(link) for link in found]
    if search:
        searched(by=viewer.actor, what="children of the agency", words=search, found=len(lines))
    for line in lines:
        saw(by=viewer.actor, child_id=line.child_id, what="name in a list", act=Act.LIST)
    return lines


def full_name(forename: str | None, surname: str | None) -> str:
    """“Ann Example”, or what is missing said plainly."""
    said = " ".join(part.title() for part in (forename, surname) if part)
    return said or "Name not sent"


def subject_ids(links: Sequence[Link]) -> list[int]:
    """The subject records behind some links."""
    return [link.subject_record_id for link in links]


def _in_force(known_on: date | None) -> Q:
    if known_on is None:
        return Q(recorded_until=None)
    moment = end_of_day(known_on)
    return Q(recorded_from__lte=moment) & (Q(recorded_until=None) | Q(recorded_until__gt=moment))


def _line(link: Link) -> ChildLine:
    record = link.subject_record
    name = full_name(record.forename, record.surname)
    return ChildLine(link.child_id, name, record.date_of_birth, record.key)
