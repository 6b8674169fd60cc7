"""Clocks of a missing episode (`domain.md` section 3, row 18)."""

from datetime import date

from keepsight.kernel.duties.duty import (
    Answer,
    Duty,
    Force,
    Limit,
    Mark,
    Mention,
    Moment,
    Start,
    Stop,
    Unit,
)
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import (
    MissingEpisode,
    ReturnInterviewHeld,
    ReturnInterviewOffered,
)

NOT_INDEPENDENT = Answer("independent", False)

RETURN_HOME_INTERVIEW = Duty(
    code="return_home_interview",
    version=1,
    title="Return home interview",
    requirement=(
        "Within 72 hours of the return of a child who was missing, somebody independent holds a "
        "return home interview."
    ),
    starts=Start(MissingEpisode, "the return", moment=Moment.ENDED, one_per_episode=True),
    stops=(Stop(ReturnInterviewHeld, "a return home interview was held", unless=NOT_INDEPENDENT),),
    limit=Limit(72, Unit.HOURS),
    force=Force.STATUTORY_GUIDANCE,
    citation=(
        "Statutory guidance on children who run away or go missing from home or care, January "
        "2014 (around paragraphs 31 to 33 [M]; published on 16 January 2014 [M]); IICSA G.5"
    ),
    mark=Mark.READ,
    in_force_from=date(2014, 1, 16),
    responsible=AgencyKind.CHILDRENS_SOCIAL_CARE,
    missing="no return home interview has been recorded",
    mentions=(
        Mention(
            ReturnInterviewOffered,
            "An interview was offered",
            "an offer does not stop the clock",
            adds=((Answer("declined", True), "and declined"),),
        ),
        Mention(
            ReturnInterviewHeld,
            "An interview was held by somebody who is not independent",
            "only an independent one stops the clock",
            only_if=NOT_INDEPENDENT,
        ),
    ),
)

MISSING_DUTIES = (RETURN_HOME_INTERVIEW,)
