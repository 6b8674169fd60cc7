"""The event vocabulary: every kind of fact that an agency can send, and one event as a value."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD
from keepsight.kernel.vocabulary.content import (
    adoption,
    community,
    education,
    health,
    help_given,
    looked_after,
    missing,
    out_of_school,
    person,
    police,
    social_care,
)
from keepsight.kernel.vocabulary.content.base import Content, ContentError

CONTENTS: tuple[type[Content], ...] = (
    person.PersonDetails,
    person.AddressGiven,
    education.SchoolEnrolment,
    education.AttendanceSummary,
    education.AttendanceOfYear,
    education.AttendanceWeek,
    education.AbsenceSpell,
    education.SpecialEducationalNeed,
    education.SchoolConcern,
    out_of_school.SchoolExclusion,
    out_of_school.LeftForAnotherSchool,
    out_of_school.OnNoRoll,
    missing.MissingEpisode,
    missing.ReturnInterviewOffered,
    missing.ReturnInterviewHeld,
    health.EmergencyAttendance,
    health.HospitalStay,
    health.HealthContact,
    health.SexualHealthAttendance,
    health.SexualAssaultCentreAttendance,
    health.MentalHealthContact,
    health.RefugeStay,
    health.Appointment,
    health.NotBrought,
    health.HealthFlag,
    police.PoliceIntelligence,
    police.CrimeVictim,
    police.CrimeSuspect,
    police.CrimeWitness,
    police.Sighting,
    police.Association,
    police.PublicProtectionNotice,
    police.PublicReport,
    community.YouthJusticeContact,
    community.HomeLogEntry,
    community.HousingCall,
    community.VoluntaryReport,
    social_care.ReferralReceived,
    social_care.ReferralDecided,
    social_care.AssessmentStarted,
    social_care.AssessmentCompleted,
    social_care.Section47Started,
    social_care.InitialConferenceHeld,
    social_care.InitialConferenceNotRequired,
    social_care.ChildInNeedPlan,
    social_care.ChildProtectionPlan,
    social_care.ProtectionPlanReviewed,
    social_care.CaseClosed,
    social_care.Placement,
    social_care.LookedAfterReview,
    social_care.SocialWorkerAllocated,
    help_given.ContactReceived,
    help_given.EarlyHelpAssessment,
    help_given.InNeed,
    help_given.ChildSeen,
    help_given.LookedAfterPeriod,
    looked_after.UnaccompaniedChild,
    looked_after.LookedAfterHealth,
    looked_after.DifficultiesQuestionnaire,
    looked_after.CareLeaver,
    looked_after.DeprivationOfLiberty,
    adoption.AdoptionDecided,
    adoption.PlacedForAdoption,
    adoption.AdoptionOrderMade,
    adoption.EarlierPermanence,
    social_care.AlertConsidered,
)

BY_KIND: dict[str, type[Content]] = {content.kind: content for content in CONTENTS}

CONFIDENTIAL_KINDS = frozenset(
    kind for kind, content in BY_KIND.items() if content.heading in CLOSELY_HELD
)


def content_of(kind: str, raw: dict[str, Any]) -> Content:
    """The typed content of a stored event; raises `ContentError` for a kind that is not known."""
    if kind not in BY_KIND:
        raise ContentError(f"“{kind}” is not a kind of event that Keepsight knows.")
    return BY_KIND[kind].from_json(raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact from one agency about one subject record.

    Times are aware. With `day_only` the agency gave dates, and the times are the start of the
    day in London. `occurred_until` is empty for an instant or for what has not ended.
    """

    id: str
    subject: int
    agency: int
    occurred: datetime
    received: datetime
    content: Content
    occurred_until: datetime | None = None
    day_only: bool = False

    @property
    def kind(self) -> str:
        return self.content.kind

    @property
    def day(self) -> date:
        """The day in London on which it happened or began."""
        return self.occurred.astimezone(LONDON).date()

    @property
    def last_day(self) -> date | None:
        """The day in London on which it ended, if it has."""
        return self.occurred_until.astimezone(LONDON).date() if self.occurred_until else None
