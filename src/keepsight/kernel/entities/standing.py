"""How long a mention stands: when somebody should ask whether it is still right, and when it ends.

A correction is a new event that supersedes; what was named before is then named no more.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.kernel.entities.company import EXPIRES_AFTER
from keepsight.kernel.indicators.indicator import Mark, Threshold

LOCAL_PRACTICE = "Local practice; no national number"
SINCE = date(2026, 12, 1)

REVIEW = Threshold(
    value=90,
    unit="days",
    meaning="After how long somebody should ask whether what is said of an entity is still right",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=SINCE,
)
EXPIRES = Threshold(
    value=EXPIRES_AFTER,
    unit="days",
    meaning="How long what names an entity about another child counts at all",
    source=LOCAL_PRACTICE,
    mark=Mark.UNCONFIRMED,
    in_force_from=SINCE,
)
STANDING = (REVIEW, EXPIRES)

NOT_ESTABLISHED = "Not established fact"
"""What is said of every mention, whatever its grading."""


@dataclass(frozen=True, slots=True)
class Standing:
    """By when a mention is to be reviewed, and the last day on which it counts."""

    review_by: date
    expires: date

    def expired(self, day: date) -> bool:
        return self.expires < day


def standing_of(last_day: date) -> Standing:
    """How long a mention stands whose event was over on a day."""
    return Standing(
        last_day + timedelta(days=int(REVIEW.value)),
        last_day + timedelta(days=int(EXPIRES.value)),
    )
