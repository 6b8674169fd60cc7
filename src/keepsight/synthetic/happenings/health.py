"""What happens at hospitals and clinics."""

from dataclasses import dataclass
from datetime import date, datetime

ED, CLINIC, SEXUAL_HEALTH_CLINIC = "EMER", "AMB", "SEXUAL_HEALTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An attendance at an emergency department, an outpatient clinic or a sexual health clinic."""

    person: int
    start: datetime
    setting: str
    reason: str
    left_before_seen: bool = False

    @property
    def day(self) -> date:
        return self.start.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booked appointment of the community trust, from the day on which it was asked for.

    `outcome` is FHIR's status: fulfilled, noshow, cancelled, or booked where it lies ahead.
    """

    person: int
    asked: date
    start: datetime
    service: str
    outcome: str

    @property
    def day(self) -> date:
        return self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFlag:
    """A flag on a health record, such as “Not brought to three appointments”."""

    person: int
    since: date
    until: date | None
    text: str

    @property
    def day(self) -> date:
        return self.since
