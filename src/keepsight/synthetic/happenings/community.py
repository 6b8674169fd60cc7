"""What youth justice, children's homes, charities and housing write down."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthJusticeContact:
    """Work of the youth justice service with a child: a disposal, an assessment, a contact."""

    person: int
    day: date
    kind: str
    offence: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeEntry:
    """An entry in the log of a children's home; `home` is its number in the district."""

    person: int
    home: int
    written: datetime
    kind: str
    text: str

    @property
    def day(self) -> date:
        return self.written.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class CharityReport:
    """What a charity's worker reports of their work with a child."""

    person: int
    day: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingCall:
    """A call to the housing service about the address at which the child lives."""

    person: int
    called: datetime
    kind: str
    text: str

    @property
    def day(self) -> date:
        return self.called.date()
