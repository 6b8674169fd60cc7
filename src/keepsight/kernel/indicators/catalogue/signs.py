"""Signs that several indicators ask for beside their own: each meant once, and in one place.

A heading is the agency's own word, as its files write it. An area whose agencies use other words
maps theirs to these, or no rule hears what they say.
"""

from dataclasses import replace

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.indicator import Threshold
from keepsight.kernel.indicators.language import (
    any_of,
    began,
    in_last,
    in_progress,
    lists_any,
    says,
    says_one_of,
    some,
)
from keepsight.kernel.indicators.nodes import Truth

MISSING_WITHIN = local_practice(90, "days", "How lately the child was missing")
SIGN_WITHIN = local_practice(180, "days", "How lately another sign was recorded")
SIGN_THRESHOLDS = (MISSING_WITHIN, SIGN_WITHIN)

EMERGENCY_CONCERNS = ("assault", "unexplained_injury", "intoxication", "overdose", "self_harm")
"""What an emergency department recorded that can be evidence of harm (`domain.md` 5b row 21)."""

EXPLOITATION_FACTORS = ("10A", "11A", "12A", "13A", "24A")
"""CIN census factors at assessment: going missing, child sexual exploitation, trafficking, gangs,
child criminal exploitation (`domain.md` section 7, mark M)."""

EXPLOITATION_CONCERN = "Exploitation concern"
"""The heading under which schools, homes and voluntary organisations write what they suspect."""

TELLING_TOPICS = ("Friendships", "Online", "Possessions", "Substances", EXPLOITATION_CONCERN)
"""A school's headings for what public tools name as signs (`domain.md` 5b rows 7 to 10, 18)."""

EXPLOITATION_NOTICES = ("Child sexual exploitation", "Child criminal exploitation")
"""A force's headings of public protection notices that name exploitation."""

CARRYING = ("Possession of drugs with intent to supply", "Possession of a knife")
"""Offences that those who exploit children have them commit (`domain.md` 5b row 19)."""

CALLS_OF_CONCERN = ("Visitors", "Damage")
"""A housing service's headings for callers at the home and for what was done to it
(`domain.md` 5b row 17)."""

lately = in_last(SIGN_WITHIN)

missing = in_progress("missing_episode", in_last(MISSING_WITHIN))
emergency = began("emergency_attendance", lately, says_one_of("concern", *EMERGENCY_CONCERNS))
school_concern = began("school_concern", lately, says_one_of("topic", *TELLING_TOPICS))
assessment = began("assessment_completed", lately, lists_any("factors", *EXPLOITATION_FACTORS))
notice = began("public_protection_notice", lately, says_one_of("concern", *EXPLOITATION_NOTICES))
flagged_victim = began("crime_victim", lately, says("exploitation_flag", True))
carrying = began("crime_suspect", lately, says_one_of("offence", *CARRYING))
sighting = began("sighting", lately)
home_concern = began("home_log_entry", lately, says("entry", EXPLOITATION_CONCERN))
voluntary_concern = began("voluntary_report", lately, says("work", EXPLOITATION_CONCERN))

SIGNS = (
    *(missing, emergency, school_concern, assessment, notice),
    *(flagged_victim, carrying, sighting, home_concern, voluntary_concern),
)


def a_sign_within(days: Threshold) -> Truth:
    """Any of the signs, of so many days only."""
    return any_of(*(some(replace(sign, window=in_last(days))) for sign in SIGNS))


def another_sign_than(*kinds: str) -> Truth:
    """Any of the signs, but of none of the kinds of event that the rule itself rests on."""
    return any_of(*(some(sign) for sign in SIGNS if sign.kind not in kinds))
