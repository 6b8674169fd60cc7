"""What can be sent and what is answered, field by field; the OpenAPI document is made from it."""

from abc import abstractmethod
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from keepsight.api.texts import UPN, Birth, Moment, Name, NHSNumber, Reference, Short, Words
from keepsight.intake.sources.fhir.codes import SEXUAL_HEALTH
from keepsight.kernel.reports import Named, Report, ReportKind
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.education import SchoolConcern
from keepsight.kernel.vocabulary.content.health import EmergencyAttendance, SexualHealthAttendance
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.police import PublicProtectionNotice

Concern = Literal["assault", "unexplained_injury", "intoxication", "overdose", "self_harm"]


class Sent(BaseModel):
    """Base of what is sent: a field that is not known is a fault, and is never passed over."""

    model_config = ConfigDict(extra="forbid")


class Person(Sent):
    """Whom the report is about, as the agency that sends it knows them."""

    reference: Reference = Field(description="The agency’s own id of the person.")
    forename: Name | None = None
    surname: Name | None = None
    date_of_birth: Birth | None = None
    nhs_number: NHSNumber | None = None
    upn: UPN | None = None

    def named(self) -> Named:
        return Named(**self.model_dump())


class AnyReport(Sent):
    """Base of all reports."""

    kind: ClassVar[ReportKind]

    reference: Reference = Field(
        description="The agency’s own reference of what is reported. A file that states the same "
        "fact later under the same reference changes nothing."
    )
    person: Person

    def report(self) -> Report:
        """The one fact that this states."""
        return Report(
            kind=self.kind,
            reference=self.reference,
            person=self.person.named(),
            occurred=self.occurred(),
            occurred_until=self.until(),
            content=self.content(),
        )

    @abstractmethod
    def occurred(self) -> datetime:
        """When it happened, or began."""

    def until(self) -> datetime | None:
        return None

    @abstractmethod
    def content(self) -> Content:
        """What it states."""


class MissingReport(AnyReport):
    """A child is missing, or away from a placement without authorisation."""

    kind = ReportKind.MISSING

    reported_missing_at: Moment
    category: Literal["missing", "away"] = "missing"
    missing_from: Short | None = Field(None, description="Such as Home, School or a placement.")

    def occurred(self) -> datetime:
        return self.reported_missing_at

    def content(self) -> Content:
        return MissingEpisode(category=self.category, missing_from=self.missing_from)


class FoundReport(AnyReport):
    """A child of whom a missing report was sent is back. The reference is the missing report’s."""

    kind = ReportKind.FOUND

    returned_at: Moment
    found_at: Short | None = Field(None, description="Where.")
    found_with: Short | None = Field(None, description="In whose company.")

    def occurred(self) -> datetime:
        return self.returned_at

    def content(self) -> Content:
        return MissingEpisode(
            category="missing", found_at=self.found_at, found_with=self.found_with
        )


class EmergencyReport(AnyReport):
    """A child attended an emergency department."""

    kind = ReportKind.EMERGENCY

    arrived_at: Moment
    left_at: Moment | None = None
    reason: Words | None = None
    concern: Concern | None = None
    left_before_seen: bool = Field(False, strict=True)

    @model_validator(mode="after")
    def _in_order(self) -> "EmergencyReport":
        if self.left_at and self.left_at < self.arrived_at:
            raise PydanticCustomError("left_before_arrived", "left_at is before arrived_at")
        return self

    def occurred(self) -> datetime:
        return self.arrived_at

    def until(self) -> datetime | None:
        return self.left_at

    def content(self) -> Content:
        """What tells of sexual health is held as that, whatever the report is called."""
        said = (self.reason or "").casefold()
        if any(word in said for word in SEXUAL_HEALTH.words):
            return SexualHealthAttendance(reason=self.reason)
        return EmergencyAttendance(
            reason=self.reason, concern=self.concern, left_before_seen=self.left_before_seen
        )


class SchoolConcernReport(AnyReport):
    """A member of a school’s staff wrote down a concern for a pupil."""

    kind = ReportKind.SCHOOL_CONCERN

    noticed_at: Moment
    summary: Words

    def occurred(self) -> datetime:
        return self.noticed_at

    def content(self) -> Content:
        return SchoolConcern(summary=self.summary)


class PoliceNoticeReport(AnyReport):
    """The police tell of a concern for a child: a public protection notice."""

    kind = ReportKind.POLICE_NOTICE

    raised_at: Moment
    concern: Short
    summary: Words | None = None

    def occurred(self) -> datetime:
        return self.raised_at

    def content(self) -> Content:
        return PublicProtectionNotice(concern=self.concern, summary=self.summary)


class Acknowledgement(BaseModel):
    """The report is on record. The same key and the same report give the same words again."""

    event_id: int = Field(description="The event under which the fact stands.")
    received_at: datetime = Field(description="When the event was received.")
    duplicate: bool = Field(description="Whether the fact stood already, in the same words.")
    status_url: str = Field(description="Where this acknowledgement can be read again.")


class Token(BaseModel):
    """A token, good for the seconds that it says (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a kind of token
    expires_in: int


class TokenRefused(BaseModel):
    """Why no token was given (RFC 6749, section 5.2)."""

    error: str
    error_description: str


class Fault(BaseModel):
    """One fault of a report: where, which rule, in words, and what to do."""

    field: str
    rule: str
    message: str
    remedy: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    errors: list[Fault] = []
