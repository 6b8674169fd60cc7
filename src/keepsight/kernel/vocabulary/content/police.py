"""What the police record, other than missing episodes."""

from dataclasses import dataclass
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, ContentError, Standing

INTELLIGENCE_GRADING = "College of Policing, intelligence report 3x5x2 [M]"
SOURCES = {1: "reliable source", 2: "untested source", 3: "not reliable source"}
ASSESSMENTS = {
    "A": "known directly to the source",
    "B": "known indirectly to the source but corroborated",
    "C": "known indirectly to the source",
    "D": "not known",
    "E": "suspected to be false",
}
HANDLING = {"P": "may be shared lawfully", "C": "may be shared with conditions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceIntelligence(Content):
    """A graded item of intelligence that concerns a child. It is not established fact.

    `source_grade` is 1 to 3, `assessment` A to E, `handling` P or C, as in the 3x5x2 form.
    """

    kind: ClassVar[str] = "police_intelligence"
    title: ClassVar[str] = "Police intelligence, not established fact"
    heading: ClassVar[Category] = Category.INTELLIGENCE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = INTELLIGENCE_GRADING
    readable: ClassVar[bool] = False

    summary: str
    source_grade: int
    assessment: str
    handling: str
    conditions: str | None = None

    def __post_init__(self) -> None:
        super(PoliceIntelligence, self).__post_init__()
        known = (
            (self.source_grade, SOURCES, "source_grade"),
            (self.assessment, ASSESSMENTS, "assessment"),
            (self.handling, HANDLING, "handling"),
        )
        for value, allowed, name in known:
            if value not in allowed:
                said = ", ".join(str(each) for each in allowed)
                raise ContentError(f"{self.kind}: {name} is one of {said}, not {value!r}.")

    @property
    def filed_under(self) -> Category:
        """With conditions on its handling it goes to nobody by agreement."""
        return Category.INTELLIGENCE if self.handling == "P" else Category.HANDLED

    def sentence(self) -> str:
        grading = f"{SOURCES[self.source_grade]}; {ASSESSMENTS[self.assessment]}"
        return f"Intelligence, not established fact ({grading}): {self.summary}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceNotice(Content):
    """A public protection notice, by which the police tell of a concern for a child.

    There is no national form of one (`formats.md` section 6). It goes to the council’s front door
    as a referral does, so it is under the same heading.
    """

    kind: ClassVar[str] = "police_notice"
    title: ClassVar[str] = "Public protection notice from the police"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "Police forces’ own forms [M]"

    concern: str
    summary: str | None = None

    def sentence(self) -> str:
        said = f": {self.summary}" if self.summary else ""
        return f"Public protection notice, {self.concern}{said}"
