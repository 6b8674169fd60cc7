"""Something online, and then a child who is gone or a report about it."""

from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, lately, missing
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, any_of, began, says, some
from keepsight.kernel.vocabulary.content.base import Standing

ONLINE = "Online"
"""The heading under which schools write of accounts, images and people met online."""

online = began("school_concern", lately, says("topic", ONLINE))
reported = began("public_report", lately)

ONLINE_CONCERN_AND_MISSING = Indicator(
    code="online_concern_and_missing",
    version=1,
    title="A concern about life online, together with going missing or a report to the police",
    question="With whom is the child in touch online, and has the child met them?",
    reason=(
        "Somebody met online can be met at a station next. School may know of the first, and the"
        " police of the second or of what a member of the public told them."
    ),
    changes=(
        "An explanation that a person has recorded and accepted; or ninety days without going"
        " missing, and no further report."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(some(online), any_of(some(missing), some(reported))),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
