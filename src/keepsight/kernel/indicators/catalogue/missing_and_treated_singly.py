"""Missing again and again, and nobody at the council asked to look."""

from keepsight.kernel.indicators.catalogue.answers import looked_at_by_nobody_since
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import OXFORDSHIRE_2015, OXFORDSHIRE_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import at_least, began, days_of, in_last
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(90, "days", "The time in which episodes are counted", OXFORDSHIRE_PUBLISHED)
EPISODES = local_practice(
    3,
    "days",
    "Days on which an episode began, with nothing of the council since",
    OXFORDSHIRE_PUBLISHED,
)

episodes = began("missing_episode", in_last(WITHIN))

MISSING_AND_TREATED_SINGLY = Indicator(
    code="missing_and_treated_singly",
    version=1,
    title="Missing three times or more, with no referral, assessment or enquiry since the first",
    question="Who has read these episodes together, and what would have to happen for somebody to?",
    reason=(
        "Reviews found hundreds of missing episodes each treated on its own, closed when the child"
        " came back, with nobody asked to look at all of them."
    ),
    changes=(
        "A referral, an assessment or an enquiry under section 47 since; or ninety days with fewer"
        " episodes."
    ),
    source=OXFORDSHIRE_2015,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=at_least(EPISODES, days_of(looked_at_by_nobody_since(episodes, in_last(WITHIN)))),
    in_force_from=OXFORDSHIRE_PUBLISHED,
    thresholds=(WITHIN, EPISODES),
)
