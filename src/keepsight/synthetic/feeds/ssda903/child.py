"""One looked-after child as the return tells of it, and chance for what nothing else decides."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from keepsight.synthetic.desk import english
from keepsight.synthetic.happenings import Missing, Placement
from keepsight.synthetic.life.care import CHILDRENS_HOME
from keepsight.synthetic.people.knowing import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class CaredFor:
    """A child's period of care: its placements in order, where each is, and its episodes missing.

    `urns` are those of the district's children's homes. `chance` holds numbers from 0 to 1 that
    stay with the child from one return to the next.
    """

    person: int
    known: Known
    at: int
    born: date
    unaccompanied: bool
    placements: tuple[Placement, ...]
    postcodes: tuple[str, ...]
    missing: tuple[Missing, ...]
    urns: tuple[str, ...]
    chance: np.ndarray

    @property
    def since(self) -> date:
        return self.placements[0].started

    @property
    def ended(self) -> date | None:
        return self.placements[-1].ended

    def still_on(self, day: date) -> bool:
        return self.ended is None or self.ended > day

    def age_on(self, day: date) -> float:
        return (day - self.born).days / 365.25

    @property
    def key(self) -> str:
        return str(self.known.key[self.at])

    @property
    def birth(self) -> str:
        return english(self.known.birth[self.at])

    def homes_urn(self, placement: Placement) -> str:
        """The number of the children's home, or empty for another placement."""
        return self.urns[placement.home] if placement.place == CHILDRENS_HOME else ""

    def every(self, first: int, then: int, until: date) -> list[date]:
        """Days at steps from the beginning of care, while it lasts."""
        last = min(until, self.ended or until)
        days, day = [], self.since + timedelta(days=first)
        while day < last:
            days.append(day)
            day += timedelta(days=then)
        return days
