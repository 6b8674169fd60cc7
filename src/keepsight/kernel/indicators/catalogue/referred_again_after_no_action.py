"""Nothing was done, and it came back."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, ROCHDALE_2012
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    followed,
    in_last,
    preceded,
    says,
    sequence,
    some,
    unanswered,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(365, "days", "The time in which referrals are looked at")
DAYS_BETWEEN = local_practice(180, "days", "How soon after the first the next came")
SAME_DAY = local_practice(
    0, "days", "A decision on the day of a referral is taken to be on that referral"
)

NO_FURTHER_ACTION = "no further action"

ended_at_once = began("referral_received", in_last(WITHIN), says("no_further_action", True))
decided_against = began("referral_decided", in_last(WITHIN), says("decision", NO_FURTHER_ACTION))
referrals = began("referral_received", in_last(WITHIN))
on_another_day = unanswered(referrals, by=decided_against, within=SAME_DAY)
episodes = began("missing_episode", in_last(WITHIN))

REFERRED_AGAIN_AFTER_NO_ACTION = Indicator(
    code="referred_again_after_no_action",
    version=1,
    title="Referral ended with no further action, and referred again or missing since",
    question=(
        "What did the first referral say that the next one says again? Would the decision have"
        " been the same had both been read together?"
    ),
    reason=(
        "A decision to do nothing rests on one day’s facts. A second referral, or a child who goes"
        " missing after it, is new, and is often read as if the first had settled it."
    ),
    changes="Half a year after the decision with nothing new; or a decision that is corrected.",
    source=ROCHDALE_2012,
    mark=Mark.UNCONFIRMED,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=any_of(
        sequence(ended_at_once, referrals, within=DAYS_BETWEEN),
        all_of(
            some(preceded(on_another_day, by=decided_against, within=DAYS_BETWEEN)),
            some(followed(decided_against, by=referrals, within=DAYS_BETWEEN)),
        ),
        sequence(ended_at_once, episodes, within=DAYS_BETWEEN),
        sequence(decided_against, episodes, within=DAYS_BETWEEN),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, DAYS_BETWEEN, SAME_DAY),
)
