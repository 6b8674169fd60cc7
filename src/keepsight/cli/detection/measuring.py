"""What alerts found of a county's exploited children: figures, and nothing that prints.

A child is found on the first day from the beginning of the exploitation on which an alert was met.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from keepsight.synthetic.reading.exploited import Exploited

QUIET = timedelta(weeks=4)
"""After so long an alert that is met again is another one for whoever reads it."""

Met = tuple[date, str, str]
"""A day on which detection ran, the person, and the code of an indicator that was met."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one set of alerts came to.

    `touched` are the exploited children of whom some agency holds a record of it, and `found` those
    of them who were found. `earlier` is the median of the days by which they were found before any
    agency's own suspicion, over those who were both found and suspected. `unsuspected` were found
    and suspected by nobody.
    """

    children: int
    touched: int
    found: int
    alerts: int
    flagged: int
    earlier: float | None
    first: int
    unsuspected: int

    @property
    def share(self) -> float:
        return self.found / self.touched if self.touched else 0.0

    @property
    def alerts_a_child(self) -> float | None:
        """Alerts for each exploited child who was found."""
        return self.alerts / self.found if self.found else None


def figures(met: Iterable[Met], truth: Sequence[Exploited]) -> Found:
    """Of all children flagged, how many are the ones; and when they were found."""
    days = _days(met)
    people = _of_people(days)
    touched = [each for each in truth if each.records]
    found = {each.person: first for each in touched if (first := _first(people, each)) is not None}
    ahead = [
        (each.suspected - found[each.person]).days
        for each in touched
        if each.person in found and each.suspected is not None
    ]
    return Found(
        children=len(truth),
        touched=len(touched),
        found=len(found),
        alerts=sum(_raised(each) for each in days.values()),
        flagged=len(people),
        earlier=median(ahead) if ahead else None,
        first=sum(each > 0 for each in ahead),
        unsuspected=sum(each.person in found and each.suspected is None for each in touched),
    )


def by_group(
    met: Iterable[Met], truth: Sequence[Exploited]
) -> dict[str, dict[str, tuple[int, int]]]:
    """For each way to tell children apart, and each value: how many were found, of how many."""
    people = _of_people(_days(met))
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for each in truth:
        if each.records:
            found = _first(people, each) is not None
            for way, value in {"storyline": each.shape, "form": each.form, **each.group}.items():
                counted[way][value][0] += found
                counted[way][value][1] += 1
    return {
        way: {value: (found, of) for value, (found, of) in sorted(values.items())}
        for way, values in counted.items()
    }


def by_indicator(met: Sequence[Met], truth: Sequence[Exploited]) -> dict[str, Found]:
    """The same of each indicator alone."""
    apart: dict[str, list[Met]] = defaultdict(list)
    for each in met:
        apart[each[2]].append(each)
    return {code: figures(of_one, truth) for code, of_one in sorted(apart.items())}


def _days(met: Iterable[Met]) -> Mapping[tuple[str, str], list[date]]:
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for day, person, code in met:
        days[person, code].append(day)
    return {key: sorted(set(each)) for key, each in days.items()}


def _first(days: Mapping[str, Sequence[date]], child: Exploited) -> date | None:
    return min((day for day in days.get(child.person, ()) if day >= child.since), default=None)


def _of_people(days: Mapping[tuple[str, str], Sequence[date]]) -> Mapping[str, list[date]]:
    """The days of each person, whatever was met."""
    found: dict[str, list[date]] = defaultdict(list)
    for (person, _), each in days.items():
        found[person] += each
    return found


def _raised(days: Sequence[date]) -> int:
    """How many alerts a run of days makes: one, and another each time after it was quiet."""
    gaps = (later - earlier for earlier, later in pairwise(days))
    return 1 + sum(gap > QUIET for gap in gaps)
