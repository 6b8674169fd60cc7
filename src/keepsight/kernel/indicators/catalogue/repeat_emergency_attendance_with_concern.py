"""Hurt, or harmed by what was taken, more than once."""

from keepsight.kernel.indicators.catalogue.signs import EMERGENCY_CONCERNS
from keepsight.kernel.indicators.catalogue.sources import (
    LOCAL_PRACTICE,
    OFSTED_PUBLISHED,
    PUBLIC_TOOLS,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import at_least, began, days_of, in_last, says_one_of
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = Threshold(
    value=180,
    unit="days",
    meaning="The time in which attendances are counted",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=OFSTED_PUBLISHED,
)
ATTENDANCES = Threshold(
    value=2,
    unit="days",
    meaning="Days with such an attendance; one that two systems sent counts once",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=OFSTED_PUBLISHED,
)

REPEAT_EMERGENCY_ATTENDANCE_WITH_CONCERN = Indicator(
    code="repeat_emergency_attendance_with_concern",
    version=1,
    title="Repeated emergency attendances with cause for concern",
    question=(
        "What explains each of these attendances, who gave the explanation, and does it still hold"
        " when they are read together?"
    ),
    reason=(
        "Assault, injury that nobody can explain, intoxication, overdose and self-harm can each be"
        " evidence of harm that is already happening. Seen one at a time, each is treated and sent"
        " home."
    ),
    changes="An explanation that a person has recorded and accepted; or 180 days with fewer.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.HARM_RECORDED,
    standing=Standing.HARM,
    rule=at_least(
        ATTENDANCES,
        days_of(
            began(
                "emergency_attendance", in_last(WITHIN), says_one_of("concern", *EMERGENCY_CONCERNS)
            )
        ),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, ATTENDANCES),
)
