"""What the police record, other than missing episodes."""

from dataclasses import dataclass
from datetime import date
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


CRIME_RECORD = "Home Office Counting Rules for Recorded Crime [M]; domain.md 5b"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crime(Content):
    """A reported crime in which a child has a part. An allegation is not a finding.

    `exploitation_flag` is the force's own mark: flags are manual and vary (IICSA, *Child sexual
    exploitation by organised networks*, B.4), so its absence says nothing.
    """

    heading: ClassVar[Category] = Category.POLICING
    source: ClassVar[str] = CRIME_RECORD
    whereabouts: ClassVar[frozenset[str]] = frozenset({"place"})

    offence: str
    place: str | None = None
    reported_on: date | None = None
    exploitation_flag: bool | None = None
    outcome: str | None = None

    def sentence(self) -> str:
        flagged = "; the police flagged it as exploitation" if self.exploitation_flag else ""
        outcome = f"; {self.outcome[:1].lower()}{self.outcome[1:]}" if self.outcome else ""
        place = f"; place: {self.place}" if self.place else ""
        return f"{self.title}: {self.offence}{place}{flagged}{outcome}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeVictim(_Crime):
    """A crime was reported of which the child is a victim."""

    kind: ClassVar[str] = "crime_victim"
    title: ClassVar[str] = "Victim of a reported crime"
    standing: ClassVar[Standing] = Standing.HARM


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeSuspect(_Crime):
    """A crime was reported of which the child is suspected. A suspect can be a victim too.

    Modern Slavery Act 2015, section 45: a defence for those who were compelled to offend.
    """

    kind: ClassVar[str] = "crime_suspect"
    title: ClassVar[str] = "Suspected of a reported crime"
    standing: ClassVar[Standing] = Standing.CONCERN


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeWitness(_Crime):
    """A crime was reported that the child saw."""

    kind: ClassVar[str] = "crime_witness"
    title: ClassVar[str] = "Witness of a reported crime"
    standing: ClassVar[Standing] = Standing.CONTEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting(Content):
    """The child was seen at a place or in a vehicle: by a patrol, a camera, or somebody who told.

    All of it tells where the child can be found, but for who told of it.
    """

    kind: ClassVar[str] = "sighting"
    title: ClassVar[str] = "Seen at a place or in a vehicle"
    heading: ClassVar[Category] = Category.POLICING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "A police force’s own records; domain.md 5b"
    whereabouts: ClassVar[frozenset[str]] = frozenset({"place", "vehicle", "company"})

    place: str | None = None
    vehicle: str | None = None
    company: str | None = None
    told_by: str | None = None

    def sentence(self) -> str:
        place = f" at {self.place}" if self.place else ""
        vehicle = f"; vehicle: {self.vehicle}" if self.vehicle else ""
        company = f"; with: {self.company}" if self.company else ""
        told = f" (told by: {self.told_by})" if self.told_by else ""
        return f"Seen{place}{vehicle}{company}{told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Association(Content):
    """The child is linked with an adult of concern or a group. It is not established fact.

    `adult` is a name as it was written, `adult_reference` the agency’s own number of that person,
    without which nobody is taken for the same. `warning` is what the adult was told, such as a
    child abduction warning notice.
    """

    kind: ClassVar[str] = "association"
    title: ClassVar[str] = "Linked with an adult of concern or a group"
    heading: ClassVar[Category] = Category.POLICING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "A police force’s own records; domain.md 5b rows 10, 14, 36 and 41"
    whereabouts: ClassVar[frozenset[str]] = frozenset({"adult", "adult_reference", "group"})

    adult: str | None = None
    adult_reference: str | None = None
    group: str | None = None
    warning: str | None = None

    def sentence(self) -> str:
        who = ", ".join(filter(None, (self.adult, self.group))) or "somebody who is not named"
        warning = f"; warning given: {self.warning}" if self.warning else ""
        return f"Linked, which is not established fact, with {who}{warning}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicProtectionNotice(Content):
    """The police told others of a concern for the child. What officers wrote often names places."""

    kind: ClassVar[str] = "public_protection_notice"
    title: ClassVar[str] = "Public protection notice"
    heading: ClassVar[Category] = Category.POLICING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "A police force’s own form; there is no national one (formats.md 6)"
    whereabouts: ClassVar[frozenset[str]] = frozenset({"summary"})

    concern: str
    summary: str | None = None

    def sentence(self) -> str:
        said = f". {self.summary}" if self.summary else ""
        return f"Public protection notice: {self.concern}{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReport(Content):
    """Somebody reported to the police, online, what concerns the child. It is a report, not a fact.

    `part` is what the child is in it, in the report's own words, such as victim or witness.
    Who reported is never kept, unless it is the child.
    """

    kind: ClassVar[str] = "public_report"
    title: ClassVar[str] = "Report made to the police online"
    heading: ClassVar[Category] = Category.POLICING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "Single Online Home, Standard Data Model; formats.md 6; domain.md 5b"
    whereabouts: ClassVar[frozenset[str]] = frozenset({"summary"})

    category: str | None = None
    part: tuple[str, ...] = ()
    reference: str | None = None
    summary: str | None = None

    def sentence(self) -> str:
        part = f" (the child as: {', '.join(self.part)})" if self.part else ""
        said = f": {self.summary}" if self.summary else ""
        return f"Report made to the police online{part}{said}"
