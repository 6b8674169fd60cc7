"""How long to wait before a service is asked again, and what waits."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from django.utils import timezone

WAITS = (1.0, 2.0, 4.0)
"""Seconds before the second, third and fourth try where the service names none (our own)."""

LONGEST_WAIT = 60.0
"""Seconds: a service that asks for more is left alone until the next run (our own setting)."""


class Clock(Protocol):
    """What time it is, and waiting for it."""

    def now(self) -> datetime:
        """The moment, with its zone."""

    def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""


class MachineClock:
    """The machine’s own."""

    def now(self) -> datetime:
        return timezone.now()

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


def seconds_to_wait(header: str | None, otherwise: float, now: datetime) -> float:
    """What `Retry-After` asks for, in seconds or until a moment (RFC 9110, section 10.2.3)."""
    if not header:
        return otherwise
    if header.strip().isdecimal():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return otherwise
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
