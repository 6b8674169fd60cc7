"""What a school or a children’s home suspected, and nobody took up."""

from keepsight.kernel.indicators.catalogue.answers import looked_at_by_nobody_since
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import EXPLOITATION_CONCERN
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, ROCHDALE_2012
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    any_of,
    began,
    in_days_before,
    in_last,
    says,
    some,
    unanswered,
)
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.vocabulary.content.base import Standing

WRITTEN_WITHIN = local_practice(
    180, "days", "The time in which entries are looked at, before the days that must have passed"
)
TIME_TO_HEAR = local_practice(14, "days", "Days that have passed since the entry")
SINCE = local_practice(
    194, "days", "The two together: since when a referral or a contact is looked for"
)

then = in_days_before(WRITTEN_WITHIN, the_last=TIME_TO_HEAR)


def _unheard(entries: Select) -> Select:
    return unanswered(
        looked_at_by_nobody_since(entries, in_last(SINCE)),
        by=began("contact_received", in_last(SINCE)),
    )


of_school = _unheard(began("school_concern", then, says("topic", EXPLOITATION_CONCERN)))
of_home = _unheard(began("home_log_entry", then, says("entry", EXPLOITATION_CONCERN)))

CONCERN_NAMED_AND_UNHEARD = Indicator(
    code="concern_named_and_unheard",
    version=1,
    title="Exploitation feared at school or in a home, and no contact or referral since",
    question="Did whoever wrote this tell anybody, and what were they answered?",
    reason=(
        "A school or a children’s home sees a child every day, and is often the first to name what"
        " it fears. Reviews found that what was referred was generally not acted on, and that those"
        " who had spoken took it no further. What stays in a log has told nobody."
    ),
    changes="A contact, a referral, an assessment or an enquiry since the entry.",
    source=ROCHDALE_2012,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=any_of(some(of_school), some(of_home)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WRITTEN_WITHIN, TIME_TO_HEAR, SINCE),
)
