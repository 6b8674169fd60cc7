"""What a definition would have raised in a made-up county: how many children, how many a week."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from keepsight.cli.county_events import NOT_IN_FILES, CountyEvents, Tell, county_in, read_county
from keepsight.cli.errors import Unusable
from keepsight.engines.indicators import evaluate
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.synthetic.county import County

WEEK = timedelta(days=7)
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Tried:
    """Children who meet a rule on each day that was asked about, the last day last."""

    met: tuple[tuple[date, frozenset[str]], ...]

    @property
    def last(self) -> frozenset[str]:
        return self.met[-1][1]

    @property
    def raised(self) -> list[tuple[date, int]]:
        """Alerts that began in the week up to each day: met then, and not a week before."""
        return [(day, len(now - before)) for (_, before), (day, now) in pairwise(self.met)]


def day_asked(county: County, on: date | None) -> date:
    """The day of the try: the last of the county's time unless one is named."""
    first, last = county.today - county.weeks * WEEK, county.today
    day = on or last
    if not first <= day <= last:
        raise Unusable(f"The county lives from {first} to {last}; {day} is outside it.")
    return day


def try_indicator(
    indicator: Indicator, folder: Path, on: date | None, tell: Tell
) -> tuple[Tried, CountyEvents]:
    """Judge every child of a county on a day and on the same weekday of each week before it.

    Each day is judged on what had been received by its end, whatever came later, and as if the
    definition had been in force.
    """
    if worked_out := sorted(indicator.kinds & NOT_IN_FILES):
        raise Unusable(
            f"It reads {', '.join(worked_out)}, which no file holds: Keepsight makes it itself when"
            " files are taken in. Try it on a whole county: keepsight demo."
        )
    county = county_in(folder)
    day = day_asked(county, on)
    first = county.today - county.weeks * WEEK
    weeks = min(MOST_WEEKS, (day - first) // WEEK)
    always = replace(indicator, in_force_from=first, in_force_until=None)
    events = read_county(county, indicator.kinds | indicator.reads_of_others, day, tell)
    days = [day - back * WEEK for back in range(weeks, -1, -1)]
    met = []
    for done, each in enumerate(days, start=1):
        met.append((each, _met(always, events, each)))
        tell("Judging weeks", done, len(days))
    return Tried(tuple(met)), events


def _met(indicator: Indicator, events: CountyEvents, day: date) -> frozenset[str]:
    found = evaluate(events.known_on(day), [indicator], day)
    return frozenset(each.child_id for each in found)
