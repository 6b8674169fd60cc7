"""An alert as a child's page says it: what met it, and what was decided, as known on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from keepsight.chronology.queries import Entry
from keepsight.detection.queries import AlertView
from keepsight.kernel.calendar import end_of_day

AT_ONCE = 5
"""How many entries of an alert stand open on a page that may have several alerts."""


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert with the entries that met it, newest first, of those that the viewer may see."""

    alert: AlertView
    happened: tuple[Entry, ...]

    @property
    def latest(self) -> tuple[Entry, ...]:
        """The entries that are shown at once."""
        return self.happened[:AT_ONCE]

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """The rest, which a reader opens."""
        return self.happened[AT_ONCE:]


def shown(
    alerts: Iterable[AlertView], cited: Mapping[str, Entry], known_on: date | None
) -> list[ShownAlert]:
    """The alerts in the order in which they were first met: never by how many signs they have."""
    return [_shown(alert, cited, known_on) for alert in alerts]


def _shown(alert: AlertView, cited: Mapping[str, Entry], known_on: date | None) -> ShownAlert:
    entries = [cited[ref] for ref in alert.evidence if ref in cited]
    if known_on is not None:
        entries = [entry for entry in entries if entry.received <= end_of_day(known_on)]
    entries.sort(key=lambda entry: entry.occurred, reverse=True)
    return ShownAlert(alert, tuple(entries))
