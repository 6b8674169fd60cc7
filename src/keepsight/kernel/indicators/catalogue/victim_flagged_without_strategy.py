"""A crime of exploitation, and no strategy about it."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import OFSTED_2014, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    any_of,
    began,
    in_days_before,
    in_last,
    in_progress,
    not_during,
    says,
    says_one_of,
    some,
    unanswered,
)
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.vocabulary.content.base import Standing

HAPPENED_WITHIN = local_practice(
    180,
    "days",
    "The time in which such crimes are looked at, before the days that must have passed",
)
TIME_TO_ACT = local_practice(28, "days", "Days that have passed since the crime")
SINCE = local_practice(
    208, "days", "The two together: since when an enquiry or a plan is looked for"
)

IN_THEMSELVES = ("Child abduction", "Meeting a child following grooming")
"""Offences that are exploitation whatever mark the force puts on them: marks are put on by hand and
vary (IICSA, B.4), so no rule rests on them alone."""

then = in_days_before(HAPPENED_WITHIN, the_last=TIME_TO_ACT)


def _without_strategy(victim: Select) -> Select:
    enquired = unanswered(victim, by=began("section47_started", in_last(SINCE)))
    return not_during(
        unanswered(enquired, by=began("child_protection_plan", in_last(SINCE))),
        in_progress("child_protection_plan", in_last(SINCE)),
    )


flagged = _without_strategy(began("crime_victim", then, says("exploitation_flag", True)))
named = _without_strategy(began("crime_victim", then, says_one_of("offence", *IN_THEMSELVES)))

VICTIM_FLAGGED_WITHOUT_STRATEGY = Indicator(
    code="victim_flagged_without_strategy",
    version=1,
    title="Victim of a crime of exploitation, and no enquiry or protection plan since",
    question=(
        "The police recorded that this child was harmed. Who decided that no strategy discussion"
        " was needed, and on what grounds?"
    ),
    reason=(
        "A crime of exploitation is harm that has happened. Ofsted found that child protection"
        " procedures were not always applied to it; where they are not, nobody plans how to keep"
        " the child safe."
    ),
    changes=(
        "An enquiry under section 47, or a child protection plan, since the crime; or the record"
        " of the crime corrected."
    ),
    source=OFSTED_2014,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.HARM_RECORDED,
    standing=Standing.HARM,
    rule=any_of(some(flagged), some(named)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(HAPPENED_WITHIN, TIME_TO_ACT, SINCE),
)
