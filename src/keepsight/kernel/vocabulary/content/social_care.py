"""What children's social care records: referrals, enquiries, plans, and looked-after care."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing

CIN_CENSUS = "DfE children in need census"
SSDA903 = "DfE children looked after return (SSDA903)"
WORKING_TOGETHER = "Working Together to Safeguard Children 2026, chapter 3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReceived(Content):
    """A request for services to children's social care."""

    kind: ClassVar[str] = "referral_received"
    title: ClassVar[str] = "Referral to children’s social care"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = CIN_CENSUS

    referral_source: str | None = None
    primary_need: str | None = None
    no_further_action: bool | None = None

    def sentence(self) -> str:
        ended = "; no further action" if self.no_further_action else ""
        return f"Referral to children’s social care{ended}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDecided(Content):
    """What a manager decided to do about a referral."""

    kind: ClassVar[str] = "referral_decided"
    title: ClassVar[str] = "Decision on a referral"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = WORKING_TOGETHER

    decision: str
    reason: str | None = None
    referrer_told: date | None = None

    def sentence(self) -> str:
        day = f"{self.referrer_told:%d/%m/%Y}" if self.referrer_told else ""
        told = f"; the referrer was told on {day}" if day else ""
        return f"Decision on the referral: {self.decision}{told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStarted(Content):
    """A statutory assessment began."""

    kind: ClassVar[str] = "assessment_started"
    title: ClassVar[str] = "Assessment started"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCompleted(Content):
    """A statutory assessment was authorised, with the factors that it identified."""

    kind: ClassVar[str] = "assessment_completed"
    title: ClassVar[str] = "Assessment completed"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = CIN_CENSUS

    factors: tuple[str, ...] = ()

    def sentence(self) -> str:
        found = f"; factors {', '.join(self.factors)}" if self.factors else ""
        return f"Assessment completed{found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section47Started(Content):
    """A strategy discussion initiated enquiries under section 47."""

    kind: ClassVar[str] = "section47_started"
    title: ClassVar[str] = "Section 47 enquiry started"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialConferenceHeld(Content):
    """An initial child protection conference was held."""

    kind: ClassVar[str] = "initial_conference_held"
    title: ClassVar[str] = "Initial child protection conference held"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialConferenceNotRequired(Content):
    """A section 47 enquiry ended without the need of a conference."""

    kind: ClassVar[str] = "initial_conference_not_required"
    title: ClassVar[str] = "Initial conference not required"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildInNeedPlan(Content):
    """A period on a child in need plan."""

    kind: ClassVar[str] = "child_in_need_plan"
    title: ClassVar[str] = "Child in need plan"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildProtectionPlan(Content):
    """A period on a child protection plan."""

    kind: ClassVar[str] = "child_protection_plan"
    title: ClassVar[str] = "Child protection plan"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = CIN_CENSUS

    initial_category: str | None = None
    latest_category: str | None = None
    previous_plans: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlanReviewed(Content):
    """A child protection review conference."""

    kind: ClassVar[str] = "protection_plan_reviewed"
    title: ClassVar[str] = "Child protection plan reviewed"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = CIN_CENSUS


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Content):
    """Children's social care closed the case."""

    kind: ClassVar[str] = "case_closed"
    title: ClassVar[str] = "Case closed by children’s social care"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = CIN_CENSUS

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Content):
    """An episode of being looked after in one placement."""

    kind: ClassVar[str] = "placement"
    title: ClassVar[str] = "Looked-after placement"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = SSDA903

    legal_status: str | None = None
    placement_type: str | None = None
    reason_for_new_episode: str | None = None
    reason_ended: str | None = None
    reason_for_change: str | None = None
    category_of_need: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfterReview(Content):
    """A review of a looked-after child's care plan."""

    kind: ClassVar[str] = "looked_after_review"
    title: ClassVar[str] = "Looked-after review"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = SSDA903

    participation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialWorkerAllocated(Content):
    """A period with one social worker."""

    kind: ClassVar[str] = "social_worker_allocated"
    title: ClassVar[str] = "Social worker allocated"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = SSDA903

    worker: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertConsidered(Content):
    """What a person decided on reading an alert, and why."""

    kind: ClassVar[str] = "alert_considered"
    title: ClassVar[str] = "Alert considered"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    source: ClassVar[str] = "Keepsight"

    decision: str
    reason: str
    concern: str | None = None
    indicator: str | None = None

    def sentence(self) -> str:
        about = f" ({self.concern[:1].lower()}{self.concern[1:]})" if self.concern else ""
        return f"Alert considered{about}: {self.decision}. {self.reason}"
