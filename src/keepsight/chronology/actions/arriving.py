"""What arrived and cannot wait: taken up by a worker, done with, or set aside with the reason.

A row is claimed for a minute in a transaction of its own. A worker that dies leaves it claimed and
no more, and another takes it up when the minute is over.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.arrived import TRIES, DirtyChild
from keepsight.identity.matching import match_arrived

CLAIM = f"""
UPDATE chronology_dirtychild d SET tried = clock_timestamp(), attempts = d.attempts + 1
WHERE d.id = (
  SELECT n.id FROM chronology_dirtychild n
  WHERE n.drained IS NULL AND n.attempts < {TRIES}
    AND (n.tried IS NULL OR n.tried < clock_timestamp() - interval '1 minute')
  ORDER BY n.attempts, n.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING d.id, d.subject_record_id, d.by_company"""

CHILD = """
SELECT child_id FROM identity_link WHERE subject_record_id = %s AND recorded_until IS NULL"""

SAME_CHILD = """
SELECT d.id, d.by_company FROM chronology_dirtychild d
JOIN identity_link l ON l.subject_record_id = d.subject_record_id AND l.recorded_until IS NULL
WHERE d.drained IS NULL AND l.child_id = %s"""

COMPANY = """
INSERT INTO chronology_dirtychild (subject_record_id, noted, attempts, problem, by_company)
SELECT min(l.subject_record_id), clock_timestamp(), 0, '', true
FROM (SELECT DISTINCT m.kind, m.entity FROM identity_link o
      JOIN chronology_mention m ON m.subject_record_id = o.subject_record_id
      WHERE o.child_id = %(child)s AND o.recorded_until IS NULL AND m.entity <> '') ours
JOIN chronology_mention m ON (m.kind, m.entity) = (ours.kind, ours.entity) AND m.entity <> ''
JOIN identity_link l ON l.subject_record_id = m.subject_record_id AND l.recorded_until IS NULL
WHERE l.child_id <> %(child)s AND NOT EXISTS (
  SELECT 1 FROM chronology_dirtychild w
  JOIN identity_link k ON k.subject_record_id = w.subject_record_id AND k.recorded_until IS NULL
  WHERE w.drained IS NULL AND k.child_id = l.child_id)
GROUP BY l.child_id"""
"""What an earlier revision named is among it: whom it was shared with may meet a rule no more."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something that came, as a worker has taken it up; `child_id` where a child is known.

    `rows` are all that waited for the same child by then: what is read from now on has them in it.
    """

    row: int
    child_id: uuid.UUID | None
    rows: tuple[int, ...]


@action
def take_arrived(*, by: Actor) -> Arrived | None:
    """Take up what came first, if anything waits, and match its record if that was not done.

    The children who share an entity with the child wait from then on too.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM)
        found = cursor.fetchone()
    if found is None:
        return None
    row, subject, by_company = found
    match_arrived(by=by, subject_id=subject)
    with connection.cursor() as cursor:
        cursor.execute(CHILD, [subject])
        linked = cursor.fetchone()
        child = linked[0] if linked else None
        cursor.execute(SAME_CHILD, [child])
        rows = cursor.fetchall()
        if child is not None and not (by_company and all(shared for _, shared in rows)):
            cursor.execute(COMPANY, {"child": child})
        return Arrived(row, child, (row, *(other for other, _ in rows)))


@action
def done_with(*, by: Actor, arrived: Arrived) -> None:
    """What came is worked out, and with it all that waited for the same child."""
    DirtyChild.objects.filter(pk__in=arrived.rows).update(drained=timezone.now(), problem="")


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
