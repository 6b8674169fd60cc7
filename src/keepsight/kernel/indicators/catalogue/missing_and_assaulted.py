"""Missing, and then at an emergency department."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import emergency
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    during,
    ended,
    in_last,
    in_progress,
    sequence,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which both are looked at")
DAYS_AFTER = local_practice(7, "days", "How soon after the child’s return the attendance was")

episodes = in_progress("missing_episode", in_last(WITHIN))
returns = ended("missing_episode", in_last(WITHIN))

MISSING_AND_ASSAULTED = Indicator(
    code="missing_and_assaulted",
    version=1,
    title="Emergency attendance with cause for concern during or after a missing episode",
    question=(
        "What happened while the child was away, and has anybody who could ask both the police and"
        " the hospital done so?"
    ),
    reason=(
        "Assault, injury that nobody can explain, intoxication, overdose and self-harm can each be"
        " evidence of what was done to a child while nobody knew where it was."
    ),
    changes="An explanation that a person has recorded and accepted; or half a year without both.",
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.GOING_MISSING,
    standing=Standing.HARM,
    rule=any_of(
        all_of(some(during(emergency, episodes)), some(during(episodes, emergency))),
        sequence(returns, emergency, within=DAYS_AFTER),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, DAYS_AFTER),
)
