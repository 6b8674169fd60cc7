"""Indicators put to the past: on what was known by the end of a day, with the links of that day.

Nothing is written but that it was done: no alert begins or ends by it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.extract import bring_up_to_date
from keepsight.detection.actions import evaluate_all
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.indicator import Indicator

WEEK = timedelta(days=7)
QUIET = 4
"""Weeks after which an indicator that a child meets again counts as raised anew (our own
assumption: a person would look again)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How often each indicator would have been raised, week by week, the oldest week first.

    `known` are the alerts of the week before the first, which were there already.
    """

    weeks: tuple[date, ...]
    raised: Mapping[str, tuple[int, ...]]
    known: int

    def a_week(self, code: str) -> float:
        """The mean of an indicator’s weeks."""
        return sum(self.raised[code]) / len(self.weeks)

    @property
    def together(self) -> float:
        """The mean of all indicators’ weeks."""
        return sum(map(self.a_week, self.raised))


def replay(
    *, by: Actor, folder: Path, indicators: Sequence[Indicator], day: date
) -> list[ChildFinding]:
    """What the indicators would have found at the end of a day, from what was known then.

    No transaction is open while it looks: a night, or a writer, does not wait for it.
    """
    bring_up_to_date(folder)
    found = evaluate_all(folder, indicators, day, known_on=day)
    _done(by=by, what=f"detection replayed as of {day}: {len(found)} findings")
    return found


def weigh(
    *, by: Actor, folder: Path, indicators: Sequence[Indicator], until: date, weeks: int
) -> Weighed:
    """How many alerts each week of the past would have raised, on what was known in each.

    A child who meets an indicator in one week and the next is raised once; one who meets it again
    after `QUIET` weeks is raised anew. Raises `ValueError` for no weeks.
    """
    if weeks < 1:
        raise ValueError("Weigh at least one week.")
    bring_up_to_date(folder)
    days = [until - WEEK * back for back in range(weeks, -1, -1)]
    seen: dict[tuple[str, str], date] = {}
    raised: dict[str, list[int]] = {each.code: [] for each in indicators}
    for place, day in enumerate(days):
        met = {
            (each.child_id, each.code)
            for each in evaluate_all(folder, indicators, day, known_on=day)
        }
        if place:
            anew = Counter(code for child, code in met if _anew(seen.get((child, code)), day))
            for code, counts in raised.items():
                counts.append(anew[code])
        else:
            known = len(met)
        seen |= dict.fromkeys(met, day)
    _done(by=by, what=f"detection weighed over {weeks} weeks to {until}")
    counted = {code: tuple(counts) for code, counts in raised.items()}
    return Weighed(tuple(days[1:]), counted, known)


@action
def _done(*, by: Actor, what: str) -> None:
    record(by=by, notes=[Note(act=Act.WRITE, what=what)])


def _anew(last: date | None, day: date) -> bool:
    return last is None or day - last > QUIET * WEEK
