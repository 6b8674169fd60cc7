"""Appointments to which nobody brought the child."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, at_least, began, days_of, in_last
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which appointments are looked at")
APPOINTMENTS = local_practice(2, "days", "Days of appointments to which the child was not brought")

not_brought = began("not_brought", in_last(WITHIN))

NOT_BROUGHT_WITH_OTHER_SIGNS = Indicator(
    code="not_brought_with_other_signs",
    version=1,
    title="Not brought to two health appointments or more, together with another sign",
    question=(
        "Who was to bring the child, and what kept them? Does the health service know of the other"
        " sign?"
    ),
    reason=(
        "Children do not miss appointments: they are not brought. A child whom health services"
        " lose from sight loses somebody to talk to, often just when help was asked for."
    ),
    changes=(
        "An appointment that was kept since, and half a year with fewer not kept; or the other"
        " sign recorded in error and corrected."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(at_least(APPOINTMENTS, days_of(not_brought)), another_sign_than()),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, APPOINTMENTS, *SIGN_THRESHOLDS),
)
