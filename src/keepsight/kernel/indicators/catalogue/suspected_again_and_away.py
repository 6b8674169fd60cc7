"""Suspected of crimes again and again, and away from school or home."""

from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import (
    MODERN_SLAVERY_2015,
    MODERN_SLAVERY_IN_FORCE,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, at_least, began, days_of, in_last
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(
    180, "days", "The time in which suspicions are counted", MODERN_SLAVERY_IN_FORCE
)
AGAIN = local_practice(
    2, "days", "Days of crimes of which the child is suspected", MODERN_SLAVERY_IN_FORCE
)

suspected = began("crime_suspect", in_last(WITHIN))

SUSPECTED_AGAIN_AND_AWAY = Indicator(
    code="suspected_again_and_away",
    version=1,
    title="Suspected of crimes twice or more, together with absence or another sign",
    question=(
        "Who was with the child, who gained by it, and where should the child have been? Has"
        " anybody asked whether the child was made to do it?"
    ),
    reason=(
        "Theft and other offending that begins, or repeats, is a sign that public tools name: a"
        " child can be made to steal and to carry. The police see the crimes and school sees the"
        " absence. The law has a defence for those who were compelled."
    ),
    changes=(
        "Half a year with fewer suspicions; suspicions that are withdrawn; or four weeks of"
        " explained attendance and no other sign."
    ),
    source=MODERN_SLAVERY_2015,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(
        at_least(AGAIN, days_of(suspected)),
        any_of(goes_unexplained, changes, another_sign_than("crime_suspect")),
    ),
    in_force_from=MODERN_SLAVERY_IN_FORCE,
    thresholds=(WITHIN, AGAIN, *ABSENCE_THRESHOLDS, *SIGN_THRESHOLDS),
)
