"""What a voluntary organisation said, and nobody took up."""

from keepsight.kernel.indicators.catalogue.answers import looked_at_by_nobody_since
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import EXPLOITATION_CONCERN
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, ROCHDALE_2012
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    began,
    in_days_before,
    in_last,
    says,
    some,
    unanswered,
)
from keepsight.kernel.vocabulary.content.base import Standing

REPORTED_WITHIN = local_practice(
    180, "days", "The time in which reports are looked at, before the days that must have passed"
)
TIME_TO_HEAR = local_practice(28, "days", "Days that have passed since the report")
SINCE = local_practice(
    208, "days", "The two together: since when a referral or a contact is looked for"
)

reports = began(
    "voluntary_report",
    in_days_before(REPORTED_WITHIN, the_last=TIME_TO_HEAR),
    says("work", EXPLOITATION_CONCERN),
)
unheard = unanswered(
    looked_at_by_nobody_since(reports, in_last(SINCE)),
    by=began("contact_received", in_last(SINCE)),
)

VOLUNTARY_REPORT_UNHEARD = Indicator(
    code="voluntary_report_unheard",
    version=1,
    title="A voluntary organisation’s concern of exploitation, and no contact or referral since",
    question=(
        "Did the organisation tell anybody, and did anybody answer? What else does its worker know?"
    ),
    reason=(
        "Workers of voluntary organisations are often the first whom a child tells. Reviews found"
        " that they held much of the picture, and that what they said was generally not acted on."
    ),
    changes="A contact, a referral, an assessment or an enquiry since the report.",
    source=ROCHDALE_2012,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=some(unheard),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(REPORTED_WITHIN, TIME_TO_HEAR, SINCE),
)
