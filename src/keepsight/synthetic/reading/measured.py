"""A county's own value of a published figure."""

from dataclasses import dataclass

from keepsight.synthetic.calibration import FIGURES, Figure
from keepsight.synthetic.calibration.figure import DIVISORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How often something was found among so many counted; both as the files of agencies say.

    `years` is how long was counted, for figures of a year.
    """

    key: str
    found: float
    counted: float
    years: float = 1.0

    @property
    def figure(self) -> Figure:
        return FIGURES[self.key]

    @property
    def value(self) -> float:
        """In the unit of the figure; 0 where nothing was counted."""
        if not self.counted:
            return 0.0
        return self.found / self.counted / self.years * DIVISORS[self.figure.unit]

    @property
    def allowed(self) -> float:
        """How far from the published figure it may be, in its unit."""
        return self.figure.allowed(round(self.counted * self.years))

    @property
    def holds(self) -> bool:
        """Whether the county is within the stated bounds of the figure; not if none was counted."""
        if not self.counted:
            return False
        return abs(self.value - self.figure.value) <= self.allowed
