"""Erasing what stands outside its feed's cohort: on the clock, with a tombstone and an entry."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.logged import EVENTS
from keepsight.chronology.models import Purge, Rule, Tombstone
from keepsight.identity.forgetting import forget_records

MOST_IN_AN_ENTRY = 1_000
"""Erased events that one entry of the log names."""


ALONE = """
SELECT pg_advisory_xact_lock(45), (SELECT count(*) FROM (
  SELECT pg_advisory_xact_lock(42, id::int) FROM agencies_agency ORDER BY id) held)"""
"""One purge at a time, so that tombstones are numbered as they are written; and no agency’s intake
beside it, so that nothing comes for a record while it goes.
"""


@dataclass(frozen=True, slots=True)
class Purged:
    """What went: of how many records something, how many whole, and how many events and weeks."""

    records: int = 0
    forgotten: int = 0
    events: int = 0
    weeks: int = 0


@action
def purge_outside_cohorts(*, by: Actor) -> Purged:
    """Start and end the clocks of records outside their feed’s cohort, and erase what is due.

    What is due the database works out for itself (`chronology_purge`). Each erased event is named
    in an entry of the log, without which a check of the log would call its content missing. A
    record of which nothing else is left is forgotten whole.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        cursor.execute("SELECT purge_id, subject_record_id, whole FROM chronology_purge()")
        rows = cursor.fetchall()
    if not rows:
        return Purged()
    forgotten = forget_records(by=by, subjects=sorted({row[1] for row in rows if row[2]}))
    purges = Purge.objects.filter(pk__in={row[0] for row in rows}).select_related("feed")
    done = list(purges.order_by("pk"))
    record(by=by, notes=[note for purge in done for note in _notes(purge)])
    return Purged(
        records=len({row[1] for row in rows}),
        forgotten=forgotten,
        events=sum(purge.events for purge in done),
        weeks=sum(purge.weeks for purge in done),
    )


def _notes(purge: Purge) -> Iterator[Note]:
    erased = list(
        Tombstone.objects.filter(purge=purge, of=Tombstone.Of.EVENT)
        .order_by("ref")
        .values_list("ref", flat=True)
    )
    said = f"purge {purge.pk} of feed {purge.feed.key}"
    numbers = {"records": purge.records, "weeks": purge.weeks}
    for start in range(0, max(1, len(erased)), MOST_IN_AN_ENTRY):
        pairs = [[EVENTS.name, str(ref)] for ref in erased[start : start + MOST_IN_AN_ENTRY]]
        detail: dict[str, object] = {"erased": pairs}
        if not start:
            detail |= numbers
        yield Note(act=Act.ERASE, what=said, reason=str(Rule(purge.rule).label), detail=detail)
