"""An alert as pages say it: the indicators that met it, by what, and what was known around then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.chronology.queries import Entry
from keepsight.detection.views_of_alerts import AlertView, MetView
from keepsight.kernel.calendar import end_of_day

AT_ONCE = 5
"""How many entries of an alert stand open on a page that may have several alerts."""

AROUND = timedelta(days=28)
"""How far before and after what met an alert its chronology is laid beside it."""


@dataclass(frozen=True, slots=True)
class ShownMet:
    """An indicator with the entries that met it, newest first, of those that the viewer may see."""

    met: MetView
    happened: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert with its indicators, those that are met before those that no longer are, and each
    entry that met any of them once, newest first.
    """

    alert: AlertView
    met: tuple[ShownMet, ...]
    happened: tuple[Entry, ...]

    @property
    def latest(self) -> tuple[Entry, ...]:
        """The entries that are shown at once."""
        return self.happened[:AT_ONCE]

    @property
    def new(self) -> int:
        """How many of them met it since it was last decided."""
        return sum(entry.ref in self.alert.new for entry in self.happened)

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """The rest, which a reader opens."""
        return self.happened[AT_ONCE:]


def shown(
    alerts: Iterable[AlertView], cited: Mapping[str, Entry], known_on: date | None
) -> list[ShownAlert]:
    """The alerts in the order in which they were first met: never by how many signs they have."""
    return [_shown(alert, cited, known_on) for alert in alerts]


def around(alert: ShownAlert, entries: Sequence[Entry]) -> list[Entry]:
    """What else is known of the weeks in which the alert was met, newest first."""
    if not alert.happened:
        return []
    met = {entry.ref for entry in alert.happened}
    first = min(entry.occurred for entry in alert.happened) - AROUND
    last = max(entry.occurred_until or entry.occurred for entry in alert.happened) + AROUND
    return [entry for entry in entries if entry.ref not in met and first <= entry.occurred <= last]


def _shown(alert: AlertView, cited: Mapping[str, Entry], known_on: date | None) -> ShownAlert:
    met = [ShownMet(each, _entries(each, cited, known_on)) for each in alert.met]
    once = {entry.ref: entry for each in met for entry in each.happened}
    return ShownAlert(
        alert,
        tuple(sorted(met, key=lambda each: bool(each.met.no_longer_met))),
        _newest_first(once.values()),
    )


def _entries(met: MetView, cited: Mapping[str, Entry], known_on: date | None) -> tuple[Entry, ...]:
    entries = [cited[ref] for ref in met.evidence if ref in cited]
    if known_on is not None:
        entries = [entry for entry in entries if entry.received <= end_of_day(known_on)]
    return _newest_first(entries)


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.occurred, reverse=True))
