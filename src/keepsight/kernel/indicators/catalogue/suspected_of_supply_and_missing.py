"""Suspected of carrying drugs or a knife, and missing."""

from keepsight.kernel.indicators.catalogue.signs import CARRYING, SIGN_THRESHOLDS, lately, missing
from keepsight.kernel.indicators.catalogue.sources import (
    MODERN_SLAVERY_2015,
    MODERN_SLAVERY_IN_FORCE,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, began, says_one_of, some
from keepsight.kernel.vocabulary.content.base import Standing

OFFENCES = (*CARRYING, "Possession of cannabis")

suspected = began("crime_suspect", lately, says_one_of("offence", *OFFENCES))
youth_justice = began("youth_justice_contact", lately, says_one_of("offence", *OFFENCES))

SUSPECTED_OF_SUPPLY_AND_MISSING = Indicator(
    code="suspected_of_supply_and_missing",
    version=1,
    title="Suspected of carrying drugs or a knife, and missing",
    question=(
        "For whom was the child carrying, where had the child been, and what would happen to a"
        " child who said no?"
    ),
    reason=(
        "Children are made to carry and to sell, and are sent far away to do it. A child who is"
        " suspected can be a victim too: the law has a defence for those who were compelled."
    ),
    changes="Ninety days without going missing; or a suspicion that is withdrawn.",
    source=MODERN_SLAVERY_2015,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=all_of(any_of(some(suspected), some(youth_justice)), some(missing)),
    in_force_from=MODERN_SLAVERY_IN_FORCE,
    thresholds=SIGN_THRESHOLDS,
)
