"""What an area set for its alerts, and what the catalogue would have raised in the past."""

from dataclasses import dataclass
from datetime import date

from keepsight.access.viewer import Viewer
from keepsight.detection.models import AlertSetting, SettingWeighed
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.triage import AreaWays


@dataclass(frozen=True, slots=True)
class WeighedConcern:
    """How many alerts a week one concern would have raised, on the mean and at most."""

    title: str
    a_week: float
    most: int


@dataclass(frozen=True, slots=True)
class WeighedSettings:
    """The catalogue put to the past, over so many weeks to the last."""

    weeks: int
    last_week: date
    concerns: tuple[WeighedConcern, ...]

    @property
    def a_week(self) -> float:
        return sum(each.a_week for each in self.concerns)


def ways_of(area_id: int) -> AreaWays:
    """The area’s limits in force; the catalogue’s own where it set none."""
    found = AlertSetting.objects.filter(area_id=area_id, until=None).first()
    if found is None:
        return AreaWays()
    return AreaWays(found.readable_a_week, found.watch_days, found.dismissed_days)


def ways_for(viewer: Viewer) -> AreaWays:
    """The limits of the viewer’s own area."""
    return AreaWays() if viewer.area_id is None else ways_of(viewer.area_id)


def last_weighed() -> WeighedSettings | None:
    """What `keepsight detect weigh` found last."""
    last = SettingWeighed.objects.order_by("-recorded").first()
    if last is None:
        return None
    rows = SettingWeighed.objects.filter(recorded=last.recorded).order_by("pk")
    return WeighedSettings(
        weeks=last.weeks,
        last_week=last.last_week,
        concerns=tuple(
            WeighedConcern(Concern(row.concern).in_words, row.raised / row.weeks, row.most)
            for row in rows
        ),
    )
