"""What the viewer's own scope says: who else is involved with a child, and why we may look."""

import uuid
from dataclasses import dataclass

from keepsight.access.models import ChildScope, SubjectScope
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.sights import saw
from keepsight.kernel.vocabulary.agencies import AgencyKind


@dataclass(frozen=True, slots=True)
class Involvement:
    """Another agency that knows this child, and whom to call there: nothing more."""

    agency: str
    kind: str
    phone: str


def involvements(viewer: Viewer, child_id: uuid.UUID) -> list[Involvement]:
    """The other ordinary agencies of whose involvement the viewer's agency may know."""
    scopes = SubjectScope.objects.filter(
        agency_id=viewer.agency_id, child_id=child_id, level="existence", until=None
    )
    others = set(scopes.values_list("of_agency_id", flat=True))
    if others:
        saw(by=viewer.actor, child_id=child_id, what="which agencies are involved")
    return [
        Involvement(agency.name, AgencyKind(agency.kind).in_words, agency.phone)
        for agency in Agency.objects.filter(pk__in=others).order_by("name")
    ]


def relations(viewer: Viewer, child_id: uuid.UUID) -> list[str]:
    """Why the viewer's agency may see what is said of the child as a whole, in words."""
    scopes = list(
        ChildScope.objects.filter(
            agency_id=viewer.agency_id, child_id=child_id, until=None
        ).order_by("relation")
    )
    if scopes:
        saw(by=viewer.actor, child_id=child_id, what="why it may be seen")
    return [f"{scope.get_relation_display()}: {scope.because}" for scope in scopes]


def has_relation(viewer: Viewer, child_id: uuid.UUID) -> bool:
    """Whether the viewer's council has the child at its front door or an open case."""
    return ChildScope.objects.filter(
        agency_id=viewer.agency_id, child_id=child_id, until=None
    ).exists()
