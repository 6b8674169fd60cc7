"""Known to youth justice, and missing."""

from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, lately, missing
from keepsight.kernel.indicators.catalogue.sources import DERBY_2010, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, began, some
from keepsight.kernel.vocabulary.content.base import Standing

contacts = began("youth_justice_contact", lately)

YOUTH_JUSTICE_AND_MISSING = Indicator(
    code="youth_justice_and_missing",
    version=1,
    title="Youth justice contact, and missing",
    question=(
        "Does the youth justice worker know of the missing episodes, and do those who look for the"
        " child know of the worker?"
    ),
    reason=(
        "The youth justice service often meets a child every week. What it hears, and what the"
        " police write of the nights when the child was missing, are seldom read together."
    ),
    changes="Ninety days without going missing; or half a year without such contact.",
    source=DERBY_2010,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=all_of(some(contacts), some(missing)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
