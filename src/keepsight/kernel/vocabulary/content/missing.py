"""Children missing from home or care, and the interview when they come back."""

from dataclasses import dataclass
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing

MISSING_GUIDANCE = "Statutory guidance on children who run away or go missing, January 2014"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingEpisode(Content):
    """Missing, or away from placement without authorisation; it ends when the child returns.

    `category` is `missing` or `away` (SSDA903 MISSING, M and A). An episode with no end is open.
    """

    kind: ClassVar[str] = "missing_episode"
    title: ClassVar[str] = "Missing"
    heading: ClassVar[Category] = Category.MISSING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = MISSING_GUIDANCE
    whereabouts: ClassVar[frozenset[str]] = frozenset({"missing_from", "found_at", "found_with"})

    category: str
    missing_from: str | None = None
    found_at: str | None = None
    found_with: str | None = None

    def sentence(self) -> str:
        what = "Away without authorisation" if self.category == "away" else "Missing"
        origin = f" from {self.missing_from}" if self.missing_from else ""
        found = f"; found: {self.found_at}" if self.found_at else ""
        company = f"; with: {self.found_with}" if self.found_with else ""
        return f"{what}{origin}{found}{company}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInterviewOffered(Content):
    """A return home interview was offered. An offer, even declined, does not stop the clock."""

    kind: ClassVar[str] = "return_interview_offered"
    title: ClassVar[str] = "Return home interview offered"
    heading: ClassVar[Category] = Category.MISSING
    source: ClassVar[str] = MISSING_GUIDANCE

    declined: bool
    reason: str | None = None

    def sentence(self) -> str:
        return "Return home interview offered" + (" and declined" if self.declined else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInterviewHeld(Content):
    """A return home interview was held."""

    kind: ClassVar[str] = "return_interview_held"
    title: ClassVar[str] = "Return home interview held"
    heading: ClassVar[Category] = Category.MISSING
    source: ClassVar[str] = MISSING_GUIDANCE

    independent: bool | None = None
    summary: str | None = None

    def sentence(self) -> str:
        said = f": {self.summary}" if self.summary else ""
        return f"Return home interview held{said}"
