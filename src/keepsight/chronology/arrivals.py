"""Waiting for what arrives, and of whom something arrived lately."""

import uuid
from datetime import datetime

from django.db import close_old_connections, connection

from keepsight.chronology.arrived import CHANNEL, TRIES

ARRIVED_SINCE = """
SELECT DISTINCT l.child_id FROM chronology_dirtychild d
JOIN identity_link l ON l.subject_record_id = d.subject_record_id AND l.recorded_until IS NULL
WHERE d.noted >= %(since)s OR d.drained >= %(since)s
  OR (d.drained IS NULL AND d.attempts < %(tries)s)"""


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
