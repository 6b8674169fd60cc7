"""A telephone number or an online name that is named about another child too."""

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

CONTACT_SHARED = Indicator(
    code="contact_shared",
    version=1,
    title="A telephone number or online name that is named about another child too",
    question=f"Who uses the number or the name, and what does the child say of it? {WHO_TO_ASK}",
    reason=(
        "Whoever grooms children by telephone or in games writes to many. A school writes down one"
        " name from one child, a home another; only side by side are they the same. What was"
        " written down is a claim, and not established fact."
    ),
    changes=(
        "A correction by whoever wrote it down; or ninety days in which no such number or name is"
        " named about the child."
    ),
    source=f"{PUBLIC_TOOLS} (domain.md 5b rows 8, 9 and 44)",
    mark=Mark.UNCONFIRMED,
    concern=Concern.NAMED_TOGETHER,
    standing=Standing.CONCERN,
    rule=named_about_others(EntityKind.PHONE, EntityKind.ONLINE_NAME),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(NAMED_WITHIN, APART, SEVERAL, EXPIRES),
)
