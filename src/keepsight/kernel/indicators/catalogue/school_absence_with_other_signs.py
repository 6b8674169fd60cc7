"""School absence that goes unexplained or changes, together with another sign.

Ofsted found in 2014 that none of eight areas linked absence from school with the wider picture
(`domain.md` 1a F11, 1b R7). Absence alone says next to nothing: of pupils who are persistently
absent, fewer than one in a hundred is assessed as exploited (`domain.md` section 7, base rate).
"""

from fractions import Fraction

from keepsight.kernel.indicators.catalogue.sources import (
    LOCAL_PRACTICE,
    OFSTED_2014,
    OFSTED_PUBLISHED,
)
from keepsight.kernel.indicators.indicator import Indicator, Mark, Threshold
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    began,
    given,
    in_days_before,
    in_last,
    in_progress,
    lists_any,
    says_at_least,
    says_something,
    some,
    times,
    total,
)
from keepsight.kernel.vocabulary.content.base import Standing


def _threshold(value: int | Fraction, unit: str, meaning: str) -> Threshold:
    return Threshold(
        value=value,
        unit=unit,
        meaning=meaning,
        source=LOCAL_PRACTICE,
        mark=Mark.UNCONFIRMED,
        in_force_from=OFSTED_PUBLISHED,
    )


NOW = _threshold(28, "days", "The time in which absence is looked at")
EARLIER = _threshold(84, "days", "The time before it, with which it is compared")
UNEXPLAINED = _threshold(4, "sessions", "Sessions with no reason established: two school days")
MISSED = _threshold(6, "sessions", "Fewest sessions missed that can count as a change")
DOUBLE_OF_FOUR_WEEKS = _threshold(
    Fraction(2, 3), "times", "Twice a third: double the four-week average of the twelve before"
)
SESSIONS_TO_COMPARE = _threshold(
    40, "sessions", "Four school weeks held of the earlier time; with fewer, nothing is compared"
)
MISSING_WITHIN = _threshold(90, "days", "How lately the child was missing")
SIGN_WITHIN = _threshold(365, "days", "How lately another sign was recorded")

EXPLOITATION_FACTORS = ("10A", "11A", "12A", "13A", "24A")
"""CIN census factors at assessment: going missing, child sexual exploitation, trafficking, gangs,
child criminal exploitation (`domain.md` section 7, mark M)."""

absences_now = began("attendance_week", in_last(NOW), says_at_least("absent", 1))
absences_earlier = began(
    "attendance_week", in_days_before(EARLIER, the_last=NOW), says_at_least("absent", 1)
)
weeks_earlier = began("attendance_week", in_days_before(EARLIER, the_last=NOW))

goes_unexplained = at_least(
    UNEXPLAINED,
    total(
        "unexplained",
        began("attendance_week", in_last(NOW), says_at_least("unexplained", 1)),
    ),
)

changes = all_of(
    at_least(MISSED, total("absent", absences_now)),
    at_least(
        times(DOUBLE_OF_FOUR_WEEKS, total("absent", absences_earlier)),
        total("absent", absences_now),
    ),
    given(at_least(SESSIONS_TO_COMPARE, total("possible", weeks_earlier))),
)

another_sign = any_of(
    some(in_progress("missing_episode", in_last(MISSING_WITHIN))),
    some(began("emergency_attendance", in_last(SIGN_WITHIN), says_something("concern"))),
    some(began("school_concern", in_last(SIGN_WITHIN))),
    some(
        began(
            "assessment_completed",
            in_last(SIGN_WITHIN),
            lists_any("factors", *EXPLOITATION_FACTORS),
        )
    ),
)

SCHOOL_ABSENCE_WITH_OTHER_SIGNS = Indicator(
    code="school_absence_with_other_signs",
    version=1,
    title="Absence from school together with other signs",
    question=(
        "Where was this child when school did not know, and does anybody who knows of the other"
        " signs also know of the absence?"
    ),
    reason=(
        "A child who is being exploited is often away from school while it happens. School sees"
        " the absence, the police or a hospital see the rest, and unless one person sees both,"
        " each looks explained."
    ),
    changes=(
        "Reasons established for the sessions missed; attendance back to what it was for four"
        " weeks; or the other sign recorded in error and corrected."
    ),
    source=f"{OFSTED_2014}: findings on children missing from school",
    mark=Mark.READ_SECOND_HAND,
    concern=Standing.CONCERN,
    rule=all_of(any_of(goes_unexplained, changes), another_sign),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(
        *(NOW, EARLIER, UNEXPLAINED, MISSED, DOUBLE_OF_FOUR_WEEKS),
        *(SESSIONS_TO_COMPARE, MISSING_WITHIN, SIGN_WITHIN),
    ),
)
