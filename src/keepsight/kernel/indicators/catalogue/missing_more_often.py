"""Missing far more often than before, or for the first time and often."""

from fractions import Fraction

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import MISSING_2014, MISSING_IN_FORCE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    began,
    days_of,
    in_days_before,
    in_last,
    none,
    some,
    times,
)
from keepsight.kernel.vocabulary.content.base import Standing

NOW = local_practice(
    90, "days", "The time in which days of going missing are counted", MISSING_IN_FORCE
)
BEFORE = local_practice(
    180, "days", "The time before it, with which it is compared", MISSING_IN_FORCE
)
EVER = local_practice(
    6570,
    "days",
    "The time in which the child was never missing before: eighteen years",
    MISSING_IN_FORCE,
)
DOUBLE = local_practice(
    Fraction(1, 2), "times", "Half of the days now are no fewer than those before", MISSING_IN_FORCE
)
FIRST_ONES = local_practice(
    3, "days", "Days of going missing, if they are the first ever", MISSING_IN_FORCE
)

now = days_of(began("missing_episode", in_last(NOW)))
before = began("missing_episode", in_days_before(BEFORE, the_last=NOW))
ever_before = began("missing_episode", in_days_before(EVER, the_last=NOW))

doubled = all_of(some(before), at_least(days_of(before), times(DOUBLE, now)))
often_and_never_before = all_of(at_least(FIRST_ONES, now), none(ever_before))

MISSING_MORE_OFTEN = Indicator(
    code="missing_more_often",
    version=1,
    title="Missing far more often than before",
    question=(
        "What began when the child began to go missing more often, and who is new in the child’s"
        " life?"
    ),
    reason=(
        "A change against the child’s own past says more than a number does. A child who was"
        " seldom missing and now often is may be going to somebody, or away from something."
    ),
    changes="Ninety days with fewer episodes; or episodes recorded in error and corrected.",
    source=MISSING_2014,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=any_of(doubled, often_and_never_before),
    in_force_from=MISSING_IN_FORCE,
    thresholds=(NOW, BEFORE, EVER, DOUBLE, FIRST_ONES),
)
