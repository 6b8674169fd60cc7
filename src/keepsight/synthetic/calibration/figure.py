"""One published figure, and how near to it the county is held."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Mark = Literal["V", "V2", "D", "M"]
"""As in `domain.md`: read in the primary source, in a secondary one, derived, or from memory."""


class Unit(StrEnum):
    """What a figure counts, and of what."""

    PERCENT = "%"
    OF_CHILDREN = "per 10,000 children"
    A_YEAR = "per 10,000 children a year"
    PER_100_PUPILS = "per 100 pupils a year"
    PER_1000_MATERNITIES = "per 1,000 maternities"
    A_CHILD = "each"


DIVISORS = {
    Unit.PERCENT: 100.0,
    Unit.OF_CHILDREN: 10_000.0,
    Unit.A_YEAR: 10_000.0,
    Unit.PER_100_PUPILS: 100.0,
    Unit.PER_1000_MATERNITIES: 1_000.0,
    Unit.A_CHILD: 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published figure.

    `within` is how far a county may be from it, as a share of the value: 0.1 is a tenth. What
    chance alone does to a small county comes on top (`allowed`).
    """

    key: str
    title: str
    value: float
    unit: Unit
    year: str
    source: str
    mark: Mark
    within: float

    @property
    def share(self) -> float:
        """The figure as a number for each child, pupil or record."""
        return self.value / DIVISORS[self.unit]

    def allowed(self, counted: int) -> float:
        """How far from the value a county may be that counted so many, in the figure's unit.

        Three standard deviations of a count that varies as Poisson's law says, and `within`.
        """
        expected = max(1.0, self.share * counted)
        return self.value * (self.within + 3 / expected**0.5)
