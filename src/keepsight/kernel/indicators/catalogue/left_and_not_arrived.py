"""Left one school, and no sign of another."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    began,
    in_days_before,
    in_last,
    says_at_least,
    some,
    unanswered,
)
from keepsight.kernel.vocabulary.content.base import Standing

LEFT_WITHIN = local_practice(120, "days", "The time in which leaving is looked at")
TIME_TO_ARRIVE = local_practice(56, "days", "Days that have passed: longer than a summer holiday")
LEAVING_OR_SINCE = local_practice(
    176, "days", "The two together: since when arriving is looked for"
)

new_roll = began("school_enrolment", in_last(LEAVING_OR_SINCE))
weeks_at_school = began("attendance_week", in_last(LEAVING_OR_SINCE), says_at_least("possible", 1))
left = began("left_for_another_school", in_days_before(LEFT_WITHIN, the_last=TIME_TO_ARRIVE))
never_arrived = unanswered(unanswered(left, by=new_roll), by=weeks_at_school)

LEFT_AND_NOT_ARRIVED = Indicator(
    code="left_and_not_arrived",
    version=1,
    title="Left for another school and not arrived, together with another sign",
    question="Which school expects this child, and has anybody asked it whether the child came?",
    reason=(
        "Between two schools each can think that the child is the other’s. A child whom somebody"
        " wants out of sight is easily lost there, and only the one who reads both rolls can tell."
    ),
    changes="A school’s roll, or its register; or the other sign recorded in error and corrected.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(some(never_arrived), another_sign_than()),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(LEFT_WITHIN, TIME_TO_ARRIVE, LEAVING_OR_SINCE, *SIGN_THRESHOLDS),
)
