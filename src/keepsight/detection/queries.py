"""Alerts, for those who may see what is said of a child as a whole."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count

from keepsight.access.narrowing import about_a_child, narrowed_to
from keepsight.access.queries import has_relation
from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw
from keepsight.chronology.queries import events_of
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.detection.settings import ways_for
from keepsight.detection.views_of_alerts import (
    AlertLine,
    AlertView,
    as_known,
    unseen,
    view_of,
)
from keepsight.identity.queries import names_of
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.oracle import Finding, evaluate
from keepsight.kernel.indicators.triage import choices


def alerts_to_read(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[AlertLine]:
    """Alerts that wait for somebody, the longest waiting first; never ranked."""
    waiting = Alert.objects.filter(no_longer_met=None).exclude(state=Alert.State.DECIDED)
    alerts = list(waiting.order_by("waiting_since", "recorded", "pk")[offset : offset + limit])
    children = {alert.child_id for alert in alerts}
    with narrowed_to(children):
        names, events = names_of(viewer, children), _evidence(alerts)
    lines = []
    for alert in alerts:
        saw(by=viewer.actor, child_id=alert.child_id, what="alert in a list", act=Act.LIST)
        name = names[alert.child_id].name if alert.child_id in names else "Name not sent"
        lines.append(AlertLine.of(alert, name, events.get(alert.pk, 0)))
    return sorted(lines, key=lambda line: (line.waiting_since, line.child_name, line.title))


@about_a_child
def alerts_of(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> list[AlertView]:
    """A child's alerts in the order in which they were first met.

    For an earlier day: what the rules say of what had been received by then, to a viewer who may
    see the child's alerts. Each says whether there was an alert at the time; decisions and ends
    that came later are left out.
    """
    alerts = Alert.objects.filter(child_id=child_id).prefetch_related(
        "evidence", "met", "decisions"
    )
    recorded = [view_of(alert) for alert in alerts.order_by("first_met", "recorded")]
    found = _known_then(viewer, child_id, recorded, known_on) if known_on else recorded
    if found:
        saw(by=viewer.actor, child_id=child_id, what="alerts", known_on=known_on)
    return found


def decisions(viewer: Viewer, harm: bool) -> list[tuple[str, str]]:
    """What can be decided about an alert."""
    days = ways_for(viewer).watch_days
    said = {each.value: each.way.title for each in choices(harm)}
    if "watch" in said:
        said["watch"] = f"Watch until a day, at most {days} days from now: a manager must agree"
    return list(said.items())


def _evidence(alerts: Sequence[Alert]) -> dict[uuid.UUID, int]:
    """How many events met each alert, of those that the viewer may know of."""
    counted = AlertEvidence.objects.filter(alert__in=alerts).values_list("alert_id")
    return dict(counted.annotate(Count("event_ref", distinct=True)))


def _known_then(
    viewer: Viewer, child_id: uuid.UUID, recorded: list[AlertView], day: date
) -> list[AlertView]:
    then = [as_known(view, day) for view in recorded if view.first_met <= day]
    if not recorded and not has_relation(viewer, child_id) and not viewer.role.reads_only:
        return []
    alerted = {each.indicator for view in then for each in view.met}
    events = [known.event for known in events_of(viewer, child_id, day)]
    others: dict[Concern, list[Finding]] = defaultdict(list)
    for indicator in CATALOGUE:
        finding = evaluate(indicator, events, day)
        if finding is not None and indicator.code not in alerted:
            others[indicator.concern].append(finding)
    return [*then, *(unseen(child_id, concern, met) for concern, met in others.items())]
