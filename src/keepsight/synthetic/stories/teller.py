"""What a beat of a storyline works with: one child, its time, its cast, and where records go."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from keepsight.synthetic.happenings import Case, Happenings, Placement
from keepsight.synthetic.life.choices import pick
from keepsight.synthetic.life.wording import NOTHING_NEW
from keepsight.synthetic.period import Period, at
from keepsight.synthetic.schools.terms import school_days
from keepsight.synthetic.stories.cast import Cast

SCHOOL, POLICE, COUNCIL, HEALTH, CHARITY, HOME = (
    "school", "police", "council", "health", "charity", "home"
)  # fmt: skip
LONG_AGO = datetime.combine(date.min, time.min)
AGENCIES = (SCHOOL, POLICE, COUNCIL, HEALTH, CHARITY, HOME)
"""Those who may see what the signs mean, or not."""


@dataclass(kw_only=True)
class Teller:
    """Tells what happens to one child. `noticing` are the agencies that see what it means.

    `mistaken` are those that suspect exploitation where there is none.

    `cases` and `placements` are the child's own, ordinary ones included, and are changed in place.
    `answers` collects what the council made of each referral, and the day of it. `concern` is
    what the police call it.
    """

    person: int
    girl: bool
    born: date
    concern: str
    since: date
    until: date
    cast: Cast
    noticing: frozenset[str]
    mistaken: frozenset[str] = frozenset()
    lateness: float
    homes: int
    interviews: tuple[tuple[str, float], ...]
    said: tuple[str, ...]
    period: Period
    rng: np.random.Generator
    cases: list[Case]
    placements: list[Placement]
    happenings: Happenings = field(default_factory=Happenings)
    answers: list[tuple[date, str]] = field(default_factory=list)
    missing_until: datetime = LONG_AGO
    told: int = 0

    def day_in(self, window: tuple[float, float]) -> date:
        """A day in a window of the story, given as shares of its length."""
        length = (self.until - self.since).days
        share = self.rng.uniform(*window)
        return self.since + timedelta(days=int(share * length))

    def school_day(self, day: date) -> date | None:
        """The school day at or next after a day, if it has come and is within four weeks."""
        days = school_days(day, day + timedelta(days=28))
        return self.period.past(days[0]) if days else None

    def moment(self, day: date) -> datetime:
        return at(day, self.rng)

    def past(self, day: date) -> bool:
        return self.period.start <= day < self.period.today

    def late(self, share: float) -> bool:
        return bool(self.rng.random() < min(0.95, share * self.lateness))

    def sees(self, agency: str) -> bool:
        """Whether it sees what is so."""
        return agency in self.noticing

    def suspects(self, agency: str) -> bool:
        """Whether it would write of exploitation, rightly or not."""
        return agency in self.noticing or agency in self.mistaken

    def age(self, day: date) -> int:
        """Whole years of age on a day."""
        return (day - self.born).days * 4 // 1461

    def say(self, text: str) -> str:
        return self.cast.say(text, self.girl)

    def next_said(self) -> str:
        """What the child says in the next interview that is held; nothing is said twice."""
        lines = (*self.said, *NOTHING_NEW)
        text = lines[min(self.told, len(lines) - 1)]
        self.told += 1
        return self.say(text)

    def response(self) -> str:
        """What follows a return this time."""
        return pick(self.interviews, self.rng)

    def in_care_on(self, day: date) -> Placement | None:
        return next((p for p in self.placements if _covers(p.started, p.ended, day)), None)

    def open_case_on(self, day: date) -> Case | None:
        return next((c for c in self.cases if _covers(c.referral, c.closed, day)), None)

    def change_case(self, case: Case, change: Callable[[Case], Case]) -> None:
        self.cases[self.cases.index(case)] = change(case)

    def add_to_case(self, case: Case, **more: tuple[object, ...]) -> None:
        """The case with more assessments or enquiries."""
        added = {name: (*getattr(case, name), *records) for name, records in more.items()}
        self.change_case(case, lambda each: replace(each, **added))


def _covers(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)
