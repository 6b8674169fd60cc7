"""What arrived and cannot wait: taken up by a worker, done with, or set aside with the reason.

A row is claimed for a minute in a transaction of its own. A worker that dies leaves it claimed and
no more, and another takes it up when the minute is over.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connection
from django.db.models import Q

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.sending import CHANNEL
from keepsight.chronology.models import DirtyChild
from keepsight.identity.sending import join_arrived

TRIES = 5
"""After how many tries what came is left to the night, with its problem on record."""

CLAIM = f"""
UPDATE chronology_dirtychild d SET tried = clock_timestamp(), attempts = d.attempts + 1
WHERE d.id = (
  SELECT n.id FROM chronology_dirtychild n
  WHERE n.drained IS NULL AND n.attempts < {TRIES}
    AND (n.tried IS NULL OR n.tried < clock_timestamp() - interval '1 minute')
  ORDER BY n.attempts, n.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING d.id, d.subject_record_id, d.noted"""

CHILD = """
SELECT child_id FROM identity_link WHERE subject_record_id = %s AND recorded_until IS NULL"""

DONE = """
UPDATE chronology_dirtychild SET drained = clock_timestamp(), problem = ''
WHERE drained IS NULL AND noted <= %s AND (id = %s OR subject_record_id IN (
  SELECT subject_record_id FROM identity_link WHERE child_id = %s AND recorded_until IS NULL))"""

ARRIVED_SINCE = """
SELECT DISTINCT l.child_id FROM chronology_dirtychild d
JOIN identity_link l ON l.subject_record_id = d.subject_record_id AND l.recorded_until IS NULL
WHERE d.noted >= %(since)s OR d.drained >= %(since)s
  OR (d.drained IS NULL AND d.attempts < %(tries)s)"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something that came, as a worker has taken it up; `child_id` where a child is known."""

    row: int
    subject_id: int
    child_id: uuid.UUID | None
    noted: datetime


@action
def take_arrived(*, by: Actor) -> Arrived | None:
    """Take up what came first, if anything waits, and match its record if that was not done."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM)
        found = cursor.fetchone()
    if found is None:
        return None
    row, subject, noted = found
    join_arrived(by=by, subject_id=subject)
    with connection.cursor() as cursor:
        cursor.execute(CHILD, [subject])
        child = cursor.fetchone()
    return Arrived(row, subject, child[0] if child else None, noted)


@action
def done_with(*, by: Actor, arrived: Arrived) -> None:
    """What came is worked out, and with it all that came of the same child until then."""
    with connection.cursor() as cursor:
        cursor.execute(DONE, [arrived.noted, arrived.row, arrived.child_id])


@action
def set_aside(*, by: Actor, arrived: Arrived, why: str) -> None:
    """Something came in the way: it is tried again, and then left to the night."""
    DirtyChild.objects.filter(pk=arrived.row).update(problem=why)


@action
def forget_drained(*, by: Actor, before: datetime) -> int:
    """Forget what is done with, or was left to the night: what came stands in the chronology."""
    left = Q(attempts__gte=TRIES, noted__lt=before)
    forgotten, _ = DirtyChild.objects.filter(Q(drained__lt=before) | left).delete()
    return int(forgotten)


def children_arrived_since(since: datetime) -> frozenset[uuid.UUID]:
    """Of whom something came, or was worked out, since a moment, or still waits."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED_SINCE, {"since": since, "tries": TRIES})
        return frozenset(row[0] for row in cursor.fetchall())


def await_arrival(seconds: float) -> None:
    """Wait until the database says that something came, or for so long."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
        return
