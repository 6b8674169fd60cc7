"""What happens to children and what agencies do about it, before anybody has written it down.

Times are local and carry no zone; persons are numbers in the county's `People`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

ED, CLINIC, SEXUAL_HEALTH_CLINIC = "EMER", "AMB", "SEXUAL_HEALTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Missing from home or care, or (`away`) away from placement without authorisation."""

    person: int
    left: datetime
    back: datetime | None
    origin: str
    away: bool = False
    found_at: str = ""
    found_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInterview:
    """What was done after a return. `outcome` is Held, Declined or Not offered."""

    person: int
    returned: datetime
    outcome: str
    offered: datetime | None = None
    held: datetime | None = None
    independent: bool = True
    summary: str = ""

    @property
    def recorded(self) -> datetime:
        """When the last of it happened, so that a record could be made."""
        return self.held or self.offered or self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An attendance at an emergency department, an outpatient clinic or a sexual health clinic."""

    person: int
    start: datetime
    setting: str
    reason: str
    left_before_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    started: date
    authorised: date | None
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """An enquiry under section 47. With `conference_needed` and no conference it is waiting."""

    started: date
    conference_needed: bool
    conference: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlan:
    started: date
    ended: date | None
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral to children's social care, and what came of it."""

    person: int
    referral: date
    source: str
    need: str
    no_further_action: date | None = None
    closed: date | None = None
    closure_reason: str = ""
    assessment: Assessment | None = None
    plan_started: date | None = None
    enquiry: Enquiry | None = None
    protection: ProtectionPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One episode of being looked after."""

    person: int
    started: date
    ended: date | None
    reason_new: str
    legal_status: str
    place: str
    provider: str
    reason_ended: str = ""
    reason_changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePattern:
    """A run of days in which a pupil misses a growing share of sessions, under these marks."""

    person: int
    since: date
    until: date
    share: float
    marks: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Happenings:
    """Everything that happens in the county, by kind."""

    missing: list[Missing] = field(default_factory=list)
    interviews: list[ReturnInterview] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    absence: list[AbsencePattern] = field(default_factory=list)

    def add(self, other: "Happenings") -> None:
        self.missing += other.missing
        self.interviews += other.interviews
        self.visits += other.visits
        self.cases += other.cases
        self.placements += other.placements
        self.absence += other.absence
