"""School absence that goes unexplained or changes, together with another sign.

Ofsted found in 2014 that none of eight areas linked absence from school with the wider picture
(`domain.md` 1a F11, 1b R7). Absence alone says next to nothing: of pupils who are persistently
absent, fewer than one in a hundred is assessed as exploited (`domain.md` section 7, base rate).
"""

from datetime import date

from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import a_sign_within
from keepsight.kernel.indicators.catalogue.sources import OFSTED_ON_ABSENCE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Change, Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of
from keepsight.kernel.vocabulary.content.base import Standing

SIGN_WITHIN = local_practice(
    90, "days", "How lately another sign was recorded: about the time of the absence"
)

SCHOOL_ABSENCE_WITH_OTHER_SIGNS = Indicator(
    code="school_absence_with_other_signs",
    version=2,
    title="Absence from school together with other signs",
    question=(
        "Where was this child when school did not know, and does anybody who knows of the other"
        " signs also know of the absence?"
    ),
    reason=(
        "A child who is being exploited is often away from school while it happens. School sees"
        " the absence, the police or a hospital see the rest, and unless one person sees both,"
        " each looks explained."
    ),
    changes=(
        "Reasons established for the sessions missed; attendance back to what it was for four"
        " weeks; or the other sign recorded in error and corrected."
    ),
    source=OFSTED_ON_ABSENCE,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(any_of(goes_unexplained, changes), a_sign_within(SIGN_WITHIN)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(*ABSENCE_THRESHOLDS, SIGN_WITHIN),
    history=(
        Change(
            version=2,
            made=date(2026, 12, 1),
            what=(
                "The other sign is one that public tools name, of the last ninety days, and no"
                " longer any concern of a school within a year."
            ),
        ),
    ),
)
