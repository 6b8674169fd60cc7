"""Seen where it should not be, or with whom nobody knows, and not without other signs."""

from keepsight.kernel.indicators.catalogue.signs import (
    SIGN_THRESHOLDS,
    another_sign_than,
    sighting,
)
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, some
from keepsight.kernel.vocabulary.content.base import Standing

SEEN_WITH_OTHER_SIGNS = Indicator(
    code="seen_with_other_signs",
    version=1,
    title="Seen by the police or by somebody who told them, together with another sign",
    question="Who was with the child, in whose car, and what has the other sign to do with it?",
    reason=(
        "A child who is seen with an adult whom nobody knows, or in a car, is a sign that public"
        " tools name. One sighting leads to nothing: the police do not know what school or hospital"
        " recorded, and they do not know of the sighting."
    ),
    changes="Half a year without a sighting; or the other sign recorded in error and corrected.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(some(sighting), another_sign_than("sighting")),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
