"""When a census is taken, and of which days it reports attendance."""

from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.synthetic.period import Period

RETURNED_AFTER = timedelta(days=21)
MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
TERMS = (("autumn", 10, 2, 6, 1), ("spring", 1, 16, 9, 1), ("summer", 5, 15, 1, 1))
"""Term, month and day of the census, and the month and day from which it reports attendance.

Real census days are the first or third Thursday (mark M); these are fixed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusDay:
    """A census: `day` on which it is taken, and attendance from `since` to before `until`."""

    term: str
    day: date
    since: date
    until: date

    @property
    def received(self) -> date:
        return self.day + RETURNED_AFTER

    def filename(self, group: str) -> str:
        return f"{self.day.year}_{self.term}_{group}.csv"


def census_days(period: Period) -> tuple[CensusDay, ...]:
    """The censuses that were taken and returned within the period, in order."""
    found = []
    for year in range(period.start.year, period.today.year + 1):
        for term, month, day, from_month, from_day in TERMS:
            begins = date(year if from_month <= month else year - 1, from_month, from_day)
            until = {"autumn": date(year, 8, 1), "spring": date(year, 1, 1)}.get(term)
            found.append(
                CensusDay(
                    term=term,
                    day=date(year, month, day),
                    since=begins,
                    until=until or date(year, 4, 15),
                )
            )
    return tuple(
        sorted(
            (c for c in found if period.start <= c.day and c.received < period.today),
            key=lambda census: census.day,
        )
    )


def written(day: date) -> str:
    """A day as the flattened census writes it."""
    return f"{day.year}-{MONTHS[day.month - 1]}-{day.day:02d} 00:00:00"
