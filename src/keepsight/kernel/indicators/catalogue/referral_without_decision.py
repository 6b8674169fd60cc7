"""A referral that nobody answered."""

from datetime import date

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, ROCHDALE_2012
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Change, Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    in_days_before,
    in_last,
    says,
    says_nothing,
    some,
    unanswered,
)
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.vocabulary.content.base import Standing

RECEIVED_WITHIN = local_practice(
    90, "days", "The time in which referrals are looked at, before the days that must have passed"
)
TIME_TO_DECIDE = local_practice(
    14, "days", "Days that have passed; the duty to decide in one working day is another"
)
SINCE = local_practice(104, "days", "The two together: since when a decision is looked for")

DECIDED_BY = (
    *("referral_decided", "assessment_started", "assessment_completed", "section47_started"),
    *("in_need", "child_in_need_plan", "child_protection_plan", "case_closed"),
)
"""A decision, or what cannot be without one: not every council sends its decisions."""


def _undecided(referrals: Select) -> Select:
    for answer in DECIDED_BY:
        referrals = unanswered(referrals, by=began(answer, in_last(SINCE)))
    return referrals


then = in_days_before(RECEIVED_WITHIN, the_last=TIME_TO_DECIDE)
not_said = _undecided(began("referral_received", then, says_nothing("no_further_action")))
going_on = _undecided(began("referral_received", then, says("no_further_action", False)))

REFERRAL_WITHOUT_DECISION = Indicator(
    code="referral_without_decision",
    version=2,
    title="Referral with no decision and nothing done since, together with another sign",
    question="Who has this referral, and what does the person who made it know?",
    reason=(
        "Serious case reviews found that referrals were generally not acted on, and that nobody"
        " took the referrer’s concern further. A referral with no answer looks, to everybody else,"
        " as if somebody were dealing with it."
    ),
    changes="A decision, or whatever was done about it, on record.",
    source=ROCHDALE_2012,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=all_of(any_of(some(not_said), some(going_on)), another_sign_than()),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(RECEIVED_WITHIN, TIME_TO_DECIDE, SINCE, *SIGN_THRESHOLDS),
    history=(
        Change(
            version=2,
            made=date(2026, 12, 1),
            what=(
                "It asks for another sign. A referral of any kind that waits is told by the duty to"
                " decide."
            ),
        ),
    ),
)
