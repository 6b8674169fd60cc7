"""Groups of children that an area's people count: judged like indicators, never alerts.

They answer Ofsted's question of 2014: of the children missing from school or from home, how many
carry several signs that nobody has assessed (`domain.md` F7, F11, R7)?
"""

from datetime import date

from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import (
    any_of,
    at_least,
    began,
    in_last,
    in_progress,
    says_at_least,
    some,
    total,
)
from keepsight.kernel.indicators.nodes import Truth
from keepsight.kernel.vocabulary.content.base import Standing

SOURCE = "Keepsight’s own definition, for counting; SI 2024/208 reg 13 speaks of ten school days"
FROM = date(2024, 8, 19)


def _threshold(value: int, unit: str, meaning: str) -> Threshold:
    return Threshold(
        value=value,
        unit=unit,
        meaning=meaning,
        source=SOURCE,
        mark=Mark.UNCONFIRMED,
        in_force_from=FROM,
    )


LATELY = _threshold(28, "days", "How lately school did not know where the child was")
FIVE_SCHOOL_DAYS = _threshold(10, "sessions", "Sessions with no reason established")
MISSING_WITHIN = _threshold(90, "days", "How lately the child was missing from home or care")
ASSESSED_WITHIN = _threshold(365, "days", "How old an assessment may be and still count")
SEVERAL_SIGNS = _threshold(2, "alerts", "How many different indicators are several signs")


def _cohort(code: str, title: str, rule: Truth, *thresholds: Threshold) -> Indicator:
    return Indicator(
        code=code,
        version=1,
        title=title,
        question="How many children are in this group, and does anybody answer for them?",
        reason="A number for an area; about one child it says nothing that the alerts do not.",
        changes="New events, or the passing of time.",
        source=SOURCE,
        mark=Mark.UNCONFIRMED,
        concern=Concern.COUNTED,
        standing=Standing.CONTEXT,
        rule=rule,
        in_force_from=FROM,
        thresholds=thresholds,
    )


MISSING_FROM_SCHOOL = _cohort(
    "cohort_missing_from_school",
    "Missing from school",
    at_least(
        FIVE_SCHOOL_DAYS,
        total(
            "unexplained",
            began("attendance_week", in_last(LATELY), says_at_least("unexplained", 1)),
        ),
    ),
    LATELY,
    FIVE_SCHOOL_DAYS,
)

MISSING_FROM_HOME = _cohort(
    "cohort_missing_from_home",
    "Missing from home or care",
    some(in_progress("missing_episode", in_last(MISSING_WITHIN))),
    MISSING_WITHIN,
)

ASSESSED = _cohort(
    "cohort_assessed",
    "Assessed by children’s social care",
    any_of(
        some(began("assessment_started", in_last(ASSESSED_WITHIN))),
        some(began("assessment_completed", in_last(ASSESSED_WITHIN))),
        some(began("section47_started", in_last(ASSESSED_WITHIN))),
    ),
    ASSESSED_WITHIN,
)

COHORTS = (MISSING_FROM_SCHOOL, MISSING_FROM_HOME, ASSESSED)
