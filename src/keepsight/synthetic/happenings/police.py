"""What the police write down."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Crime:
    """A crime report in which the child has a role: Victim, Suspect or Witness."""

    person: int
    happened: datetime
    reported: datetime
    role: str
    offence: str
    place: str
    exploitation_flag: bool = False
    outcome: str = ""

    @property
    def day(self) -> date:
        return self.reported.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A child seen at a place or in a vehicle. `told_by` is Patrol, ANPR, Licensing or Public."""

    person: int
    seen: datetime
    place: str
    vehicle: str
    company: str
    told_by: str

    @property
    def day(self) -> date:
        return self.seen.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public protection notice, by which the police tell of a concern for a child."""

    person: int
    raised: datetime
    concern: str
    text: str

    @property
    def day(self) -> date:
        return self.raised.date()
