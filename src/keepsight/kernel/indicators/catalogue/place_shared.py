"""A named place where other children are named too, and missing."""

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.standing import EXPIRES
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sharing import (
    APART,
    NAMED_WITHIN,
    WHO_TO_ASK,
    named_about_others,
)
from keepsight.kernel.indicators.catalogue.signs import MISSING_WITHIN, missing
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, some
from keepsight.kernel.vocabulary.content.base import Standing

MANY = local_practice(
    5, "children", "About how many others it was named, where nothing else is recorded of them"
)

PLACE_SHARED = Indicator(
    code="place_shared",
    version=1,
    title="Missing, and a place that is named about another child too",
    question=f"What happens at the place, and has anybody gone there? {WHO_TO_ASK}",
    reason=(
        "Children are exploited at places that come up again and again: one flat, one hotel, one"
        " takeaway. A missing child who is found where others are named may not have gone there"
        " alone. That a place is named is a claim, and not established fact; homes, schools and"
        " households are never such places."
    ),
    changes=(
        "A correction of the place by whoever recorded it; ninety days in which no such place is"
        " named about the child; or ninety days without going missing."
    ),
    source=f"{PUBLIC_TOOLS} (domain.md 5b rows 12 and 13)",
    mark=Mark.UNCONFIRMED,
    concern=Concern.NAMED_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(named_about_others(EntityKind.PLACE, others=MANY), some(missing)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(NAMED_WITHIN, APART, MANY, EXPIRES, MISSING_WITHIN),
)
