"""Detection: every indicator over every child, and what a person decides about an alert."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from keepsight.access.clock import now, today
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.own import record_own_event
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.chronology.arrivals import children_arrived_since
from keepsight.chronology.extract import bring_up_to_date
from keepsight.chronology.relations import engine_over
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.engines.indicators import ChildFinding, evaluate
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.social_care import AlertConsidered

AREA_FROM = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.SCHOOL,
    AgencyKind.VOLUNTARY,
    AgencyKind.HEALTH,
    AgencyKind.POLICE,
)
"""Whose area a child is taken to live in, in order: the council's before the school's."""

AREAS = """
SELECT DISTINCT ON (l.child_id) l.child_id, l.area_id
FROM identity_link l JOIN agencies_agency a ON a.id = l.agency_id
WHERE l.recorded_until IS NULL AND l.child_id = ANY(%s)
ORDER BY l.child_id, array_position(%s::text[], a.kind::text) NULLS LAST,
  coalesce(l.first_held, l.recorded_from)"""

FIRST_KNOWN = """
SELECT child_id, min(subject_record_id) FROM identity_link
WHERE recorded_until IS NULL AND child_id = ANY(%s) GROUP BY child_id"""

APART = timedelta(microseconds=1)
"""Alerts of one night are read in the order in which they began."""

FRONT_DOOR = """
CREATE TEMPORARY TABLE alerted_front_door ON COMMIT DROP AS
SELECT DISTINCT l.child_id, g.id AS agency_id,
  'an alert to read since ' || to_char(min(l.first_met), 'FMDD FMMonth YYYY') AS because
FROM detection_alert l
JOIN agencies_agency g ON g.area_id = l.area_id AND g.kind = %s
WHERE l.no_longer_met IS NULL AND (l.decision = '' OR l.decision IN ('refer', 'discuss'))
  AND (%s::uuid IS NULL OR l.child_id = %s)
GROUP BY l.child_id, g.id"""


class DecisionRefused(ValueError):
    """A decision that cannot be recorded; the message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a pass over every child found, and what it changed."""

    findings: tuple[ChildFinding, ...]
    begun: int
    ended: int


def detect(*, by: Actor, folder: Path, as_of: date | None = None) -> Night:
    """Every indicator over every child, as of a day: alerts begin, stay, or are no longer met.

    An alert opens the front door of the council of the child's area, so that somebody may read
    it. `folder` holds the nightly copy. What is found is written in one transaction, which begins
    when everything is found. Of a child of whom something arrived meanwhile a worker knows later.
    """
    day, since = as_of or today(), timezone.now()
    bring_up_to_date(folder)
    findings = evaluate_all(folder, (*CATALOGUE, *COHORTS), day)
    return _found(by=by, findings=findings, day=day, since=since)


@action
def _found(*, by: Actor, findings: Sequence[ChildFinding], day: date, since: datetime) -> Night:
    lock_alerts(by=by)
    codes = {indicator.code for indicator in CATALOGUE}
    met = [finding for finding in findings if finding.code in codes]
    begun, ended = write_alerts(by=by, met=met, day=day, but=children_arrived_since(since))
    open_front_doors(by=by)
    said = f"detection as of {day}: {begun} alerts begun, {ended} no longer met"
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return Night(tuple(findings), begun, ended)


@action
def open_front_doors(*, by: Actor, child_id: uuid.UUID | None = None) -> None:
    """Bring scopes in line with what is known and with the alerts that somebody must read, of one
    child or of all.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS alerted_front_door")
        cursor.execute(FRONT_DOOR, [AgencyKind.CHILDRENS_SOCIAL_CARE.value, child_id, child_id])
    refresh_scopes(by=by, front_door="alerted_front_door", child_id=child_id)


def evaluate_all(
    folder: Path, indicators: Sequence[Indicator], as_of: date, known_on: date | None = None
) -> list[ChildFinding]:
    """What the nightly copy says: from all that is known, or was by the end of a day."""
    kinds = frozenset().union(*(indicator.kinds for indicator in indicators))
    with engine_over(folder, kinds, known_on) as backend:
        create_kind_tables(backend)
        return evaluate(backend, indicators, as_of)


@action
def decide_alert(*, by: Viewer, alert_id: uuid.UUID, decision: str, reason: str) -> None:
    """Record what a person decided about an alert, and why; it can be decided again."""
    if by.role.reads_only:
        raise DecisionRefused("An inspector reads only: nothing was recorded.")
    if decision not in Alert.Decision.values:
        raise DecisionRefused("Choose what you decided.")
    if not reason.strip():
        raise DecisionRefused("Say why: a decision without a reason cannot be followed.")
    alert = Alert.objects.filter(pk=alert_id).first()
    changed = Alert.objects.filter(pk=alert_id).update(
        decision=decision,
        decision_reason=reason.strip(),
        decided_by_id=by.person_id,
        decided_at=now(),
    )
    if alert is None or not changed:
        raise DecisionRefused("There is no such alert for you to decide.")
    considered = AlertConsidered(
        indicator=alert.indicator,
        decision=str(Alert.Decision(decision).label),
        reason=reason.strip(),
    )
    record_own_event(
        by=by.actor,
        agency=Agency.objects.get(pk=by.agency_id),
        child_id=alert.child_id,
        occurred=now(),
        content=considered,
    )


@action
def lock_alerts(*, by: Actor) -> None:
    """One writer of alerts at a time: the night, or a worker with one child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(45)")


@action
def write_alerts(
    *,
    by: Actor,
    met: Sequence[ChildFinding],
    day: date,
    child_id: uuid.UUID | None = None,
    but: Collection[uuid.UUID] = (),
) -> tuple[int, int]:
    """Begin, keep and end alerts of one child, or of all but some; returns how many began and how
    many are no longer met.
    """
    held = Alert.objects.filter(no_longer_met=None)
    if child_id is not None:
        held = held.filter(child_id=child_id)
    open_alerts = {
        (alert.child_id, alert.indicator): alert for alert in held if alert.child_id not in but
    }
    found = {(uuid.UUID(each.child_id), each.code): each for each in met}
    found = {key: each for key, each in found.items() if key[0] not in but}
    gone = [alert.pk for key, alert in open_alerts.items() if key not in found]
    kept = [alert.pk for key, alert in open_alerts.items() if key in found]
    Alert.objects.filter(pk__in=gone).update(no_longer_met=day)
    Alert.objects.filter(pk__in=kept).update(last_met=day)
    areas = _areas([child for child, _ in found])
    moment = now()
    begun = [
        Alert(
            child_id=child,
            area_id=areas[child],
            indicator=code,
            version=found[child, code].version,
            first_met=day,
            last_met=day,
            recorded=moment + place * APART,
        )
        for place, (child, code) in enumerate(_in_order(found.keys() - open_alerts.keys()))
    ]
    Alert.objects.bulk_create(begun, batch_size=1000)
    alerts = open_alerts | {(alert.child_id, alert.indicator): alert for alert in begun}
    evidence = [
        AlertEvidence(
            alert=alerts[key],
            child_id=key[0],
            area_id=alerts[key].area_id,
            event_ref=reference,
            noted=day,
        )
        for key, each in found.items()
        for reference in each.evidence
    ]
    AlertEvidence.objects.bulk_create(evidence, batch_size=2000, ignore_conflicts=True)
    return len(begun), len(gone)


def _in_order(keys: Collection[tuple[uuid.UUID, str]]) -> list[tuple[uuid.UUID, str]]:
    """A child’s alerts together, whoever was known of first before others: no other order."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_KNOWN, [[child for child, _ in keys]])
        known = dict(cursor.fetchall())
    return sorted(keys, key=lambda key: (known.get(key[0], 0), key[1]))


def _areas(children: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(AREAS, [list(children), [kind.value for kind in AREA_FROM]])
        return dict(cursor.fetchall())
