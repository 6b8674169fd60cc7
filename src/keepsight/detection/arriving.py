"""Detection of one child, as something arrives: the nightly rules over what is known of it."""

import uuid
from datetime import date

from keepsight.access.clock import today
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.one_child import known_of
from keepsight.chronology.shared_entities import company_of_child
from keepsight.detection.actions import open_front_doors
from keepsight.detection.writing import Written, lock_alerts, write_alerts
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.oracle import evaluate


@action
def detect_child(*, by: Actor, child_id: uuid.UUID, as_of: date | None = None) -> Written:
    """Every indicator over one child, as of a day: what the night would find of the child then."""
    day = as_of or today()
    lock_alerts(by=by)
    met = findings_of(child_id, day)
    written = write_alerts(by=by, met=met, day=day, child_id=child_id)
    open_front_doors(by=by, child_id=child_id)
    if written.changed:
        said = (
            f"detection on arrival: {written.begun} alerts begun, {written.returned} back to be"
            f" read, {written.ended} no longer met"
        )
        record(by=by, notes=[Note(act=Act.WRITE, what=said, child_id=child_id)])
    return written


def findings_of(child_id: uuid.UUID, day: date) -> list[ChildFinding]:
    """What the rules find of one child, from the database.

    Over one child the plain evaluator is quicker than any engine is begun.
    """
    events, company = known_of(child_id), company_of_child(child_id)
    found = [evaluate(indicator, events, day, company) for indicator in CATALOGUE]
    return [
        ChildFinding(str(child_id), each.code, each.version, each.as_of, each.evidence)
        for each in sorted(filter(None, found), key=lambda each: each.code)
    ]
