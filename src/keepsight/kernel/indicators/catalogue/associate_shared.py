"""An adult of concern or a group that another child is linked with too."""

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

ASSOCIATE_SHARED = Indicator(
    code="associate_shared",
    version=1,
    title="Linked with an adult or a group that another child is linked with too",
    question=f"What is this adult or group to the child, and who keeps them apart? {WHO_TO_ASK}",
    reason=(
        "An adult near several children is a pattern that nobody sees who looks at one of them. A"
        " link is a claim, and not established fact. A name alone joins nobody: only an agency’s"
        " own number of the adult does, or a group’s name within one area."
    ),
    changes=(
        "A correction of the link by whoever recorded it; or ninety days in which none is recorded"
        " of the child."
    ),
    source=f"{PUBLIC_TOOLS} (domain.md 5b rows 10, 14, 36 and 41)",
    mark=Mark.UNCONFIRMED,
    concern=Concern.NAMED_TOGETHER,
    standing=Standing.CONCERN,
    rule=named_about_others(EntityKind.ADULT, EntityKind.GROUP),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(NAMED_WITHIN, APART, SEVERAL, EXPIRES),
)
