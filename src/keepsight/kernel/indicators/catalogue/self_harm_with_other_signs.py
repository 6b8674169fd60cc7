"""Self-harm or overdose, and being away."""

from keepsight.kernel.indicators.catalogue.absence import (
    ABSENCE_THRESHOLDS,
    changes,
    goes_unexplained,
)
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, lately, missing
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, began, says_one_of, some
from keepsight.kernel.vocabulary.content.base import Standing

HARM_TO_SELF = ("self_harm", "overdose")

attended = began("emergency_attendance", lately, says_one_of("concern", *HARM_TO_SELF))

SELF_HARM_WITH_OTHER_SIGNS = Indicator(
    code="self_harm_with_other_signs",
    version=1,
    title="Emergency attendance for self-harm or overdose, together with absence or going missing",
    question="What is happening in this child’s life, and who has had the time to ask?",
    reason=(
        "Self-harm and overdose are often treated as an illness of the child alone. Together with"
        " absence, or with going missing, they can also be an answer to what somebody else does."
    ),
    changes=(
        "Four weeks of explained attendance, and ninety days without going missing; or half a year"
        " without such an attendance."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(some(attended), any_of(goes_unexplained, changes, some(missing))),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(*ABSENCE_THRESHOLDS, *SIGN_THRESHOLDS),
)
