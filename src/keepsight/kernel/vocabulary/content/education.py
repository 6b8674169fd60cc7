"""What a school records."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing
from keepsight.kernel.vocabulary.school_codes import SEN_TYPE

KEPT_IN_EDUCATION = frozenset({"I", "M", "R", "T", "Y5"})
"""Attendance codes that tell of health, belief, ethnicity or crime (SI 2024/208 reg 10)."""

SCHOOL_CENSUS = "DfE School Census; SI 2024/208"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEnrolment(Content):
    """On the roll of a school."""

    kind: ClassVar[str] = "school_enrolment"
    title: ClassVar[str] = "On a school’s roll"
    heading: ClassVar[Category] = Category.EDUCATION
    source: ClassVar[str] = SCHOOL_CENSUS

    enrolment_status: str | None = None
    year_group: str | None = None
    sen_provision: str | None = None

    def sentence(self) -> str:
        return f"On roll, year {self.year_group}" if self.year_group else "On roll"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSummary(Content):
    """A term's sessions under one attendance code, as the School Census gives them."""

    kind: ClassVar[str] = "attendance_summary"
    title: ClassVar[str] = "Sessions in a term under one code"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = SCHOOL_CENSUS

    code: str
    category: str
    sessions: int

    @property
    def filed_under(self) -> Category:
        """Illness, belief, travelling or detention stay with the school that recorded them."""
        kept = self.code in KEPT_IN_EDUCATION
        return Category.ATTENDANCE_REASONS if kept else Category.EDUCATION

    def sentence(self) -> str:
        return f"{self.sessions} sessions in the term: {self.category.replace('_', ' ')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceOfYear(Content):
    """A school year’s sessions, as one school tells another of them when a pupil moves."""

    kind: ClassVar[str] = "attendance_of_year"
    title: ClassVar[str] = "Sessions in a school year"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONTEXT
    timeless: ClassVar[bool] = True
    source: ClassVar[str] = "DfE common transfer file"

    year: str
    possible: int | None = None
    attended: int | None = None
    authorised: int | None = None
    unauthorised: int | None = None

    def sentence(self) -> str:
        return (
            f"Sessions in the school year from {self.year}: {_said(self.attended)} attended of "
            f"{_said(self.possible)}, {_said(self.unauthorised)} missed without leave"
        )


def _said(count: int | None) -> str:
    return "not told" if count is None else str(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceWeek(Content):
    """One pupil's week of ten sessions, counted by statistical category.

    Held as a bulk event (`chronology`), never as ten.
    """

    kind: ClassVar[str] = "attendance_week"
    title: ClassVar[str] = "A week of school attendance"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = SCHOOL_CENSUS

    possible: int
    absent: int
    unauthorised: int
    unexplained: int
    late: int

    def sentence(self) -> str:
        return f"{self.absent} of {self.possible} sessions missed, {self.unexplained} unexplained"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceSpell(Content):
    """A run of consecutive possible sessions that a pupil missed, in reduced form."""

    kind: ClassVar[str] = "absence_spell"
    title: ClassVar[str] = "Absent from school"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = SCHOOL_CENSUS

    sessions: int
    unauthorised: int
    unexplained: int

    def sentence(self) -> str:
        days = "1 school day" if self.sessions == 2 else f"{self.sessions / 2:g} school days"
        if self.unexplained:
            return f"Absent for {days}; {self.unexplained} sessions with no reason established"
        if self.unauthorised:
            return f"Absent for {days}; {self.unauthorised} sessions unauthorised"
        return f"Absent for {days}, with leave or a reason given"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialEducationalNeed(Content):
    """A type of special educational need of a pupil, by the census’s code; rank 1 comes first."""

    kind: ClassVar[str] = "special_educational_need"
    title: ClassVar[str] = "Special educational need"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONTEXT
    timeless: ClassVar[bool] = True
    source: ClassVar[str] = SCHOOL_CENSUS

    need: str
    rank: int | None = None

    def sentence(self) -> str:
        return f"Special educational need: {SEN_TYPE.codes.get(self.need, self.need).lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolConcern(Content):
    """A concern that a member of a school's staff wrote down; `topic` is the school's heading."""

    kind: ClassVar[str] = "school_concern"
    title: ClassVar[str] = "Concern recorded by a school"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "Keeping children safe in education"

    summary: str
    noticed_on: date | None = None
    topic: str | None = None
    action: str | None = None

    def sentence(self) -> str:
        topic = f" ({self.topic})" if self.topic else ""
        done = f" Done: {self.action}" if self.action else ""
        return f"School concern{topic}: {self.summary}{done}"
