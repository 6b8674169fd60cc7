"""The work of a council's children's social care."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact to the council's front door; `referred` where it became a referral."""

    person: int
    day: date
    source: str
    referred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyHelp:
    """An early help assessment; `completed` is empty while it runs."""

    person: int
    started: date
    completed: date | None
    organisation: str

    @property
    def day(self) -> date:
        return self.started


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An assessment under section 17; `factors` are codes of the children in need census."""

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
    """A child protection plan, with the days on which a conference reviewed it."""

    started: date
    ended: date | None
    category: str
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral to children's social care, and what came of it.

    `decided` is the day on which the council decided what to do about it, `told_referrer`
    the day on which whoever referred was given an answer.
    """

    person: int
    referral: date
    source: str
    need: str
    decided: date | None = None
    no_further_action: date | None = None
    closed: date | None = None
    closure_reason: str = ""
    assessments: tuple[Assessment, ...] = ()
    plan_started: date | None = None
    enquiries: tuple[Enquiry, ...] = ()
    protection: ProtectionPlan | None = None
    told_referrer: date | None = None

    @property
    def day(self) -> date:
        return self.referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One episode of being looked after. `home` tells a children's home of the district (K2)."""

    person: int
    started: date
    ended: date | None
    reason_new: str
    legal_status: str
    place: str
    provider: str
    need: str = "N1"
    reason_ended: str = ""
    reason_changed: str = ""
    home: int = 0

    @property
    def day(self) -> date:
        return self.started
