"""What health services record."""

from dataclasses import dataclass
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing

UK_CORE = "FHIR R4 UK Core Encounter"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAttendance(Content):
    """An attendance at an emergency department.

    `concern` is one of the record types of `domain.md` 5b row 21: assault, unexplained_injury,
    intoxication, overdose, self_harm; or none.
    """

    kind: ClassVar[str] = "emergency_attendance"
    title: ClassVar[str] = "Emergency department attendance"
    heading: ClassVar[Category] = Category.HEALTH
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
    heading: ClassVar[Category] = Category.HEALTH
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = UK_CORE

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthContact(Content):
    """Any other contact with a health service."""

    kind: ClassVar[str] = "health_contact"
    title: ClassVar[str] = "Health contact"
    heading: ClassVar[Category] = Category.HEALTH
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = UK_CORE

    reason: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SexualHealthAttendance(Content):
    """An attendance at a sexual health service: its very existence is content."""

    kind: ClassVar[str] = "sexual_health_attendance"
    title: ClassVar[str] = "Sexual health attendance"
    heading: ClassVar[Category] = Category.SEXUAL_HEALTH
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = UK_CORE

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SexualAssaultCentreAttendance(Content):
    """An attendance at a sexual assault referral centre: its very existence is content."""

    kind: ClassVar[str] = "sexual_assault_centre_attendance"
    title: ClassVar[str] = "Sexual assault referral centre attendance"
    heading: ClassVar[Category] = Category.SEXUAL_ASSAULT
    standing: ClassVar[Standing] = Standing.HARM
    source: ClassVar[str] = UK_CORE

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentalHealthContact(Content):
    """A contact with child and adolescent mental health services (CAMHS)."""

    kind: ClassVar[str] = "mental_health_contact"
    title: ClassVar[str] = "Mental health contact"
    heading: ClassVar[Category] = Category.MENTAL_HEALTH
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = UK_CORE

    reason: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefugeStay(Content):
    """A stay in a refuge: that there is one, and where, is never told."""

    kind: ClassVar[str] = "refuge_stay"
    title: ClassVar[str] = "Stay in a refuge"
    heading: ClassVar[Category] = Category.REFUGE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = "Domestic Abuse Act 2021, Part 4"

    with_whom: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _CloselyHeldOrNot(Content):
    """Base of what is ordinary in most services and confidential in some.

    `held_as` is `sexual_health` or `mental_health` where the service is one, and empty elsewhere.
    """

    heading: ClassVar[Category] = Category.HEALTH

    held_as: str | None = None

    @property
    def filed_under(self) -> Category:
        return Category(self.held_as) if self.held_as else Category.HEALTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(_CloselyHeldOrNot):
    """An appointment that is to come, was kept, or was cancelled; `status` is FHIR’s word."""

    kind: ClassVar[str] = "appointment"
    title: ClassVar[str] = "Health appointment"
    standing: ClassVar[Standing] = Standing.RECORD
    source: ClassVar[str] = "FHIR R4 Appointment"

    service: str | None = None
    status: str | None = None

    def sentence(self) -> str:
        said = ": ".join(filter(None, ["Health appointment", self.service]))
        return f"{said} ({self.status})" if self.status else said


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBrought(_CloselyHeldOrNot):
    """A child was not brought to an appointment (`domain.md` 5b row 38).

    Children do not miss appointments: whoever cares for them does not bring them.
    """

    kind: ClassVar[str] = "not_brought"
    title: ClassVar[str] = "Not brought to a health appointment"
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "FHIR R4 Appointment"

    service: str | None = None

    def sentence(self) -> str:
        return ": ".join(filter(None, ["Not brought to a health appointment", self.service]))


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFlag(_CloselyHeldOrNot):
    """A flag on a health record, in the service’s own words."""

    kind: ClassVar[str] = "health_flag"
    title: ClassVar[str] = "Flag on a health record"
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = "FHIR R4 Flag"

    text: str
    category: str | None = None

    def sentence(self) -> str:
        return f"Flag on a health record: {self.text}"
