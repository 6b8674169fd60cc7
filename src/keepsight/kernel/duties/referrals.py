"""Clocks of a referral to children's social care (`domain.md` section 3, row 1)."""

from dataclasses import replace
from datetime import date

from keepsight.kernel.duties.duty import (
    Answer,
    Duty,
    Force,
    Limit,
    Mark,
    Start,
    Stop,
    UndatedOutcome,
    Unit,
)
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentStarted,
    ReferralDecided,
    ReferralReceived,
    Section47Started,
)

SHOWN_BY_WHAT_FOLLOWED = (
    "No date of decision is recorded; what began then shows that a decision had been made."
)

REFERRAL_DECISION = Duty(
    code="referral_decision",
    version=2,
    title="Decision on a referral",
    requirement=(
        "Within one working day of receiving a referral, the local authority decides on the next "
        "steps and tells the referrer."
    ),
    starts=Start(ReferralReceived, "the referral"),
    stops=(
        Stop(ReferralDecided, "a decision was recorded"),
        Stop(Section47Started, "a section 47 enquiry started", note=SHOWN_BY_WHAT_FOLLOWED),
        Stop(AssessmentStarted, "an assessment started", note=SHOWN_BY_WHAT_FOLLOWED),
    ),
    limit=Limit(1, Unit.WORKING_DAYS),
    force=Force.STATUTORY_GUIDANCE,
    citation=(
        "Working Together to Safeguard Children 2026, chapter 3 (edition dated 19 March 2026 from "
        "its file)"
    ),
    mark=Mark.READ_SECOND_HAND,
    in_force_from=date(2026, 3, 19),
    responsible=AgencyKind.CHILDRENS_SOCIAL_CARE,
    missing="no decision has been recorded",
    undated=UndatedOutcome(
        Answer("no_further_action", True),
        "The return says no further action but not when that was decided.",
    ),
    same_agency=True,
)
"""Only the authority that received a referral can decide on it."""

REFERRAL_DECISION_BEFORE_2026 = replace(
    REFERRAL_DECISION,
    version=1,
    citation="Working Together to Safeguard Children, editions from 15 April 2013 to 2023",
    mark=Mark.FROM_MEMORY,
    in_force_from=date(2013, 4, 15),
    in_force_until=date(2026, 3, 18),
)

REFERRAL_DUTIES = (REFERRAL_DECISION_BEFORE_2026, REFERRAL_DECISION)
