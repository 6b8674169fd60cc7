"""Sent away from school, and in trouble with the police."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.sources import (
    MODERN_SLAVERY_2015,
    MODERN_SLAVERY_IN_FORCE,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    began,
    days_of,
    in_last,
    says_other_than,
    sequence,
)
from keepsight.kernel.indicators.nodes import Truth
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(180, "days", "The time in which both are looked at")
DAYS_BETWEEN = local_practice(90, "days", "How near to each other they are, whichever came first")
AGAIN = local_practice(
    2, "days", "Days with one of them, besides those of the other: once may be one fight told twice"
)

excluded = began("school_exclusion", in_last(WITHIN), says_other_than("category", "lunchtime"))
suspected = began("crime_suspect", in_last(WITHIN))
youth_justice = began("youth_justice_contact", in_last(WITHIN))


def _more_than_one_matter(offending: Select) -> Truth:
    return all_of(
        any_of(
            sequence(excluded, offending, within=DAYS_BETWEEN),
            sequence(offending, excluded, within=DAYS_BETWEEN),
        ),
        any_of(at_least(AGAIN, days_of(excluded)), at_least(AGAIN, days_of(offending))),
    )


EXCLUDED_AND_SUSPECTED = Indicator(
    code="excluded_and_suspected",
    version=1,
    title="Suspended or excluded from school, and suspected of a crime",
    question=(
        "Who gains by what this child is said to have done? Has anybody asked whether the child"
        " was made to do it?"
    ),
    reason=(
        "A child who is made to offend is punished by school and by the police, each for its part."
        " A child who is suspected can be a victim too: the law has a defence for those who were"
        " compelled."
    ),
    changes="Half a year with no more than one of them; or a suspicion that is withdrawn.",
    source=MODERN_SLAVERY_2015,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=any_of(_more_than_one_matter(suspected), _more_than_one_matter(youth_justice)),
    in_force_from=MODERN_SLAVERY_IN_FORCE,
    thresholds=(WITHIN, DAYS_BETWEEN, AGAIN),
)
