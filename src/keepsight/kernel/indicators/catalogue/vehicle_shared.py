"""A vehicle that is named about another child too."""

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.standing import EXPIRES
from keepsight.kernel.indicators.catalogue.sharing import (
    APART,
    NAMED_WITHIN,
    SEVERAL,
    WHO_TO_ASK,
    named_about_others,
)
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.vocabulary.content.base import Standing

VEHICLE_SHARED = Indicator(
    code="vehicle_shared",
    version=1,
    title="A vehicle that is named about another child too",
    question=f"Whose is the vehicle, and who has asked? {WHO_TO_ASK}",
    reason=(
        "Vehicles take children to where they are exploited, and one vehicle takes several. Each"
        " agency writes down one child and one car; a registration mark joins what no name would. A"
        " mark that was written down is a claim, and not established fact."
    ),
    changes=(
        "A correction of the mark by whoever wrote it down; or ninety days in which no such vehicle"
        " is named about the child."
    ),
    source=f"{PUBLIC_TOOLS} (domain.md 5b rows 11 and 12)",
    mark=Mark.UNCONFIRMED,
    concern=Concern.NAMED_TOGETHER,
    standing=Standing.CONCERN,
    rule=named_about_others(EntityKind.VEHICLE),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(NAMED_WITHIN, APART, SEVERAL, EXPIRES),
)
