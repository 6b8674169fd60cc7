"""Things that nobody gave, and time that nobody can account for."""

from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, lately, missing
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, began, says, some
from keepsight.kernel.vocabulary.content.base import Standing

POSSESSIONS = "Possessions"
"""The heading under which schools and homes write of money, phones and clothes."""

of_school = began("school_concern", lately, says("topic", POSSESSIONS))
of_home = began("home_log_entry", lately, says("entry", POSSESSIONS))

BELONGINGS_AND_ABSENCE = Indicator(
    code="belongings_and_absence",
    version=1,
    title="Possessions that raised concern, together with absence or going missing",
    question=(
        "Who gave the child these things, and what was asked for them? Where was the child at that"
        " time?"
    ),
    reason=(
        "Gifts, money and phones can be what exploitation begins with, and what it is paid in."
        " School or home sees the things; the register or the police see when the child was away."
    ),
    changes=(
        "An explanation that a person has recorded and accepted; or four weeks of explained"
        " attendance, and ninety days without going missing."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(
        any_of(some(of_school), some(of_home)),
        any_of(goes_unexplained, changes, some(missing)),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(*ABSENCE_THRESHOLDS, *SIGN_THRESHOLDS),
)
