"""Alerts, for those who may see what is said of a child as a whole."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.sights import saw
from keepsight.detection.models import Alert
from keepsight.identity.queries import names_of
from keepsight.kernel.calendar import end_of_day
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.indicator import Indicator, Mark

BY_CODE = {(indicator.code, indicator.version): indicator for indicator in CATALOGUE}


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert in a worklist."""

    alert_id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    title: str
    concern: str
    first_met: date
    events: int


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert on a child's page: the rule in the open, its evidence, and what was decided."""

    alert_id: uuid.UUID
    indicator: str
    version: int
    title: str
    question: str
    reason: str
    source: str
    mark: str
    concern: str
    changes: str
    first_met: date
    last_met: date
    no_longer_met: date | None
    evidence: tuple[str, ...]
    decision: str
    decision_title: str
    decision_reason: str
    decided_at: datetime | None
    decided_by: str


def alerts_to_read(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[AlertLine]:
    """Alerts that nobody has decided about, the longest waiting first; never ranked."""
    waiting = (
        Alert.objects.filter(no_longer_met=None, decision="")
        .annotate(events=Count("evidence"))
        .order_by("first_met", "recorded", "pk")[offset : offset + limit]
    )
    alerts = list(waiting)
    names = names_of(viewer, {alert.child_id for alert in alerts})
    lines = []
    for alert in alerts:
        indicator = indicator_of(alert)
        saw(by=viewer.actor, child_id=alert.child_id, what="alert in a list")
        lines.append(
            AlertLine(
                alert_id=alert.pk,
                child_id=alert.child_id,
                child_name=names[alert.child_id].name if alert.child_id in names else "Name not sent",
                title=indicator.title,
                concern=indicator.concern.in_words,
                first_met=alert.first_met,
                events=alert.events,
            )
        )
    return lines


def alerts_of(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> list[AlertView]:
    """A child's alerts, as known on a day, in the order in which they were first met."""
    alerts = Alert.objects.filter(child_id=child_id).prefetch_related("evidence")
    if known_on:
        alerts = alerts.filter(recorded__lte=end_of_day(known_on))
    found = [_view(alert) for alert in alerts.order_by("first_met", "indicator")]
    if found:
        saw(by=viewer.actor, child_id=child_id, what="alerts", known_on=known_on)
    return found


def decisions() -> list[tuple[str, str]]:
    """What can be decided about an alert."""
    return [(value, str(label)) for value, label in Alert.Decision.choices]


def indicator_of(alert: Alert) -> Indicator:
    """The rule that an alert was met by, in the version that met it."""
    return BY_CODE[alert.indicator, alert.version]


def _view(alert: Alert) -> AlertView:
    indicator = indicator_of(alert)
    person = Person.objects.filter(pk=alert.decided_by_id).first()
    unconfirmed = indicator.mark in {Mark.UNCONFIRMED, Mark.UNCERTAIN}
    return AlertView(
        alert_id=alert.pk,
        indicator=indicator.code,
        version=indicator.version,
        title=indicator.title,
        question=indicator.question,
        reason=indicator.reason,
        source=indicator.source,
        mark="M" if unconfirmed else indicator.mark.value,
        concern=indicator.concern.in_words,
        changes=indicator.changes,
        first_met=alert.first_met,
        last_met=alert.last_met,
        no_longer_met=alert.no_longer_met,
        evidence=tuple(sorted(each.event_ref for each in alert.evidence.all())),
        decision=alert.decision,
        decision_title=alert.get_decision_display() if alert.decision else "",
        decision_reason=alert.decision_reason,
        decided_at=alert.decided_at,
        decided_by=person.name if person else "",
    )
