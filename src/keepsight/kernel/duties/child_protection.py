"""Clocks of a child protection enquiry (`domain.md` section 3, row 9)."""

from dataclasses import replace
from datetime import date

from keepsight.kernel.duties.duty import Duty, Force, Limit, Mark, Start, Stop, Unit
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.social_care import (
    InitialConferenceHeld,
    InitialConferenceNotRequired,
    Section47Started,
)

INITIAL_CONFERENCE = Duty(
    code="initial_conference",
    version=2,
    title="Initial child protection conference",
    requirement=(
        "Within 15 working days of the strategy discussion that initiated a section 47 enquiry, "
        "the initial child protection conference is held, unless none is required."
    ),
    starts=Start(Section47Started, "the start of the section 47 enquiry"),
    stops=(
        Stop(InitialConferenceHeld, "an initial child protection conference was held"),
        Stop(InitialConferenceNotRequired, "it was recorded that no conference was required"),
    ),
    limit=Limit(15, Unit.WORKING_DAYS),
    force=Force.STATUTORY_GUIDANCE,
    citation=(
        "Working Together to Safeguard Children 2026, chapter 3 (edition dated 19 March 2026 from "
        "its file); DfE children in need census, footnotes"
    ),
    mark=Mark.READ,
    in_force_from=date(2026, 3, 19),
    responsible=AgencyKind.CHILDRENS_SOCIAL_CARE,
    missing="no initial child protection conference has been recorded",
)

INITIAL_CONFERENCE_BEFORE_2026 = replace(
    INITIAL_CONFERENCE,
    version=1,
    citation=(
        "Working Together to Safeguard Children, editions from 15 April 2013 to 2023; DfE children "
        "in need census, footnotes"
    ),
    mark=Mark.FROM_MEMORY,
    in_force_from=date(2013, 4, 15),
    in_force_until=date(2026, 3, 18),
)

CHILD_PROTECTION_DUTIES = (INITIAL_CONFERENCE_BEFORE_2026, INITIAL_CONFERENCE)
