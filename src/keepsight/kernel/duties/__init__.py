"""The statutory clocks: every duty as a dated row with its source, and how they are read."""

from collections.abc import Sequence
from datetime import date, datetime

from keepsight.kernel.duties.child_protection import CHILD_PROTECTION_DUTIES
from keepsight.kernel.duties.clock import obligations
from keepsight.kernel.duties.duty import Duty
from keepsight.kernel.duties.missing import MISSING_DUTIES
from keepsight.kernel.duties.obligation import Obligation, State
from keepsight.kernel.duties.referrals import REFERRAL_DUTIES
from keepsight.kernel.vocabulary.events import Event

DUTIES: tuple[Duty, ...] = (*REFERRAL_DUTIES, *MISSING_DUTIES, *CHILD_PROTECTION_DUTIES)
"""Every version of every duty, in and out of force."""


def duties_in_force(day: date) -> tuple[Duty, ...]:
    """The version of each duty by which a clock that starts on `day` runs."""
    return tuple(duty for duty in DUTIES if duty.in_force(day))


def all_obligations(events: Sequence[Event], now: datetime) -> tuple[Obligation, ...]:
    """What every duty asks for one child, each clock by the version in force when it started."""
    return tuple(one for duty in DUTIES for one in obligations(duty, events, now))


__all__ = [
    "DUTIES",
    "Duty",
    "Obligation",
    "State",
    "all_obligations",
    "duties_in_force",
    "obligations",
]
