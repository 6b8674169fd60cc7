"""Detection: every indicator over every child, each night."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from keepsight.access.clock import today
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.chronology.arrivals import children_arrived_since
from keepsight.chronology.extract import bring_up_to_date
from keepsight.chronology.relations import engine_over
from keepsight.detection.writing import lock_alerts, write_alerts
from keepsight.engines.indicators import ChildFinding, evaluate
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.vocabulary.agencies import AgencyKind

FRONT_DOOR = """
CREATE TEMPORARY TABLE alerted_front_door ON COMMIT DROP AS
SELECT DISTINCT l.child_id, g.id AS agency_id,
  'an alert to read since ' || to_char(min(l.first_met), 'FMDD FMMonth YYYY') AS because
FROM detection_alert l
JOIN agencies_agency g ON g.area_id = l.area_id AND g.kind = %s
WHERE l.no_longer_met IS NULL AND (l.state <> 'decided' OR l.decision IN ('refer', 'ask', 'watch'))
  AND (%s::uuid IS NULL OR l.child_id = %s)
GROUP BY l.child_id, g.id"""


@dataclass(frozen=True, slots=True)
class Night:
    """What a pass over every child found, and what it changed."""

    findings: tuple[ChildFinding, ...]
    begun: int
    returned: int
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
    written = write_alerts(by=by, met=met, day=day, but=children_arrived_since(since))
    open_front_doors(by=by)
    said = (
        f"detection as of {day}: {written.begun} alerts begun, {written.returned} back to be read,"
        f" {written.ended} no longer met"
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=said)])
    return Night(tuple(findings), written.begun, written.returned, written.ended)


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
    kinds = frozenset().union(*(each.kinds | each.reads_of_others for each in indicators))
    with engine_over(folder, kinds, known_on) as backend:
        create_kind_tables(backend)
        return evaluate(backend, indicators, as_of)
