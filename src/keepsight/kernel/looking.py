"""What the rule of visibility asks about: the viewer, the record, and what ties them. Plain values.

Moments are aware. In the database the same facts stand in the flat tables of `access`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Tier


class Sight(IntEnum):
    """What may be seen of a record, from nothing upward."""

    NOTHING = 0
    EXISTENCE = 1
    SUMMARY = 2
    CONTENT = 3

    @property
    def in_words(self) -> str:
        return SIGHT_TITLES[self]


SIGHT_TITLES = {
    Sight.NOTHING: "nothing",
    Sight.EXISTENCE: "existence",
    Sight.SUMMARY: "summary",
    Sight.CONTENT: "content",
}


class Relation(StrEnum):
    """What ties a person, a team or an agency to a child for a time."""

    ALLOCATED = "allocated"
    TEAM = "team"
    CASE = "case"
    FRONT_DOOR = "front_door"
    CONFERENCE = "conference"
    INSPECTION = "inspection"
    BREAK_GLASS = "break_glass"

    @property
    def in_words(self) -> str:
        return RELATION_TITLES[self]


RELATION_TITLES = {
    Relation.ALLOCATED: "the child is allocated to you",
    Relation.TEAM: "the child is allocated to your team",
    Relation.CASE: "children’s social care has an open case, allocated to nobody here",
    Relation.FRONT_DOOR: "the front door is looking at this child",
    Relation.CONFERENCE: "you are invited to this child’s case conference",
    Relation.INSPECTION: "the case is in the sample of an inspection",
    Relation.BREAK_GLASS: "you broke the glass",
}

LEADS = frozenset({Relation.ALLOCATED, Relation.TEAM, Relation.CASE, Relation.FRONT_DOOR})
"""Relations of children's social care to a child whom it helps or is deciding about."""


class Serves(StrEnum):
    """For whom an agreement shares: whoever leads for the child, or all who are involved."""

    LEAD = "lead"
    CONFERENCE = "conference"
    INVOLVED = "involved"


class Purpose(StrEnum):
    """Why somebody looks. An agreement names the purposes that it covers."""

    SAFEGUARDING = "safeguarding"
    INSPECTION = "inspection"
    EMERGENCY = "emergency"
    ANALYSIS = "analysis"
    GOVERNANCE = "governance"


class Reach(StrEnum):
    """An area's own setting: how far in a council an allocated child's story goes."""

    TEAM = "team"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From a moment until another, or still; the end is not in it."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation of an agency to a child; of one team or one person of it where they are named."""

    relation: Relation
    agency: int
    span: Span
    team: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one agency has agreed to give to another, for what, and how much of it."""

    giver: int
    receiver: int
    serves: Serves
    category: Category
    sight: Sight
    purpose: Purpose
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRules:
    """An area's own settings, stricter or wider; the defaults are ours."""

    involved_days: int = 365
    involved_may_know: bool = True
    reach: Reach = Reach.TEAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """A viewer. `ties` are those of anybody to the child in question."""

    person: int
    agency: int
    agency_kind: AgencyKind
    role: Role
    team: int | None = None
    rules: AreaRules = AreaRules()
    ties: tuple[Tie, ...] = ()
    terms: tuple[Term, ...] = ()
    last_contact: datetime | None = None
    excluded: tuple[Span, ...] = ()

    def tied(self, relations: frozenset[Relation], at: datetime) -> bool:
        """Whether one of these relations reaches this very person."""
        return any(
            tie.relation in relations and tie.span.holds(at) and self._reached(tie)
            for tie in self.ties
        )

    def _reached(self, tie: Tie) -> bool:
        own = tie.agency == self.agency
        person = tie.person is None or tie.person == self.person
        team = tie.team is None or tie.team == self.team or self.rules.reach is Reach.COUNCIL
        return own and person and team


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A child's records are for named people only."""

    span: Span
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record: who holds it, what it is about, how closely it is held, and how its child stands.

    `agency` is 0 where no agency holds it. `last_contact` is the holder's with the child; how
    long it counts after that is the setting of the holder's own area.
    """

    agency: int
    category: Category
    tier: Tier = Tier.ORDINARY
    agency_kind: AgencyKind | None = None
    last_contact: datetime | None = None
    involved_days: int = AreaRules().involved_days
    seals: tuple[Seal, ...] = ()
    protected: tuple[Span, ...] = ()

    @property
    def closely(self) -> bool:
        return self.tier is not Tier.ORDINARY

    def seals_at(self, at: datetime) -> list[Seal]:
        return [seal for seal in self.seals if seal.span.holds(at)]
