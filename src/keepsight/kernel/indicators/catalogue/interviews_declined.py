"""Asked to talk after coming back, and declining, again and again."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import IICSA_2022, IICSA_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import at_least, began, days_of, in_last, says, unanswered
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which offers are counted", IICSA_PUBLISHED)
OFFERS = local_practice(
    2, "days", "Days of offers declined, with no interview held since", IICSA_PUBLISHED
)

declined = began("return_interview_offered", in_last(WITHIN), says("declined", True))
held = began("return_interview_held", in_last(WITHIN))

INTERVIEWS_DECLINED = Indicator(
    code="interviews_declined",
    version=1,
    title="Return home interviews declined twice or more, and none held since",
    question="Who would this child talk to, and where? Is somebody telling the child not to?",
    reason=(
        "Those who exploit children know what an interview is for and press them to decline it. A"
        " repeated no is itself something to think about, and no reason to stop asking."
    ),
    changes="A return home interview held since the last offer that was declined.",
    source=IICSA_2022,
    mark=Mark.READ,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=at_least(OFFERS, days_of(unanswered(declined, by=held))),
    in_force_from=IICSA_PUBLISHED,
    thresholds=(WITHIN, OFFERS),
)
