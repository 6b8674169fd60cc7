"""What children’s social care records beside its processes: contacts, early help, cases, visits."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing

ANNEX_A = "Ofsted, inspecting local authority children’s services: Annex A"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactReceived(Content):
    """Somebody told children’s social care of a child; it need not become a referral."""

    kind: ClassVar[str] = "contact_received"
    title: ClassVar[str] = "Contact with children’s social care"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = f"{ANNEX_A}, list 1"

    contact_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyHelpAssessment(Content):
    """An early help assessment, from its start to its completion."""

    kind: ClassVar[str] = "early_help_assessment"
    title: ClassVar[str] = "Early help assessment"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = f"{ANNEX_A}, list 2"

    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InNeed(Content):
    """A case of a child in need, from its start to its closure; `status` is what it is now."""

    kind: ClassVar[str] = "in_need"
    title: ClassVar[str] = "Child in need: an open case"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = f"{ANNEX_A}, list 6"

    primary_need: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSeen(Content):
    """A day on which a social worker saw a child, and whether alone, where that is told."""

    kind: ClassVar[str] = "child_seen"
    title: ClassVar[str] = "Child seen by a social worker"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = f"{ANNEX_A}, lists 6 to 8"

    alone: bool | None = None

    def sentence(self) -> str:
        how = "" if self.alone is None else ", alone" if self.alone else ", not alone"
        return f"Child seen by a social worker{how}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfterPeriod(Content):
    """A period of being looked after, and how it stands on the day of the list.

    Counts are of the twelve months before that day.
    """

    kind: ClassVar[str] = "looked_after_period"
    title: ClassVar[str] = "Looked after by the council"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = f"{ANNEX_A}, list 8"

    legal_status: str | None = None
    category_of_need: str | None = None
    permanence_plan: str | None = None
    reason_ended: str | None = None
    placements_in_a_year: int | None = None
    missing_in_a_year: int | None = None
    away_in_a_year: int | None = None
    interview_offered: bool | None = None
    interview_accepted: bool | None = None
    reviewing_officer_seen: date | None = None
    health_assessed: date | None = None
    teeth_checked: date | None = None
