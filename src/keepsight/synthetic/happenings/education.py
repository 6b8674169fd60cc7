"""What happens at school."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePattern:
    """A time in which a pupil misses a share of days, growing or not, under these marks.

    `weekdays` counts from Monday as 0; `part` is day, morning or afternoon.
    """

    person: int
    since: date
    until: date
    share: float
    marks: tuple[str, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    part: str = "day"
    rising: bool = True

    @property
    def day(self) -> date:
        return self.since


EXCLUDED_FOR = {
    "PP": "physical assault against a pupil",
    "PA": "physical assault against an adult",
    "VP": "verbal abuse of a pupil",
    "VA": "verbal abuse of an adult",
    "OW": "use or threat of an offensive weapon",
    "DA": "drugs or alcohol",
    "DM": "damage",
    "TH": "theft",
    "DB": "persistent disruptive behaviour",
    "MT": "inappropriate use of social media",
}
"""Reasons for an exclusion and their codes (DfE, from 2020, mark M)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A suspension of so many sessions, or a permanent exclusion; `reason` is one of
    `EXCLUDED_FOR`."""

    person: int
    start: date
    sessions: int
    permanent: bool
    reason: str

    @property
    def day(self) -> date:
        return self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class RollChange:
    """A pupil who leaves a school's roll. `why` is one of `ROLL_CHANGES`.

    `found` is the day on which a child who was missing education was known to be in education
    again.
    """

    person: int
    left: date
    why: str
    found: date | None = None

    @property
    def day(self) -> date:
        return self.left


ROLL_CHANGES = ("moved", "elective home education", "not known", "permanently excluded")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolConcern:
    """An entry in a school's safeguarding log."""

    person: int
    noticed: datetime
    category: str
    text: str
    action: str

    @property
    def day(self) -> date:
        return self.noticed.date()
