"""Alerts, for those who may see what is said of a child as a whole."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from keepsight.access.narrowing import about_a_child, narrowed_to
from keepsight.access.queries import has_relation
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.chronology.queries import events_of
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.identity.queries import names_of
from keepsight.kernel.calendar import end_of_day
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.oracle import Finding, evaluate

BY_CODE = {(indicator.code, indicator.version): indicator for indicator in CATALOGUE}


NOT_DECIDED: dict[str, Any] = {
    "decision": "",
    "decision_title": "",
    "decision_reason": "",
    "decided_at": None,
    "decided_by": "",
}


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
    alerted: bool
    decision: str
    decision_title: str
    decision_reason: str
    decided_at: datetime | None
    decided_by: str


def alerts_to_read(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[AlertLine]:
    """Alerts that nobody has decided about, the longest waiting first; never ranked."""
    waiting = Alert.objects.filter(no_longer_met=None, decision="").order_by(
        "first_met", "recorded", "pk"
    )
    alerts = list(waiting[offset : offset + limit])
    children = {alert.child_id for alert in alerts}
    with narrowed_to(children):
        names, events = names_of(viewer, children), _evidence(alerts)
    lines = []
    for alert in alerts:
        indicator = indicator_of(alert)
        saw(by=viewer.actor, child_id=alert.child_id, what="alert in a list", act=Act.LIST)
        lines.append(
            AlertLine(
                alert_id=alert.pk,
                child_id=alert.child_id,
                child_name=names[alert.child_id].name
                if alert.child_id in names
                else "Name not sent",
                title=indicator.title,
                concern=indicator.standing.in_words,
                first_met=alert.first_met,
                events=events.get(alert.pk, 0),
            )
        )
    return sorted(lines, key=lambda line: (line.first_met, line.child_name, line.title))


@about_a_child
def alerts_of(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[AlertView]:
    """A child's alerts in the order in which they were first met.

    For an earlier day: what the rules say of what had been received by then, to a viewer who may
    see the child's alerts. Each says whether there was an alert at the time; decisions and ends
    that came later are left out.
    """
    alerts = Alert.objects.filter(child_id=child_id).prefetch_related("evidence")
    recorded = [_view(alert) for alert in alerts.order_by("first_met", "indicator")]
    found = _known_then(viewer, child_id, recorded, known_on) if known_on else recorded
    if found:
        saw(by=viewer.actor, child_id=child_id, what="alerts", known_on=known_on)
    return found


def decisions() -> list[tuple[str, str]]:
    """What can be decided about an alert."""
    return [(value, str(label)) for value, label in Alert.Decision.choices]


def indicator_of(alert: Alert) -> Indicator:
    """The rule that an alert was met by, in the version that met it."""
    return BY_CODE[alert.indicator, alert.version]


def title_of(code: str) -> str:
    """What an indicator is called, in its latest version."""
    return max((each for each in CATALOGUE if each.code == code), key=lambda e: e.version).title


def _evidence(alerts: Sequence[Alert]) -> dict[uuid.UUID, int]:
    """How many events met each alert, of those that the viewer may know of."""
    counted = AlertEvidence.objects.filter(alert__in=alerts).values_list("alert_id")
    return dict(counted.annotate(Count("pk")))


def _known_then(
    viewer: Viewer, child_id: uuid.UUID, recorded: list[AlertView], day: date
) -> list[AlertView]:
    then = {view.indicator: _as_known(view, day) for view in recorded if view.first_met <= day}
    if not recorded and not has_relation(viewer, child_id) and not viewer.role.reads_only:
        return []
    events = [known.event for known in events_of(viewer, child_id, day)]
    for indicator in CATALOGUE:
        finding = evaluate(indicator, events, day)
        if finding is not None and indicator.code not in then:
            then[indicator.code] = _unseen(child_id, indicator, finding)
    return list(then.values())


def _as_known(view: AlertView, day: date) -> AlertView:
    """What came later than the day is not said: neither an end nor a decision."""
    if view.no_longer_met and view.no_longer_met > day:
        view = replace(view, no_longer_met=None)
    if view.decided_at and view.decided_at > end_of_day(day):
        view = replace(view, **NOT_DECIDED)
    return view


def _unseen(child_id: uuid.UUID, indicator: Indicator, finding: Finding) -> AlertView:
    """A rule that was met by what was known, of which nobody was told at the time."""
    return AlertView(
        alert_id=uuid.uuid5(child_id, f"{indicator.code} {finding.as_of}"),
        **_words(indicator),
        first_met=finding.as_of,
        last_met=finding.as_of,
        no_longer_met=None,
        evidence=finding.evidence,
        alerted=False,
        **NOT_DECIDED,
    )


def _words(indicator: Indicator) -> dict[str, Any]:
    unconfirmed = indicator.mark in {Mark.UNCONFIRMED, Mark.UNCERTAIN}
    return {
        "indicator": indicator.code,
        "version": indicator.version,
        "title": indicator.title,
        "question": indicator.question,
        "reason": indicator.reason,
        "source": indicator.source,
        "mark": "M" if unconfirmed else indicator.mark.value,
        "concern": indicator.standing.in_words,
        "changes": indicator.changes,
    }


def _view(alert: Alert) -> AlertView:
    person = Person.objects.filter(pk=alert.decided_by_id).first()
    return AlertView(
        alert_id=alert.pk,
        **_words(indicator_of(alert)),
        first_met=alert.first_met,
        last_met=alert.last_met,
        no_longer_met=alert.no_longer_met,
        evidence=tuple(sorted(each.event_ref for each in alert.evidence.all())),
        alerted=True,
        decision=alert.decision,
        decision_title=alert.get_decision_display() if alert.decision else "",
        decision_reason=alert.decision_reason,
        decided_at=alert.decided_at,
        decided_by=person.name if person else "",
    )
