"""Two agencies, each with its own sign, within three months."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import (
    CALLS_OF_CONCERN,
    CARRYING,
    EMERGENCY_CONCERNS,
    EXPLOITATION_CONCERN,
    EXPLOITATION_NOTICES,
    TELLING_TOPICS,
)
from keepsight.kernel.indicators.catalogue.sources import OFSTED_2014, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    agencies_of,
    all_of,
    at_least,
    began,
    in_last,
    says,
    says_one_of,
    several_of,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(90, "days", "The time in which signs are counted")
AGENCIES = local_practice(2, "agencies", "Different agencies that each recorded a sign")
KINDS = local_practice(
    2, "kinds", "Different kinds of sign: one missing episode that two agencies report is one"
)

quarter = in_last(WITHIN)
signs = (
    began("missing_episode", quarter),
    began("emergency_attendance", quarter, says_one_of("concern", *EMERGENCY_CONCERNS)),
    began("school_concern", quarter, says_one_of("topic", *TELLING_TOPICS)),
    began("public_protection_notice", quarter, says_one_of("concern", *EXPLOITATION_NOTICES)),
    began("crime_victim", quarter, says("exploitation_flag", True)),
    began("crime_suspect", quarter, says_one_of("offence", *CARRYING)),
    began("sighting", quarter),
    began("youth_justice_contact", quarter),
    began("home_log_entry", quarter, says("entry", EXPLOITATION_CONCERN)),
    began("housing_call", quarter, says_one_of("matter", *CALLS_OF_CONCERN)),
    began("voluntary_report", quarter, says("work", EXPLOITATION_CONCERN)),
)

SIGNS_AT_TWO_AGENCIES = Indicator(
    code="signs_at_two_agencies",
    version=1,
    title="Signs at two agencies or more within ninety days",
    question=(
        "Do these agencies know of each other’s records? What do the records say when they are"
        " laid side by side, in the order in which things happened?"
    ),
    reason=(
        "Ofsted found that agencies shared what they knew poorly, and that nobody put it together."
        " A sign that one agency can explain may look otherwise beside one that another recorded in"
        " the same months, whether or not somebody assessed the child before."
    ),
    changes="Ninety days with signs at one agency only; or one recorded in error and corrected.",
    source=OFSTED_2014,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.SIGNS_TOGETHER,
    standing=Standing.CONCERN,
    rule=all_of(at_least(AGENCIES, agencies_of(*signs)), several_of(KINDS, *map(some, signs))),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, AGENCIES, KINDS),
)
