"""Missing, and found with somebody, more than once."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import MISSING_2014, MISSING_IN_FORCE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    began,
    days_of,
    in_last,
    says_something,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which episodes are looked at", MISSING_IN_FORCE)
TWICE = local_practice(
    2,
    "days",
    "Days on which such an episode began; once is enough with another sign",
    MISSING_IN_FORCE,
)

found_with = began("missing_episode", in_last(WITHIN), says_something("found_with"))

FOUND_WITH_SOMEBODY = Indicator(
    code="found_with_somebody",
    version=1,
    title="Missing, and found with somebody, twice or together with another sign",
    question="Who are these people, how does the child know them, and who else is found with them?",
    reason=(
        "The guidance on missing children asks where a child was and with whom. A child who is"
        " found with the same company again may be going to somebody; each report alone says only"
        " that the child came back."
    ),
    changes=(
        "An explanation that a person has recorded and accepted; or half a year without such an"
        " episode."
    ),
    source=MISSING_2014,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=any_of(
        at_least(TWICE, days_of(found_with)),
        all_of(some(found_with), another_sign_than("missing_episode")),
    ),
    in_force_from=MISSING_IN_FORCE,
    thresholds=(WITHIN, TWICE, *SIGN_THRESHOLDS),
)
