"""Missing episodes, and what was done after the return."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


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


TIME_FOR_IT = timedelta(hours=96)
"""After a day more than the 72 hours of the guidance it is written down that none was offered."""


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
        """When the last of it happened, so that a record could be made.

        That none was offered can be said only when the time for it is over.
        """
        return self.held or self.offered or self.returned + TIME_FOR_IT

    @property
    def day(self) -> date:
        return self.returned.date()
