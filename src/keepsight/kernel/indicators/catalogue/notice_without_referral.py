"""A notice of the police that nobody made into anything."""

from keepsight.kernel.indicators.catalogue.answers import (
    looked_at_by_nobody_since,
    while_no_case_was_open,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import EXPLOITATION_NOTICES
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, ROCHDALE_2012
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import began, in_days_before, in_last, says_one_of, some
from keepsight.kernel.vocabulary.content.base import Standing

RAISED_WITHIN = local_practice(
    180, "days", "The time in which notices are looked at, before the days that must have passed"
)
TIME_TO_ACT = local_practice(14, "days", "Days that have passed since the notice")
SINCE = local_practice(194, "days", "The two together: since when an answer is looked for")

notices = began(
    "public_protection_notice",
    in_days_before(RAISED_WITHIN, the_last=TIME_TO_ACT),
    says_one_of("concern", *EXPLOITATION_NOTICES),
)

NOTICE_WITHOUT_REFERRAL = Indicator(
    code="notice_without_referral",
    version=1,
    title="Police notice of exploitation, and no referral or open case since",
    question="Who read this notice, and what did they decide? Do the police know?",
    reason=(
        "Serious case reviews found that what others told of exploitation was generally not acted"
        " on. A notice that stays a notice has told nobody who can help."
    ),
    changes=(
        "A referral, an assessment or an enquiry since the notice; or a notice made in error and"
        " corrected."
    ),
    source=ROCHDALE_2012,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=some(
        while_no_case_was_open(looked_at_by_nobody_since(notices, in_last(SINCE)), in_last(SINCE))
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(RAISED_WITHIN, TIME_TO_ACT, SINCE),
)
