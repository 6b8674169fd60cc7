"""Coming back, more than once, and nobody independent having asked."""

from keepsight.kernel.indicators.catalogue.sources import (
    LOCAL_PRACTICE,
    MISSING_2014,
    MISSING_IN_FORCE,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import (
    at_least,
    began,
    days_of,
    ended,
    in_last,
    unanswered,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = Threshold(
    value=90,
    unit="days",
    meaning="The time in which returns are counted",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=MISSING_IN_FORCE,
)
RETURNS = Threshold(
    value=2,
    unit="days",
    meaning="Days of return after which, or on which, no return home interview was held",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=MISSING_IN_FORCE,
)

interview = began("return_interview_held", in_last(WITHIN))

RETURNS_WITHOUT_INTERVIEW = Indicator(
    code="returns_without_interview",
    version=1,
    title="Returned twice or more with no return home interview held since",
    question=(
        "Who has listened to this child since they came back, and if nobody has, what stands in"
        " the way?"
    ),
    reason=(
        "The interview is the one time that somebody asks where the child was and with whom. An"
        " offer, even declined, is no interview; and those who exploit children press them to"
        " decline."
    ),
    changes="A return home interview held since the last return.",
    source=MISSING_2014,
    mark=Mark.READ,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=at_least(
        RETURNS, days_of(unanswered(ended("missing_episode", in_last(WITHIN)), by=interview))
    ),
    in_force_from=MISSING_IN_FORCE,
    thresholds=(WITHIN, RETURNS),
)
