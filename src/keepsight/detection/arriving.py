"""Detection of one child, as something arrives: the nightly rules over what is known of it."""

import uuid
from dataclasses import dataclass
from datetime import date

import ibis

from keepsight.access.clock import today
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.one_child import fill_with_child
from keepsight.detection.actions import lock_alerts, open_front_doors, write_alerts
from keepsight.engines.event_tables import create_event_tables
from keepsight.engines.indicators import ChildFinding, evaluate_again
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.indicators.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Detected:
    """How many alerts of a child began, and how many are no longer met."""

    begun: int
    ended: int


@action
def detect_child(*, by: Actor, child_id: uuid.UUID, as_of: date | None = None) -> Detected:
    """Every indicator over one child, as of a day: what the night would find of the child then."""
    day = as_of or today()
    lock_alerts(by=by)
    met = findings_of(child_id, day)
    begun, ended = write_alerts(by=by, met=met, day=day, child_id=child_id)
    open_front_doors(by=by, child_id=child_id)
    if begun or ended:
        said = f"detection on arrival: {begun} alerts begun, {ended} no longer met"
        record(by=by, notes=[Note(act=Act.WRITE, what=said, child_id=child_id)])
    return Detected(begun, ended)


def findings_of(child_id: uuid.UUID, day: date) -> list[ChildFinding]:
    """What the rules find of one child, from the database."""
    backend = ibis.duckdb.connect()
    try:
        create_event_tables(backend)
        create_kind_tables(backend)
        fill_with_child(backend, child_id)
        return evaluate_again(backend, CATALOGUE, day)
    finally:
        backend.disconnect()
