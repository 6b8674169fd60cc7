"""How many alerts an area raises, and how many its people can read. Nothing here names a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from keepsight.access.clock import now
from keepsight.detection.models import Alert
from keepsight.detection.settings import WeighedSettings, last_weighed, ways_of
from keepsight.kernel.indicators.triage import AreaWays
from keepsight.kernel.statistics.small_numbers import SmallNumber
from keepsight.oversight.models import AreaFigure

WEEKS = 4
RAISED = "alerts_raised_in_four_weeks"
WAITING = "alerts_waiting"


@dataclass(frozen=True, slots=True)
class AreaAlerts:
    """An area’s limits; alerts raised in the last four weeks and waiting now, nothing where a
    number is too small to say; and what the catalogue would have raised everywhere in the past.
    """

    ways: AreaWays
    raised: int | None
    waiting: int | None
    weighed: WeighedSettings | None

    @property
    def a_week(self) -> float | None:
        """Alerts a week, on the mean of the last four."""
        return None if self.raised is None else self.raised / WEEKS


def area_alerts(area_id: int, figures: Sequence[AreaFigure], small: SmallNumber) -> AreaAlerts:
    """What an area’s page says of its alerts, from the nightly figures."""
    values = {each.figure: each.value for each in figures if each.agency_id is None}

    def said(figure: str) -> int | None:
        value = values.get(figure, 0)
        return None if small.hides(value) else value

    return AreaAlerts(ways_of(area_id), said(RAISED), said(WAITING), last_weighed())


def alert_figures(as_of: date) -> list[AreaFigure]:
    """Alerts of each area that began or came back in four weeks, and those that wait."""
    since = as_of - timedelta(weeks=WEEKS)
    raised = Alert.objects.filter(waiting_since__gt=since, waiting_since__lte=as_of)
    waiting = Alert.objects.filter(no_longer_met=None).exclude(state=Alert.State.DECIDED)
    return [
        AreaFigure(
            area_id=row["area_id"],
            agency_id=None,
            figure=figure,
            as_of=as_of,
            value=row["n"],
            recorded=now(),
        )
        for figure, alerts in ((RAISED, raised), (WAITING, waiting))
        for row in alerts.values("area_id").annotate(n=Count("pk")).order_by("area_id")
    ]
