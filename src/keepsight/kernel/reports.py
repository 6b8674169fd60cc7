"""Reports that cannot wait for a file, each as the one fact that it states.

A report and a row of a file that state the same fact have the same key and the same words, so that
whichever comes later changes nothing. The keys are those of the sources in `intake`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Content


class ReportKind(StrEnum):
    """What can be reported, by the name that stands in its address."""

    MISSING = "missing-reports"
    FOUND = "found-reports"
    EMERGENCY = "emergency-attendances"
    SCHOOL_CONCERN = "school-concerns"
    POLICE_NOTICE = "police-notices"

    @property
    def in_words(self) -> str:
        return TITLES[self]


TITLES = {
    ReportKind.MISSING: "a missing report",
    ReportKind.FOUND: "a found report",
    ReportKind.EMERGENCY: "an emergency attendance",
    ReportKind.SCHOOL_CONCERN: "a school’s concern",
    ReportKind.POLICE_NOTICE: "a police notice",
}

MISSING_SENDERS = frozenset(
    {AgencyKind.POLICE, AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.CHILDRENS_HOME}
)
SENDERS: dict[ReportKind, frozenset[AgencyKind]] = {
    ReportKind.MISSING: MISSING_SENDERS,
    ReportKind.FOUND: MISSING_SENDERS,
    ReportKind.EMERGENCY: frozenset({AgencyKind.HEALTH}),
    ReportKind.SCHOOL_CONCERN: frozenset({AgencyKind.SCHOOL}),
    ReportKind.POLICE_NOTICE: frozenset({AgencyKind.POLICE}),
}
"""Which kinds of agency send which report: Keepsight’s own practice [M]."""

KEYS = {
    ReportKind.MISSING: "missing",
    ReportKind.FOUND: "missing",
    ReportKind.EMERGENCY: "encounter",
    ReportKind.SCHOOL_CONCERN: "concern",
    ReportKind.POLICE_NOTICE: "notice",
}


OF_MANY = frozenset({ReportKind.POLICE_NOTICE})
"""One of these can be about several children, so the key of the fact names the child too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom a report is about: the agency’s own id, and what it knows that tells who that is."""

    reference: str
    forename: str | None = None
    surname: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    upn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was sent. `reference` is the agency’s own of the fact, not of the person."""

    kind: ReportKind
    reference: str
    person: Named
    occurred: datetime
    content: Content
    occurred_until: datetime | None = None

    @property
    def source_key(self) -> str:
        key = f"{KEYS[self.kind]}|{self.reference}"
        return f"{key}|{self.person.reference}" if self.kind in OF_MANY else key
