"""How a child comes to be out of school: suspended, excluded, gone to another, or on no roll."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing
from keepsight.kernel.vocabulary.school_codes import EXCLUSION_REASON

EXCLUSIONS = "DfE School Census; School Discipline (Pupil Exclusions and Reviews) [M]"
CME = "Education Act 1996, section 436A"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolExclusion(Content):
    """A suspension or a permanent exclusion, from the day on which it begins.

    `category` is `permanent`, `suspension` or `lunchtime`. Reasons are the census’s codes.
    """

    kind: ClassVar[str] = "school_exclusion"
    title: ClassVar[str] = "Suspended or excluded from school"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = EXCLUSIONS

    category: str
    sessions: int | None = None
    reasons: tuple[str, ...] = ()

    def sentence(self) -> str:
        length = f" for {self.sessions} sessions" if self.sessions else ""
        what = {
            "permanent": "Permanently excluded from school",
            "lunchtime": "Suspended from school at lunchtime",
        }.get(self.category, f"Suspended from school{length}")
        return f"{what}: {'; '.join(map(_reason, self.reasons))}" if self.reasons else what


def _reason(code: str) -> str:
    return EXCLUSION_REASON.codes.get(code, code).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftForAnotherSchool(Content):
    """A pupil left for another school. The schools are named by authority and number."""

    kind: ClassVar[str] = "left_for_another_school"
    title: ClassVar[str] = "Left for another school"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONTEXT
    whereabouts: ClassVar[frozenset[str]] = frozenset({"to_school"})
    source: ClassVar[str] = "DfE common transfer file"

    from_school: str | None = None
    to_school: str | None = None
    sen_provision: str | None = None
    in_care: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnNoRoll(Content):
    """A child on no school’s roll, from the day of leaving the last one until found in education.

    `reason` is `not_known`, `excluded` or `educated_at_home`: to be taught at home is lawful, and
    is told apart from missing education.
    """

    kind: ClassVar[str] = "on_no_roll"
    title: ClassVar[str] = "On no school’s roll"
    heading: ClassVar[Category] = Category.EDUCATION
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = CME

    reason: str
    last_school: str | None = None
    listed: date | None = None
    enquiries: str | None = None

    def sentence(self) -> str:
        what = {
            "educated_at_home": "On no school’s roll: educated at home by choice",
            "excluded": "On no school’s roll since permanently excluded",
        }.get(self.reason, "Missing education: on no school’s roll, and why is not known")
        done = f"; enquiries: {self.enquiries}" if self.enquiries else ""
        return f"{what}{done}"
