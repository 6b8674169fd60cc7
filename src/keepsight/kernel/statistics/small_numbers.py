"""Below which number a count stays unsaid: dated, with its source."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallNumber:
    """From `least` on a count is said; zero is said too, for it is about nobody."""

    least: int
    in_force_from: date
    in_force_until: date | None = None
    source: str
    mark: str

    def hides(self, value: int) -> bool:
        return 0 < value < self.least


THRESHOLDS = (
    SmallNumber(
        least=6,
        in_force_from=date(2013, 4, 1),
        source="Department for Education practice in statistics of children in need and looked "
        "after: numbers from 1 to 5 are shown as “c”, with secondary suppression; "
        "the number itself not confirmed against the source; an area may ask for more",
        mark="M",
    ),
)
"""Each row in force until the next; a change of practice is a new row."""


def threshold_on(day: date) -> SmallNumber:
    """The threshold in force on a day; before the first, the first."""
    held = [
        each
        for each in THRESHOLDS
        if each.in_force_from <= day and (each.in_force_until is None or day < each.in_force_until)
    ]
    return held[-1] if held else THRESHOLDS[0]
