"""When absence from school is more than absence: it goes unexplained, or it changes."""

from fractions import Fraction

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.language import (
    all_of,
    at_least,
    began,
    given,
    in_days_before,
    in_last,
    says_at_least,
    times,
    total,
)

NOW = local_practice(28, "days", "The time in which absence is looked at")
EARLIER = local_practice(84, "days", "The time before it, with which it is compared")
UNEXPLAINED = local_practice(4, "sessions", "Sessions with no reason established: two school days")
MISSED = local_practice(6, "sessions", "Fewest sessions missed that can count as a change")
DOUBLE_OF_FOUR_WEEKS = local_practice(
    Fraction(2, 3), "times", "Twice a third: double the four-week average of the twelve before"
)
SESSIONS_TO_COMPARE = local_practice(
    40, "sessions", "Four school weeks held of the earlier time; with fewer, nothing is compared"
)

ABSENCE_THRESHOLDS = (
    *(NOW, EARLIER, UNEXPLAINED, MISSED, DOUBLE_OF_FOUR_WEEKS),
    SESSIONS_TO_COMPARE,
)

absences_now = began("attendance_week", in_last(NOW), says_at_least("absent", 1))
absences_earlier = began(
    "attendance_week", in_days_before(EARLIER, the_last=NOW), says_at_least("absent", 1)
)
weeks_earlier = began("attendance_week", in_days_before(EARLIER, the_last=NOW))

enough_to_compare = given(at_least(SESSIONS_TO_COMPARE, total("possible", weeks_earlier)))

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
    enough_to_compare,
)
