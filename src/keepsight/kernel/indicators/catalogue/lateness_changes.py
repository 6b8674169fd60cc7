"""Coming late far more than before."""

from keepsight.kernel.indicators.catalogue.absence import (
    DOUBLE_OF_FOUR_WEEKS,
    EARLIER,
    NOW,
    SESSIONS_TO_COMPARE,
    enough_to_compare,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    at_least,
    began,
    in_days_before,
    in_last,
    says_at_least,
    times,
    total,
)
from keepsight.kernel.vocabulary.content.base import Standing

LATE = local_practice(4, "sessions", "Fewest late marks that can count as a change")

late_now = began("attendance_week", in_last(NOW), says_at_least("late", 1))
late_earlier = began(
    "attendance_week", in_days_before(EARLIER, the_last=NOW), says_at_least("late", 1)
)

LATENESS_CHANGES = Indicator(
    code="lateness_changes",
    version=1,
    title="Late for school far more than before, together with another sign",
    question="What changed on the way to school, or before it, and what else changed at that time?",
    reason=(
        "A child who begins to come late is still seen every day by adults who may ask why."
        " Lateness that changes may say where the night was spent, or who gives lifts."
    ),
    changes=(
        "Four weeks with no more lateness than in the twelve before; or the other sign recorded in"
        " error and corrected."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(
        at_least(LATE, total("late", late_now)),
        at_least(times(DOUBLE_OF_FOUR_WEEKS, total("late", late_earlier)), total("late", late_now)),
        enough_to_compare,
        another_sign_than(),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(NOW, EARLIER, LATE, DOUBLE_OF_FOUR_WEEKS, SESSIONS_TO_COMPARE, *SIGN_THRESHOLDS),
)
