"""What health services record."""

from dataclasses import dataclass
from typing import ClassVar

from keepsight.kernel.vocabulary.content.base import Content, Standing, Tier

UK_CORE = "FHIR R4 UK Core Encounter"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAttendance(Content):
    """An attendance at an emergency department.

    `concern` is one of the record types of `domain.md` 5b row 21: assault, unexplained_injury,
    intoxication, overdose, self_harm; or none.
    """

    kind: ClassVar[str] = "emergency_attendance"
    title: ClassVar[str] = "Emergency department attendance"
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = UK_CORE

    reason: str | None = None
    concern: str | None = None
    left_before_seen: bool = False

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        left = "; left before being seen" if self.left_before_seen else ""
        return f"Emergency department attendance{why}{left}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalStay(Content):
    """An inpatient stay."""

    kind: ClassVar[str] = "hospital_stay"
    title: ClassVar[str] = "Hospital stay"
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = UK_CORE

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthContact(Content):
    """Any other contact with a health service."""

    kind: ClassVar[str] = "health_contact"
    title: ClassVar[str] = "Health contact"
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = UK_CORE

    reason: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SexualHealthAttendance(Content):
    """An attendance at a sexual health service: its very existence is content."""

    kind: ClassVar[str] = "sexual_health_attendance"
    title: ClassVar[str] = "Sexual health attendance"
    tier: ClassVar[Tier] = Tier.CONFIDENTIAL
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = UK_CORE

    reason: str | None = None
