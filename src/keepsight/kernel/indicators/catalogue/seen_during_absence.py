"""Seen by the police, or by somebody who told them, while school did not know where."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import OFSTED_ON_ABSENCE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    began,
    during,
    in_last,
    in_progress,
    says_at_least,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(90, "days", "The time in which sightings are looked at")

sightings = began("sighting", in_last(WITHIN))
unexplained = in_progress("absence_spell", in_last(WITHIN), says_at_least("unexplained", 1))

SEEN_DURING_ABSENCE = Indicator(
    code="seen_during_absence",
    version=1,
    title="Seen elsewhere during unexplained absence from school",
    question=(
        "Where was the child seen, and with whom, on days for which school has no reason? Has"
        " anybody told the school?"
    ),
    reason=(
        "The police know where the child was and not that it should have been at school. School"
        " knows of the absence and not where the child was. Together they are one account of one"
        " day."
    ),
    changes="A reason established for the absence; or the sighting found to be of somebody else.",
    source=OFSTED_ON_ABSENCE,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(
        some(during(sightings, unexplained)),
        some(during(unexplained, sightings)),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN,),
)
