"""Indicators put to the past: on what was known by the end of a day, with the links of that day.

Nothing is written but that it was done: no alert begins or ends by it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.extract import bring_up_to_date
from keepsight.detection.actions import evaluate_all
from keepsight.detection.models import SettingWeighed
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator

WEEK = timedelta(days=7)
QUIET = 4
"""Weeks after which an indicator that a child meets again counts as raised anew (our own
assumption: a person would look again)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How often each indicator would have been met anew, and how many alerts there would have been
    of each concern, week by week, the oldest week first.

    Indicators of one concern that a child meets are one alert. `known` are the alerts of the week
    before the first, which were there already.
    """

    weeks: tuple[date, ...]
    met: Mapping[str, tuple[int, ...]]
    raised: Mapping[Concern, tuple[int, ...]]
    known: int

    def a_week(self, code: str) -> float:
        """The mean of an indicator’s weeks."""
        return sum(self.met[code]) / len(self.weeks)

    @property
    def together(self) -> float:
        """Alerts in a week, on the mean."""
        return sum(map(sum, self.raised.values())) / len(self.weeks)


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
    concern_of = {each.code: each.concern for each in indicators}
    met, raised = _Seen(concern_of), _Seen(concern_of.values())
    for place, day in enumerate(days):
        found = {
            (each.child_id, each.code)
            for each in evaluate_all(folder, indicators, day, known_on=day)
        }
        alerts = {(child, concern_of[code]) for child, code in found}
        if not place:
            known = len(alerts)
        for seen, those in ((met, found), (raised, alerts)):
            seen.take(those, day, counted=bool(place))
    _done(by=by, what=f"detection weighed over {weeks} weeks to {until}")
    weighed = Weighed(tuple(days[1:]), met.counts, raised.counts, known)
    if set(concern_of) == {each.code for each in CATALOGUE}:
        _keep(by=by, weighed=weighed)
    return weighed


class _Seen:
    """When each child last met what is counted, and how many met it anew in each week."""

    def __init__(self, names: Iterable[str]) -> None:
        self._last: dict[tuple[str, str], date] = {}
        self._anew: dict[str, list[int]] = {name: [] for name in names}

    def take(self, found: Collection[tuple[str, str]], day: date, *, counted: bool) -> None:
        """The children who meet it on a day."""
        if counted:
            anew = Counter(
                name for child, name in found if _anew(self._last.get((child, name)), day)
            )
            for name, counts in self._anew.items():
                counts.append(anew[name])
        self._last |= dict.fromkeys(found, day)

    @property
    def counts(self) -> dict[Any, tuple[int, ...]]:
        return {name: tuple(counts) for name, counts in self._anew.items()}


@action
def _keep(*, by: Actor, weighed: Weighed) -> None:
    """What was found of the whole catalogue, for the page on which an area sets its limits."""
    moment = timezone.now()
    SettingWeighed.objects.all().delete()
    SettingWeighed.objects.bulk_create(
        SettingWeighed(
            recorded=moment,
            last_week=weighed.weeks[-1],
            weeks=len(weighed.weeks),
            concern=concern.value,
            raised=sum(counts),
            most=max(counts),
        )
        for concern, counts in weighed.raised.items()
    )


@action
def _done(*, by: Actor, what: str) -> None:
    record(by=by, notes=[Note(act=Act.WRITE, what=what)])


def _anew(last: date | None, day: date) -> bool:
    return last is None or day - last > QUIET * WEEK
