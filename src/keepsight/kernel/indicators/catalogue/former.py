"""Versions of rules that were replaced. They raise nothing; an alert that one of them met in its
time is still shown by it.
"""

from dataclasses import replace
from datetime import date

from keepsight.kernel.indicators.catalogue import (
    referral_without_decision,
    silence_after_concern,
)
from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.school_absence_with_other_signs import (
    SCHOOL_ABSENCE_WITH_OTHER_SIGNS,
)
from keepsight.kernel.indicators.catalogue.signs import (
    EMERGENCY_CONCERNS,
    EXPLOITATION_FACTORS,
    MISSING_WITHIN,
    missing,
)
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    in_days_before,
    in_last,
    lists_any,
    none,
    says,
    says_at_least,
    says_at_most,
    says_one_of,
    says_something,
    some,
)

LAST_DAY = date(2026, 11, 30)

YEAR = local_practice(365, "days", "How lately another sign was recorded")
BEFORE = local_practice(
    309, "days", "The time in which concern is looked at, before the silence: with it, a year"
)
EIGHT_WEEKS = local_practice(
    56, "days", "Days with no record by which anybody was in touch with the child: eight weeks"
)

year, then, since = (
    in_last(YEAR),
    in_days_before(BEFORE, the_last=EIGHT_WEEKS),
    in_last(EIGHT_WEEKS),
)
in_school = began(
    "attendance_week",
    since,
    says_at_least("possible", silence_after_concern.ATTENDED),
    says_at_most("absent", silence_after_concern.STILL_ABSENT),
)

FORMER: tuple[Indicator, ...] = (
    replace(
        SCHOOL_ABSENCE_WITH_OTHER_SIGNS,
        version=1,
        history=(),
        in_force_until=LAST_DAY,
        rule=all_of(
            any_of(goes_unexplained, changes),
            any_of(
                some(missing),
                some(began("emergency_attendance", year, says_something("concern"))),
                some(began("school_concern", year)),
                some(
                    began("assessment_completed", year, lists_any("factors", *EXPLOITATION_FACTORS))
                ),
            ),
        ),
        thresholds=(*ABSENCE_THRESHOLDS, MISSING_WITHIN, YEAR),
    ),
    replace(
        silence_after_concern.SILENCE_AFTER_CONCERN,
        version=1,
        history=(),
        in_force_until=LAST_DAY,
        title="Harm or going missing within a year, and no record of anybody in touch for eight"
        " weeks",
        rule=all_of(
            any_of(
                some(began("crime_victim", then, says("exploitation_flag", True))),
                some(
                    began("emergency_attendance", then, says_one_of("concern", *EMERGENCY_CONCERNS))
                ),
                some(began("missing_episode", then)),
            ),
            all_of(
                *(none(began(kind, since)) for kind in silence_after_concern.IN_TOUCH),
                none(in_school),
            ),
        ),
        thresholds=(
            *(BEFORE, EIGHT_WEEKS),
            *(silence_after_concern.ATTENDED, silence_after_concern.STILL_ABSENT),
        ),
    ),
    replace(
        referral_without_decision.REFERRAL_WITHOUT_DECISION,
        version=1,
        history=(),
        in_force_until=LAST_DAY,
        title="Referral with no decision and nothing done since",
        rule=any_of(
            some(referral_without_decision.not_said), some(referral_without_decision.going_on)
        ),
        thresholds=(
            referral_without_decision.RECEIVED_WITHIN,
            referral_without_decision.TIME_TO_DECIDE,
            referral_without_decision.SINCE,
        ),
    ),
)
