"""Missing episodes, and what was done after the return."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Missing from home or care, or (`away`) away from placement without authorisation.

    Not `reported`: nobody told the police, so that only an empty seat at school shows it.
    """

    person: int
    left: datetime
    back: datetime | None
    origin: str
    away: bool = False
    found_at: str = ""
    found_with: str = ""
    reported: bool = True

    @property
    def day(self) -> date:
        return self.left.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInterview:
    """What was done after a return. `outcome` is Held, Declined or Not offered."""

    person: int
    returned: datetime
    outcome: str
    offered: datetime | None = None
    held: datetime | None = None
    independent: bool = True
    summary: str = ""

    @property
    def recorded(self) -> datetime:
        """When the last of it happened, so that a record could be made."""
        return self.held or self.offered or self.returned

    @property
    def day(self) -> date:
        return self.returned.date()
