"""The limits of signing in: dated numbers, each with its reason and how far it was checked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keepsight.kernel.indicators.indicator import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLimit:
    """A number that signing in turns on. `mark` is of the reason; the number is our own."""

    value: int
    unit: str
    in_force_from: date
    reason: str
    mark: Mark = Mark.UNCONFIRMED


BEGUN = date(2026, 11, 25)

TRIES_OF_AN_ACCOUNT = SignInLimit(
    value=5,
    unit="wrong tries",
    in_force_from=BEGUN,
    reason="Nobody guesses a password of twelve characters at twenty tries an hour, and who "
    "mistypes has four more.",
)
TRIES_OF_AN_ADDRESS = SignInLimit(
    value=50,
    unit="wrong tries",
    in_force_from=BEGUN,
    reason="Stops one machine from trying one password on many accounts. An office shares an "
    "address, so it is ten times that of an account.",
)
TRY_MINUTES = SignInLimit(
    value=15,
    unit="minutes",
    in_force_from=BEGUN,
    reason="A wait that a person can bear and a guesser cannot. It ends by itself, so that nobody "
    "can shut another out for long.",
)
SESSION_HOURS = SignInLimit(
    value=8,
    unit="hours",
    in_force_from=BEGUN,
    reason="A working day: nobody is signed in overnight.",
)
IDLE_MINUTES = SignInLimit(
    value=30,
    unit="minutes",
    in_force_from=BEGUN,
    reason="An unlocked screen in an open office, against time-outs that lose what was typed.",
)
CONFIRMED_MINUTES = SignInLimit(
    value=10,
    unit="minutes",
    in_force_from=BEGUN,
    reason="Whoever sits down at a screen that was left open cannot take a record out or let "
    "themselves in again.",
)
DORMANT_DAYS = SignInLimit(
    value=90,
    unit="days",
    in_force_from=BEGUN,
    reason="The attack on Hackney in 2020 came in by a dormant account. The number of days is our "
    "own assumption, and an installation may set another.",
)


def dormant_since(*, active_since: datetime, last_sign_in: datetime | None, days: int) -> datetime:
    """The moment from which an account counts as dormant, unless it is used before.

    `active_since` is when it was registered or last restored.
    """
    used = max(active_since, last_sign_in) if last_sign_in else active_since
    return used + timedelta(days=days)
