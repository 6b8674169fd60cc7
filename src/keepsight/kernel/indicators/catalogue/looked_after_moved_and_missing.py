"""A child in care who has been moved, and has gone missing."""

from keepsight.kernel.indicators.catalogue.sources import LOCAL_PRACTICE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import (
    TODAY,
    all_of,
    at_least,
    began,
    days_of,
    in_last,
    in_progress,
    plus,
    says_nothing,
    says_other_than,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

MOVED_WITHIN = Threshold(
    value=180,
    unit="days",
    meaning="The time in which placements begun are counted",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=OFSTED_PUBLISHED,
)
PLACEMENTS = Threshold(
    value=2,
    unit="days",
    meaning="Days on which a placement began",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=OFSTED_PUBLISHED,
)
MISSING_WITHIN = Threshold(
    value=90,
    unit="days",
    meaning="How lately the child was missing, or away without authorisation",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=OFSTED_PUBLISHED,
)

LEGAL_STATUS_ONLY = "L"
"""SSDA903 reason for new episode: the legal status changed and the child did not move."""

moves = plus(
    days_of(
        began(
            "placement",
            in_last(MOVED_WITHIN),
            says_other_than("reason_for_new_episode", LEGAL_STATUS_ONLY),
        )
    ),
    days_of(began("placement", in_last(MOVED_WITHIN), says_nothing("reason_for_new_episode"))),
)

LOOKED_AFTER_MOVED_AND_MISSING = Indicator(
    code="looked_after_moved_and_missing",
    version=1,
    title="Looked after, moved, and missing",
    question=(
        "Did the moves lead to the missing episodes, or the episodes to the moves? Who is the one"
        " adult that this child would tell?"
    ),
    reason=(
        "About half of the children in the national inquiry’s exploitation cases were in care."
        " Each move loses the people who would notice, and a child who is new to a place is easily"
        " found by those who look for one."
    ),
    changes="A placement that lasts; ninety days without going missing; or leaving care.",
    source="IICSA, Child sexual exploitation by organised networks, February 2022",
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=all_of(
        some(in_progress("placement", TODAY)),
        at_least(PLACEMENTS, moves),
        some(in_progress("missing_episode", in_last(MISSING_WITHIN))),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(MOVED_WITHIN, PLACEMENTS, MISSING_WITHIN),
)
