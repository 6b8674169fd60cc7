"""Sent away from school, and then gone."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import DERBY_2010, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import began, in_last, says_other_than, sequence
from keepsight.kernel.vocabulary.content.base import Standing

EXCLUDED_WITHIN = local_practice(
    180, "days", "The time in which suspensions and exclusions are looked at"
)
DAYS_BETWEEN = local_practice(90, "days", "How soon after it the child went missing")

excluded = began(
    "school_exclusion", in_last(EXCLUDED_WITHIN), says_other_than("category", "lunchtime")
)
went_missing = began("missing_episode", in_last(EXCLUDED_WITHIN))

EXCLUDED_THEN_MISSING = Indicator(
    code="excluded_then_missing",
    version=1,
    title="Suspended or excluded from school, and then missing",
    question="Where was the child meant to be while not allowed at school, and who was there?",
    reason=(
        "A child who is sent away from school loses the adults who saw it every day. Reviews found"
        " that absence, exclusion and going missing had been known in different places and never"
        " linked."
    ),
    changes=(
        "Half a year in which no missing episode follows a suspension; or one of them recorded in"
        " error and corrected."
    ),
    source=DERBY_2010,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=sequence(excluded, went_missing, within=DAYS_BETWEEN),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(EXCLUDED_WITHIN, DAYS_BETWEEN),
)
