"""Going missing again and again."""

from keepsight.kernel.indicators.catalogue.sources import (
    LOCAL_PRACTICE,
    MISSING_2014,
    MISSING_IN_FORCE,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import at_least, began, days_of, in_last
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = Threshold(
    value=90,
    unit="days",
    meaning="The time in which episodes are counted",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=MISSING_IN_FORCE,
)
EPISODES = Threshold(
    value=3,
    unit="days",
    meaning="Days on which an episode began; two agencies that report one episode count once",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=MISSING_IN_FORCE,
)

REPEAT_MISSING = Indicator(
    code="repeat_missing",
    version=1,
    title="Missing three times or more in ninety days",
    question=(
        "What do these episodes have in common: the day, the place, the company, what came before"
        " them? Has anybody read them together?"
    ),
    reason=(
        "Reviews found hundreds of missing episodes each treated on its own. A child who keeps"
        " going missing may be going to somebody, or away from something."
    ),
    changes="Ninety days with fewer episodes; or episodes recorded in error and corrected.",
    source=MISSING_2014,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.CONCERN,
    rule=at_least(EPISODES, days_of(began("missing_episode", in_last(WITHIN)))),
    in_force_from=MISSING_IN_FORCE,
    thresholds=(WITHIN, EPISODES),
)
