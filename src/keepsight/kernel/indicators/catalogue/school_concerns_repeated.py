"""School wrote down a sign, and then another."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import TELLING_TOPICS
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import at_least, began, days_of, in_last, says_one_of
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which concerns are counted")
AGAIN = local_practice(2, "days", "Days on which such a concern was recorded")

concerns = began("school_concern", in_last(WITHIN), says_one_of("topic", *TELLING_TOPICS))

SCHOOL_CONCERNS_REPEATED = Indicator(
    code="school_concerns_repeated",
    version=1,
    title="Two concerns or more of a school of the kinds that public tools name",
    question="What do these concerns say together, and has the school told anybody of them?",
    reason=(
        "New friends, things that nobody gave, a life online, drink or drugs: public tools name"
        " each as a sign. Each is written down by whoever saw it, and often read by nobody else."
    ),
    changes="Half a year with fewer; or an explanation that a person has recorded and accepted.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=at_least(AGAIN, days_of(concerns)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, AGAIN),
)
