"""Seen here, there and elsewhere, and missing."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import MISSING_WITHIN, missing
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, at_least, began, different, in_last, some
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(60, "days", "The time in which sightings are looked at")
PLACES = local_practice(
    3, "places", "Different places at which the child was seen, as the police wrote them"
)

sightings = began("sighting", in_last(WITHIN))

SEEN_AT_MANY_PLACES = Indicator(
    code="seen_at_many_places",
    version=1,
    title="Seen at three places or more in sixty days, and missing",
    question="Who takes the child from place to place, and who else was seen at these places?",
    reason=(
        "A child who is moved between places is seen at each of them once. One sighting says"
        " little; several, read together with the nights when the child was missing, can say who is"
        " with it."
    ),
    changes="Sixty days with sightings at fewer places; or ninety days without going missing.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=all_of(at_least(PLACES, different("place", sightings)), some(missing)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, PLACES, MISSING_WITHIN),
)
