"""What alerts found of a county's exploited children: figures, and nothing that prints.

A child is found on the first day from the beginning of the exploitation on which an alert was open.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from keepsight.kernel.indicators.concerns import Concern
from keepsight.synthetic.reading.exploited import Exploited

QUIET = timedelta(weeks=4)
"""How long none of its indicators is met until an alert is over. Keepsight looks every night; here
the days looked at may be no further apart."""


class Met(NamedTuple):
    """A day on which detection ran, a person, and an indicator that was met, with the concern
    that it is read together with.
    """

    day: date
    person: str
    code: str
    concern: Concern


@dataclass(frozen=True, slots=True)
class Found:
    """What one set of alerts came to.

    `touched` are the exploited children of whom some agency holds a record of it, and `found` those
    of them who were found. There is one open alert for a child and a concern, whatever indicators
    of that concern are met; `met` counts as many for each indicator apart. `earlier` is the median
    of the days by which they were found before any agency's own suspicion, over those who were both
    found and suspected. `unsuspected` were found and suspected by nobody.
    """

    children: int
    touched: int
    found: int
    alerts: int
    met: int
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


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining agencies' records gave: the same rules on each kind of agency's alone beside it.

    `before` were found before any kind of agency's records alone would have found them; `only` are
    those of them whom none would have found. `earlier` is the median of the days between, over
    those whom one would have found too; none of it says what a person at an agency would have seen.
    """

    found: int
    before: int
    only: int
    earlier: float | None


def figures(met: Iterable[Met], truth: Sequence[Exploited]) -> Found:
    """Of all children flagged, how many are the ones; and when they were found."""
    seen = list(met)
    people = _days_of(seen, lambda each: each.person)
    touched = [each for each in truth if each.records]
    found = _first_days(people, touched)
    ahead = [
        (each.suspected - found[each.person]).days
        for each in touched
        if each.person in found and each.suspected is not None
    ]
    return Found(
        children=len(truth),
        touched=len(touched),
        found=len(found),
        alerts=_raised(_days_of(seen, lambda each: (each.person, each.concern))),
        met=_raised(_days_of(seen, lambda each: (each.person, each.code))),
        flagged=len(people),
        earlier=median(ahead) if ahead else None,
        first=sum(each > 0 for each in ahead),
        unsuspected=sum(each.person in found and each.suspected is None for each in touched),
    )


def joining(
    met: Iterable[Met], alone: Mapping[str, Iterable[Met]], truth: Sequence[Exploited]
) -> Joining:
    """How much sooner children are found on all records than on any one kind of agency's."""
    touched = [each for each in truth if each.records]
    found = _found_on(met, touched)
    by_one: dict[str, date] = {}
    for of_kind in alone.values():
        for person, day in _found_on(of_kind, touched).items():
            by_one[person] = min(day, by_one.get(person, day))
    ahead = [(by_one[person] - day).days for person, day in found.items() if person in by_one]
    only = len(found) - len(ahead)
    return Joining(
        found=len(found),
        before=only + sum(each > 0 for each in ahead),
        only=only,
        earlier=median(ahead) if ahead else None,
    )


def by_group(
    met: Iterable[Met], truth: Sequence[Exploited]
) -> dict[str, dict[str, tuple[int, int]]]:
    """For each way to tell children apart, and each value: how many were found, of how many."""
    touched = [each for each in truth if each.records]
    found = _found_on(met, touched)
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for each in touched:
        for way, value in {"storyline": each.shape, "form": each.form, **each.group}.items():
            counted[way][value][0] += each.person in found
            counted[way][value][1] += 1
    return {
        way: {value: (found, of) for value, (found, of) in sorted(values.items())}
        for way, values in counted.items()
    }


def by_indicator(met: Sequence[Met], truth: Sequence[Exploited]) -> dict[str, Found]:
    """The same of each indicator alone."""
    return {code: figures(of_one, truth) for code, of_one in sorted(_by_code(met).items())}


def found_by_no_other(met: Sequence[Met], truth: Sequence[Exploited]) -> dict[str, int]:
    """Of each indicator, how many exploited children it found whom no other found."""
    touched = [each for each in truth if each.records]
    found = {code: set(_found_on(of_one, touched)) for code, of_one in _by_code(met).items()}
    return {
        code: len(people.difference(*(each for other, each in found.items() if other != code)))
        for code, people in found.items()
    }


def _by_code(met: Iterable[Met]) -> Mapping[str, list[Met]]:
    apart: dict[str, list[Met]] = defaultdict(list)
    for each in met:
        apart[each.code].append(each)
    return apart


def _days_of(met: Iterable[Met], key: Callable[[Met], Any]) -> dict[Any, list[date]]:
    days: dict[Any, set[date]] = defaultdict(set)
    for each in met:
        days[key(each)].add(each.day)
    return {who: sorted(each) for who, each in days.items()}


def _found_on(met: Iterable[Met], children: Iterable[Exploited]) -> dict[str, date]:
    return _first_days(_days_of(met, lambda each: each.person), children)


def _first_days(
    days: Mapping[str, Sequence[date]], children: Iterable[Exploited]
) -> dict[str, date]:
    """The day on which each child was found, of those who were."""
    found = {}
    for child in children:
        since = [day for day in days.get(child.person, ()) if day >= child.since]
        if since:
            found[child.person] = since[0]
    return found


def _raised(days: Mapping[Any, Sequence[date]]) -> int:
    """How many alerts the days make: one each, and another each time after it was over."""
    return sum(
        1 + sum(later - earlier > QUIET for earlier, later in pairwise(each))
        for each in days.values()
    )
