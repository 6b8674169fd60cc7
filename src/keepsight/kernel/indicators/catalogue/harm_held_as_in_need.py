"""Harmed, and held as a child in need."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import OFSTED_2014, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    any_of,
    began,
    during,
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

WITHIN = local_practice(180, "days", "The time in which harm and help are looked at")

INFLICTED = ("assault", "unexplained_injury")
"""What an emergency department recorded that somebody else may have done."""

lately_in_need = (
    in_progress("in_need", in_last(WITHIN)),
    in_progress("child_in_need_plan", in_last(WITHIN)),
)
harm = (
    began("crime_victim", in_last(WITHIN), says("exploitation_flag", True)),
    began("emergency_attendance", in_last(WITHIN), says_one_of("concern", *INFLICTED)),
)


def _not_enquired_into(harm: Select) -> Select:
    enquired = unanswered(harm, by=began("section47_started", in_last(WITHIN)))
    return not_during(enquired, in_progress("child_protection_plan", in_last(WITHIN)))


harmed_while_in_need = tuple(
    during(_not_enquired_into(each), need) for each in harm for need in lately_in_need
)

HARM_HELD_AS_IN_NEED = Indicator(
    code="harm_held_as_in_need",
    version=1,
    title="Harm recorded while held as a child in need, and no enquiry since",
    question=(
        "The record says that somebody harmed this child. Is help for a child in need the answer"
        " to that, and who decided so?"
    ),
    reason=(
        "In all eight areas Ofsted found children whom exploitation threatened helped as children"
        " in need, with plans that were watched less closely than protection plans."
    ),
    changes=(
        "An enquiry under section 47 since; or an explanation of the injury that a person has"
        " recorded and accepted."
    ),
    source=OFSTED_2014,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.HARM_RECORDED,
    standing=Standing.HARM,
    rule=any_of(*map(some, harmed_while_in_need)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN,),
)
