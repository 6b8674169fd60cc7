"""An alert as pages say it: the indicators that met it, by what, and what was known around then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.chronology.queries import Entry
from keepsight.detection.views_of_alerts import AlertView, MetView
from keepsight.kernel.calendar import end_of_day

AT_ONCE = 5
"""How many entries of an indicator stand open on a page that may have several."""

AROUND = timedelta(days=28)
"""How far before and after what met an alert its chronology is laid beside it."""


@dataclass(frozen=True, slots=True)
class ShownMet:
    """An indicator with the entries that met it, newest first, of those that the viewer may see."""

    met: MetView
    happened: tuple[Entry, ...]

    @property
    def latest(self) -> tuple[Entry, ...]:
        """The entries that are shown at once."""
        return self.happened[:AT_ONCE]

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """The rest, which a reader opens."""
        return self.happened[AT_ONCE:]


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert with its indicators, those that are met before those that no longer are."""

    alert: AlertView
    met: tuple[ShownMet, ...]

    @property
    def happened(self) -> frozenset[str]:
        """The entries that met it, by reference."""
        return frozenset(entry.ref for each in self.met for entry in each.happened)


def shown(
    alerts: Iterable[AlertView], cited: Mapping[str, Entry], known_on: date | None
) -> list[ShownAlert]:
    """The alerts in the order in which they were first met: never by how many signs they have."""
    return [_shown(alert, cited, known_on) for alert in alerts]


def around(alert: ShownAlert, entries: Sequence[Entry]) -> list[Entry]:
    """What else is known of the weeks in which the alert was met, newest first."""
    met = [entry for each in alert.met for entry in each.happened]
    if not met:
        return []
    first = min(entry.occurred for entry in met) - AROUND
    last = max(entry.occurred_until or entry.occurred for entry in met) + AROUND
    return [
        entry
        for entry in entries
        if entry.ref not in alert.happened and first <= entry.occurred <= last
    ]


def _shown(alert: AlertView, cited: Mapping[str, Entry], known_on: date | None) -> ShownAlert:
    met = [ShownMet(each, _entries(each, cited, known_on)) for each in alert.met]
    return ShownAlert(alert, tuple(sorted(met, key=lambda each: bool(each.met.no_longer_met))))


def _entries(met: MetView, cited: Mapping[str, Entry], known_on: date | None) -> tuple[Entry, ...]:
    entries = [cited[ref] for ref in met.evidence if ref in cited]
    if known_on is not None:
        entries = [entry for entry in entries if entry.received <= end_of_day(known_on)]
    return tuple(sorted(entries, key=lambda entry: entry.occurred, reverse=True))
