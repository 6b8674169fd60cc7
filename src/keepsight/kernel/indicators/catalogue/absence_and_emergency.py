"""At an emergency department around the days on which school missed the child."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import EMERGENCY_CONCERNS
from keepsight.kernel.indicators.catalogue.sources import OFSTED_ON_ABSENCE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    during,
    ended,
    in_last,
    in_progress,
    says_at_least,
    says_one_of,
    sequence,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(90, "days", "The time in which attendances are looked at")
DAYS_APART = local_practice(
    3, "days", "How near to each other an absence and an attendance count as one time"
)

attendances = began(
    "emergency_attendance", in_last(WITHIN), says_one_of("concern", *EMERGENCY_CONCERNS)
)
absences = in_progress("absence_spell", in_last(WITHIN), says_at_least("unauthorised", 1))
absences_over = ended("absence_spell", in_last(WITHIN), says_at_least("unauthorised", 1))
absences_begun = began("absence_spell", in_last(WITHIN), says_at_least("unauthorised", 1))

ABSENCE_AND_EMERGENCY = Indicator(
    code="absence_and_emergency",
    version=1,
    title="Emergency attendance with cause for concern around an absence from school",
    question=(
        "What happened in these days, and who has asked the child? Does the hospital know of the"
        " absence, and school of the attendance?"
    ),
    reason=(
        "Assault, injury that nobody can explain, intoxication, overdose and self-harm can each be"
        " evidence of harm. On days on which school had given no leave, nobody was looking after"
        " the child who says so."
    ),
    changes=(
        "An explanation that a person has recorded and accepted; or leave given, or a reason"
        " established, for the absence."
    ),
    source=OFSTED_ON_ABSENCE,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.HARM,
    rule=any_of(
        all_of(some(during(attendances, absences)), some(during(absences, attendances))),
        sequence(absences_over, attendances, within=DAYS_APART),
        sequence(attendances, absences_begun, within=DAYS_APART),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, DAYS_APART),
)
