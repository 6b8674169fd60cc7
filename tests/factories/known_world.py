"""A small world in a plan, and the same made real with every row that came of it.

Two areas, who knows which child of what, and what ties people to children or keeps them apart.
Every row remembers who holds it, how closely, and of which child: what the rule of visibility asks.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Agency, Area, Person, Team
from keepsight.kernel.agreements import USUAL, Clause
from keepsight.kernel.looking import AreaRules, Held, Onlooker, Seal, Span, Term, Tie
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Tier
from keepsight.kernel.vocabulary.content.education import AttendanceSummary
from keepsight.kernel.vocabulary.content.health import MentalHealthContact, SexualHealthAttendance
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.police import PoliceIntelligence, Sighting

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


class Fact(Enum):
    """What a record can hold, from what is ordinary to what is sealed."""

    MISSING = "missing"
    ATTENDANCE_REASON = "attendance_reason"
    SEXUAL_HEALTH = "sexual_health"
    MENTAL_HEALTH = "mental_health"
    INTELLIGENCE = "intelligence"
    HANDLED = "handled"
    SIGHTING = "sighting"
    SEALED = "sealed"


CONTENTS: dict[Fact, Content] = {
    Fact.MISSING: MissingEpisode(category="missing", found_at="an address"),
    Fact.ATTENDANCE_REASON: AttendanceSummary(code="T", category="authorised", sessions=4),
    Fact.SEXUAL_HEALTH: SexualHealthAttendance(),
    Fact.MENTAL_HEALTH: MentalHealthContact(),
    Fact.INTELLIGENCE: PoliceIntelligence(
        summary="seen in AI19 QBQ", source_grade=2, assessment="D", handling="P"
    ),
    Fact.HANDLED: PoliceIntelligence(
        summary="seen in AI19 QBQ", source_grade=2, assessment="D", handling="C"
    ),
    Fact.SIGHTING: Sighting(place="an address", told_by="Patrol"),
    Fact.SEALED: MissingEpisode(category="missing", found_at="an address sealed by a court"),
}


class When(Enum):
    """Whether something that is dated holds."""

    NOW = "now"
    OVER = "over"
    TO_COME = "to come"

    def span(self) -> Span:
        now = timezone.now()
        if self is When.TO_COME:
            return Span(since=now + timedelta(days=1))
        until = now - timedelta(minutes=1) if self is When.OVER else None
        return Span(since=now - timedelta(hours=1), until=until)


@dataclass(frozen=True)
class RecordPlan:
    """What one agency holds of one child. `unlinked` later ends the link to the child; `stale`
    is from long ago; `withheld` says that the address is; `sealed` holds all of it sealed.
    """

    child: int
    holder: Place
    facts: tuple[Fact, ...] = ()
    corrected: bool = False
    week: bool = False
    case: str = "none"
    unlinked: bool = False
    stale: bool = False
    withheld: bool = False
    sealed: bool = False


@dataclass(frozen=True)
class PersonPlan:
    """Somebody; for an inspector the area that is inspected if not the agency's own; and which
    of the agency's two teams, if any.
    """

    place: Place
    role: Role
    inspects: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class AgreementPlan:
    """Who signed what, whether it holds, and who of them has left; without parties, everybody."""

    clauses: tuple[Clause, ...] = USUAL
    parties: tuple[Place, ...] = ()
    when: When = When.NOW
    left: tuple[Place, ...] = ()


@dataclass(frozen=True)
class TiePlan:
    """A tie of a person (or of their team) to a child: by their number among the people."""

    child: int
    person: int
    when: When = When.NOW


@dataclass(frozen=True)
class SealPlan:
    """A seal, and the people whom it names by their number."""

    child: int
    people: tuple[int, ...] = ()
    when: When = When.NOW


@dataclass(frozen=True)
class WorldPlan:
    """A whole world. Front doors are (child, area); alerts (child, area); duties (child, place).

    Ties name a child and one of `people`.
    """

    children: int
    records: tuple[RecordPlan, ...]
    people: tuple[PersonPlan, ...]
    front_doors: tuple[tuple[int, int], ...] = ()
    alerts: tuple[tuple[int, int], ...] = ()
    duties: tuple[tuple[int, Place], ...] = ()
    quarantine: tuple[Place, ...] = ()
    agreements: tuple[AgreementPlan, ...] = (AgreementPlan(),)
    settings: tuple[tuple[int, AreaRules], ...] = ()
    allocated: tuple[TiePlan, ...] = ()
    teams: tuple[TiePlan, ...] = ()
    conferences: tuple[TiePlan, ...] = ()
    inspections: tuple[TiePlan, ...] = ()
    broken_glass: tuple[TiePlan, ...] = ()
    excluded: tuple[TiePlan, ...] = ()
    seals: tuple[SealPlan, ...] = ()
    protections: tuple[tuple[int, When], ...] = ()


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
    """A plan made real, with every row that came of it and every fact that the rule asks."""

    areas: list[Area] = field(default_factory=list)
    agencies: dict[Place, Agency] = field(default_factory=dict)
    teams: dict[tuple[Place, int], Team] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    children: list[uuid.UUID] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ties: dict[uuid.UUID, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    terms: list[Term] = field(default_factory=list)
    settings: dict[int, AreaRules] = field(default_factory=dict)
    excluded: dict[tuple[int, uuid.UUID], list[Span]] = field(
        default_factory=lambda: defaultdict(list)
    )
    seals: dict[uuid.UUID, list[Seal]] = field(default_factory=lambda: defaultdict(list))
    protected: dict[uuid.UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[int, datetime] = field(default_factory=dict)
    decided: dict[tuple[int, str], list["Row"]] = field(default_factory=dict)
    """What the rule said, kept: the world does not change once it is built."""

    def onlooker(self, person: Person, child: uuid.UUID | None) -> Onlooker:
        """The person as the rule sees them before one child (or a record of no child now)."""
        viewer = viewer_of(person)
        facts = Onlooker(
            person=viewer.person_id,
            agency=viewer.agency_id,
            agency_kind=viewer.agency_kind,
            role=viewer.role,
            team=viewer.team_id,
            rules=self.settings.get(viewer.area_id, AreaRules()),
            terms=tuple(t for t in self.terms if t.receiver == viewer.agency_id),
        )
        if child is None:
            return facts
        own = [
            self.contacts[row.subject]
            for row in self.rows
            if row.table == "identity_link"
            and row.child == child
            and row.held.agency == viewer.agency_id
            and row.held.tier is not Tier.SEALED
            and row.subject in self.contacts
        ]
        return replace(
            facts,
            ties=tuple(self.ties[child]),
            last_contact=max(own, default=None),
            excluded=tuple(self.excluded[viewer.person_id, child]),
        )

    def held(self, row: Row) -> Held:
        """The row with what has become of its child."""
        if row.child is None:
            return row.held
        areas = {agency.pk: agency.area_id for agency in self.agencies.values()}
        rules = self.settings.get(areas.get(row.held.agency, 0), AreaRules())
        return replace(
            row.held,
            involved_days=rules.involved_days,
            last_contact=self.contacts.get(row.subject) if row.subject else None,
            seals=tuple(self.seals[row.child]),
            protected=tuple(self.protected[row.child]),
        )

    def keep(
        self,
        table: str,
        ref: object,
        holder: Agency | Area,
        tier: Tier,
        category: Category,
        child: uuid.UUID | None,
        subject: int | None = None,
        **rest: bool,
    ) -> None:
        """Remember a row. What belongs to no agency is held by none."""
        agency = holder if isinstance(holder, Agency) else None
        held = Held(
            agency=agency.pk if agency else 0,
            agency_kind=AgencyKind(agency.kind) if agency else None,
            tier=tier,
            category=category,
        )
        self.rows.append(Row(table, str(ref), held, child, subject, **rest))
