"""School absence that goes unexplained or changes, together with another sign.

Ofsted found in 2014 that none of eight areas linked absence from school with the wider picture
(`domain.md` 1a F11, 1b R7). Absence alone says next to nothing: of pupils who are persistently
absent, fewer than one in a hundred is assessed as exploited (`domain.md` section 7, base rate).
"""

from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import (
    EXPLOITATION_FACTORS,
    MISSING_WITHIN,
    missing,
)
from keepsight.kernel.indicators.catalogue.sources import OFSTED_ON_ABSENCE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    in_last,
    lists_any,
    says_something,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

SIGN_WITHIN = local_practice(365, "days", "How lately another sign was recorded")

another_sign = any_of(
    some(missing),
    some(began("emergency_attendance", in_last(SIGN_WITHIN), says_something("concern"))),
    some(began("school_concern", in_last(SIGN_WITHIN))),
    some(
        began(
            "assessment_completed",
            in_last(SIGN_WITHIN),
            lists_any("factors", *EXPLOITATION_FACTORS),
        )
    ),
)

SCHOOL_ABSENCE_WITH_OTHER_SIGNS = Indicator(
    code="school_absence_with_other_signs",
    version=1,
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
    rule=all_of(any_of(goes_unexplained, changes), another_sign),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(*ABSENCE_THRESHOLDS, MISSING_WITHIN, SIGN_WITHIN),
)
