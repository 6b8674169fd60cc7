"""What the viewer's own ties say: why they may look, who else is involved, and whom to call."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from keepsight.access.masking import ASK_SOCIAL_CARE, agency_named
from keepsight.access.models import Client, Tie
from keepsight.access.narrowing import about_a_child, narrowed_to
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency, Person
from keepsight.audit.sights import saw
from keepsight.kernel.looking import Relation
from keepsight.kernel.vocabulary.agencies import AgencyKind


@dataclass(frozen=True, slots=True)
class Involvement:
    """Another agency that knows this child, and whom to call there: nothing more."""

    agency: str
    kind: str
    phone: str
    workers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalTie:
    """One child to whom a person is tied by name, why, and until when if it ends by itself."""

    child_id: uuid.UUID
    relation: str
    because: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SafeWay:
    """How a family may be reached, and what must never be used."""

    safe_way: str
    never_use: str


def known(viewer: Viewer, child_id: uuid.UUID) -> bool:
    """Whether there is anything of a child for the viewer; asked first, so that a hidden child
    and none at all cost the same.
    """
    return bool(_asked("SELECT access_known(%s)", child_id)[0][0])


def withheld(viewer: Viewer, child_id: uuid.UUID) -> bool:
    """Whether where the child is must stay unsaid, but for what the viewer's agency recorded."""
    return bool(_asked("SELECT access_withheld(%s)", child_id)[0][0])


def safe_ways(viewer: Viewer, child_id: uuid.UUID) -> list[SafeWay]:
    """How the family of a child whose address is protected may be reached."""
    rows = _asked("SELECT safe_way, never_use FROM access_safe_ways(%s)", child_id)
    return [SafeWay(*row) for row in rows if any(row)]


@about_a_child
def involvements(viewer: Viewer, child_id: uuid.UUID) -> list[Involvement]:
    """The other ordinary agencies of whose involvement the viewer's agency may know.

    An agency whose name would tell where a protected child is, is named by its kind.
    """
    others = {row[0] for row in _asked("SELECT access_involved(%s)", child_id)}
    if not others:
        return []
    saw(by=viewer.actor, child_id=child_id, what="which agencies are involved")
    workers = workers_of(viewer, child_id)
    masked = withheld(viewer, child_id)
    found = [
        _involvement(agency, workers.get(agency.pk, ()), masked=masked)
        for agency in Agency.objects.filter(pk__in=others).order_by("name")
    ]
    return sorted(found, key=lambda each: each.agency)


def workers_of(viewer: Viewer, child_id: uuid.UUID) -> dict[int, tuple[str, ...]]:
    """Who at each agency the child is allocated to, with their telephone; nobody is named to
    whom, or to whose line manager, nothing about this child may go.
    """
    rows = _asked("SELECT agency_id, person_id FROM access_workers(%s)", child_id)
    people = Person.objects.in_bulk([person for _, person in rows])
    found: dict[int, list[str]] = defaultdict(list)
    for agency, person in rows:
        found[agency].append(_reached(people[person]))
    return {agency: tuple(sorted(names)) for agency, names in found.items()}


@about_a_child
def relations(viewer: Viewer, child_id: uuid.UUID) -> list[str]:
    """Why the viewer may see more than their own agency's record, in words."""
    ties = list(Tie.objects.filter(pk__in=_own_ties(), child_id=child_id).order_by("relation"))
    if ties:
        saw(by=viewer.actor, child_id=child_id, what="why it may be seen")
    return [f"{Relation(tie.relation).in_words}: {tie.because}" for tie in ties]


@about_a_child
def glass_ends(viewer: Viewer, child_id: uuid.UUID) -> datetime | None:
    """Until when the viewer may look because they broke the glass, if they did."""
    ties = Tie.objects.filter(
        pk__in=_own_ties(), child_id=child_id, relation=Relation.BREAK_GLASS.value
    )
    latest = ties.order_by("-until").first()
    return latest.until if latest else None


def own_ties(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[PersonalTie]:
    """The children to whom the viewer is tied by name, the newest tie first: allocated to them,
    sampled in their inspection, of whose conference they are, or whose glass they broke.
    """
    named = _named_ties()
    ties = Tie.objects.filter(pk__in=named).order_by("-since", "pk")
    with narrowed_to(named.values()):
        return [
            PersonalTie(tie.child_id, Relation(tie.relation).in_words, tie.because, tie.until)
            for tie in ties[offset : offset + limit]
        ]


@about_a_child
def has_relation(viewer: Viewer, child_id: uuid.UUID) -> bool:
    """Whether the viewer leads for the child: allocated, their team's, or at the front door."""
    return bool(_asked("SELECT %s = ANY(access_led_children())", child_id)[0][0])


def _involvement(agency: Agency, workers: tuple[str, ...], *, masked: bool) -> Involvement:
    name = agency_named(agency.name, agency.kind, masked=masked)
    hidden = name != agency.name
    return Involvement(
        name,
        AgencyKind(agency.kind).in_words,
        ASK_SOCIAL_CARE if hidden else agency.phone,
        () if hidden else workers,
    )


def _reached(person: Person) -> str:
    return f"{person.name}, {person.phone}" if person.phone else person.name


def _named_ties() -> dict[uuid.UUID, uuid.UUID]:
    """The ties that name the viewer, and each one's child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tie_id, child_id FROM access_named_ties()")
        return dict(cursor.fetchall())


def _own_ties() -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tie_id FROM access_ties()")
        return [row[0] for row in cursor.fetchall()]


def _asked(query: str, child_id: uuid.UUID) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [child_id])
        return list(cursor.fetchall())


def clients() -> list[Client]:
    """All clients, for the command line: those that have ended too."""
    return list(Client.objects.order_by("created"))
