"""A small world in a plan, and the same made real with every row that came of it.

Two areas, and who knows which child of what. Every row remembers who holds it, where, how
closely, and of which child: what the rule of visibility asks.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Agency, Area, Person
from keepsight.kernel.visibility import Held, Onlooker, Relation
from keepsight.kernel.vocabulary.agencies import AgencyKind, Role
from keepsight.kernel.vocabulary.content.base import Tier

KINDS = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.HEALTH,
    AgencyKind.SEXUAL_HEALTH,
    AgencyKind.SCHOOL,
    AgencyKind.INSPECTORATE,
)
Place = tuple[int, AgencyKind]
CASES = ("none", "open", "closed", "no further action", "closed and open again")
OPEN_CASES = {"open", "closed and open again"}


@dataclass(frozen=True)
class RecordPlan:
    """What one agency holds of one child. `unlinked` later ends the link to the child."""

    child: int
    holder: Place
    facts: tuple[Tier, ...] = ()
    corrected: bool = False
    week: bool = False
    case: str = "none"
    unlinked: bool = False


@dataclass(frozen=True)
class PersonPlan:
    """Somebody, and for an inspector the area that is inspected if not the agency's own."""

    place: Place
    role: Role
    inspects: int | None = None


@dataclass(frozen=True)
class WorldPlan:
    """A whole world. Front doors are (child, area); alerts (child, area); duties (child, place)."""

    children: int
    records: tuple[RecordPlan, ...]
    people: tuple[PersonPlan, ...]
    front_doors: tuple[tuple[int, int], ...] = ()
    alerts: tuple[tuple[int, int], ...] = ()
    duties: tuple[tuple[int, Place], ...] = ()
    quarantine: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a table, as the rule of visibility asks about it."""

    table: str
    ref: str
    held: Held
    child: uuid.UUID | None
    subject: int | None = None
    latest: bool = True
    details: bool = False


@dataclass
class KnownWorld:
    """A plan made real, with every row that came of it."""

    areas: list[Area] = field(default_factory=list)
    agencies: dict[Place, Agency] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    children: list[uuid.UUID] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    relations: dict[tuple[uuid.UUID, int], set[Relation]] = field(
        default_factory=lambda: defaultdict(set)
    )

    @cached_property
    def involved(self) -> set[tuple[uuid.UUID, int]]:
        """Which agencies hold a record that is now believed to be which child's."""
        links = (row for row in self.rows if row.table == "identity_link" and row.child)
        return {(row.child, row.held.agency) for row in links if row.child}

    def onlooker(self, person: Person, child: uuid.UUID | None) -> Onlooker:
        """The person as the rule sees them before one child (or a record of no child now)."""
        viewer = viewer_of(person)
        return Onlooker(
            agency=viewer.agency_id,
            agency_kind=viewer.agency_kind,
            area=viewer.area_id,
            role=viewer.role,
            involved=child is not None and (child, viewer.agency_id) in self.involved,
            relations=frozenset(self.relations.get((child, viewer.agency_id), ()))
            if child
            else frozenset(),
        )

    def keep(
        self,
        table: str,
        ref: object,
        holder: Agency | Area,
        tier: Tier,
        child: uuid.UUID | None,
        subject: int | None = None,
        **rest: bool,
    ) -> None:
        """Remember a row. What belongs to no agency is held by none, in its area."""
        area = holder.area_id if isinstance(holder, Agency) else holder.pk
        agency = holder.pk if isinstance(holder, Agency) else 0
        held = Held(agency=agency, area=area, tier=tier)
        self.rows.append(Row(table, str(ref), held, child, subject, **rest))
