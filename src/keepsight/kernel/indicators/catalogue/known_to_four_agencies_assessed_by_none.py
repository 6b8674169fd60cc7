"""Four agencies worried, and nobody assessed."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import (
    CALLS_OF_CONCERN,
    EMERGENCY_CONCERNS,
    EXPLOITATION_CONCERN,
)
from keepsight.kernel.indicators.catalogue.sources import DERBY_2010, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    agencies_of,
    all_of,
    at_least,
    began,
    in_last,
    none,
    says,
    says_one_of,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(365, "days", "The time in which concerns are counted")
AGENCIES = local_practice(4, "agencies", "Different agencies that each recorded a concern")

year = in_last(WITHIN)
concerns = agencies_of(
    began("missing_episode", year),
    began("school_concern", year),
    began("school_exclusion", year),
    began("emergency_attendance", year, says_one_of("concern", *EMERGENCY_CONCERNS)),
    began("not_brought", year),
    began("public_protection_notice", year),
    began("crime_victim", year),
    began("crime_suspect", year),
    began("sighting", year),
    began("youth_justice_contact", year),
    began("home_log_entry", year, says("entry", EXPLOITATION_CONCERN)),
    began("housing_call", year, says_one_of("matter", *CALLS_OF_CONCERN)),
    began("voluntary_report", year, says("work", EXPLOITATION_CONCERN)),
)
assessed = began("assessment_completed", year)

KNOWN_TO_FOUR_AGENCIES_ASSESSED_BY_NONE = Indicator(
    code="known_to_four_agencies_assessed_by_none",
    version=1,
    title="Concerns from four agencies or more within a year, and no assessment",
    question="Who has seen all of this in one place, and who would begin the assessment?",
    reason=(
        "Reviews found children who were known to several agencies, each with a part of the"
        " picture, and assessed by none."
    ),
    changes="An assessment completed; or a year with concerns from fewer agencies.",
    source=DERBY_2010,
    mark=Mark.UNCONFIRMED,
    concern=Concern.NO_ANSWER,
    standing=Standing.CONCERN,
    rule=all_of(at_least(AGENCIES, concerns), none(assessed)),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, AGENCIES),
)
