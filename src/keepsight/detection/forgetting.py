"""Alerts that were no concern are kept a short time, and then they are gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.queries.holds import standing_holds
from keepsight.detection.models import Alert
from keepsight.detection.settings import ways_of
from keepsight.kernel.indicators.triage import Decision


@dataclass(frozen=True, slots=True)
class _Dismissed:
    alert: Alert
    decided: date

    def is_over(self, day: date) -> bool:
        ended = self.alert.no_longer_met or day
        kept = timedelta(days=ways_of(self.alert.area_id).dismissed_days)
        return max(ended, self.decided) + kept < day


@action
def forget_dismissed(*, by: Actor, day: date) -> int:
    """Delete alerts that were no concern and that nothing has met for as long as the area keeps
    them; returns how many. While its evidence still meets one it stays, so that the same evidence
    raises no second. Nothing that is under a legal hold goes.
    """
    ended = Alert.objects.filter(
        state=Alert.State.DECIDED, decision=Decision.NOTHING.value, no_longer_met__isnull=False
    ).annotate(decided=Max("decisions__decided_at"))
    held = _held()
    gone = [
        each.pk
        for each in ended
        if _Dismissed(each, each.decided.date()).is_over(day) and not held(each)
    ]
    Alert.objects.filter(pk__in=gone).delete()
    if gone:
        said = f"{len(gone)} dismissed alerts forgotten, as of {day}"
        record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return len(gone)


def _held() -> Callable[[Alert], bool]:
    """Whether a hold keeps an alert: one of a feed or an agency may be of any child."""
    holds = standing_holds()

    def held(alert: Alert) -> bool:
        return any(
            hold.child_id in (None, alert.child_id) and hold.area_id in (None, alert.area_id)
            for hold in holds
        )

    return held
