"""What youth justice, children's homes, housing and voluntary organisations record."""

from dataclasses import dataclass
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthJusticeContact(Content):
    """Work of the youth justice service with the child: a disposal, a contact, one that was missed.

    `contact` is the service's own word for it.
    """

    kind: ClassVar[str] = "youth_justice_contact"
    title: ClassVar[str] = "Youth justice contact"
    heading: ClassVar[Category] = Category.YOUTH_JUSTICE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "Crime and Disorder Act 1998, sections 38 and 39 [M]"

    contact: str
    offence: str | None = None
    summary: str | None = None

    def sentence(self) -> str:
        offence = f" ({self.offence})" if self.offence else ""
        said = f": {self.summary}" if self.summary else ""
        return f"Youth justice, {self.contact[:1].lower()}{self.contact[1:]}{offence}{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLogEntry(Content):
    """An entry in the log of the children's home where the child lives.

    `entry` is the home's own heading. What was written often says where the child was.
    """

    kind: ClassVar[str] = "home_log_entry"
    title: ClassVar[str] = "Entry in the log of a children’s home"
    heading: ClassVar[Category] = Category.RESIDENTIAL_CARE
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = (
        "Children’s Homes (England) Regulations 2015, SI 2015/541, regulation 36 [M]"
    )
    whereabouts: ClassVar[frozenset[str]] = frozenset({"summary"})

    entry: str
    summary: str | None = None

    def sentence(self) -> str:
        said = f": {self.summary}" if self.summary else ""
        return f"Children’s home, {self.entry[:1].lower()}{self.entry[1:]}{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingCall(Content):
    """A call to the housing service about the address at which the child lives.

    `matter` is the service's own heading. What was written is about the address.
    """

    kind: ClassVar[str] = "housing_call"
    title: ClassVar[str] = "Call to the housing service about the home"
    heading: ClassVar[Category] = Category.HOUSING
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "A housing service’s own records; domain.md 5b"
    whereabouts: ClassVar[frozenset[str]] = frozenset({"summary"})

    matter: str
    summary: str | None = None

    def sentence(self) -> str:
        said = f". {self.summary}" if self.summary else ""
        return f"Call about the home: {self.matter[:1].lower()}{self.matter[1:]}{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoluntaryReport(Content):
    """What a worker of a voluntary organisation reports of work with the child.

    `work` is the organisation's own heading.
    """

    kind: ClassVar[str] = "voluntary_report"
    title: ClassVar[str] = "Report of a voluntary organisation"
    heading: ClassVar[Category] = Category.VOLUNTARY
    standing: ClassVar[Standing] = Standing.CONCERN
    source: ClassVar[str] = "Working Together to Safeguard Children 2026 [M]; domain.md 5b"

    work: str
    summary: str | None = None

    def sentence(self) -> str:
        said = f": {self.summary}" if self.summary else ""
        return f"Voluntary organisation, {self.work[:1].lower()}{self.work[1:]}{said}"
