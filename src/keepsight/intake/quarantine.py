"""Keeping whole what could not become an event, once however often it comes."""

import hashlib
import json
from collections.abc import Sequence

from django.db.models import F

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.models import QuarantinedRow
from keepsight.intake.rows import Refused


@action
def quarantine(*, by: Actor, feed: Feed, delivery: Delivery, rows: Sequence[Refused]) -> int:
    """Put rows in quarantine; one that is there already is only counted again.

    One that somebody sent again as it was has not been put right: it waits once more. One that
    comes again in a later file of its sender, after it was put right, does not.
    """
    marks = [fingerprint(row) for row in rows]
    known = set(
        QuarantinedRow.objects.filter(feed=feed, fingerprint__in=marks).values_list(
            "fingerprint", flat=True
        )
    )
    known = {bytes(mark) for mark in known}
    again = QuarantinedRow.objects.filter(feed=feed, fingerprint__in=known)
    again.update(times_seen=F("times_seen") + 1)
    if delivery.corrects_id is not None:
        again.update(retried_in=None)
    fresh = {mark: row for mark, row in zip(marks, rows, strict=True) if mark not in known}
    QuarantinedRow.objects.bulk_create(
        [_row(feed, delivery, mark, row) for mark, row in fresh.items()], batch_size=1000
    )
    return len(fresh)


def fingerprint(row: Refused) -> bytes:
    """Equal for the same words in the same place of a file."""
    said = [row.row, row.field, row.value, row.raw]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()


def _row(feed: Feed, delivery: Delivery, mark: bytes, row: Refused) -> QuarantinedRow:
    return QuarantinedRow(
        agency_id=feed.agency_id,
        area_id=feed.agency.area_id,
        feed=feed,
        delivery=delivery,
        row=row.row,
        field=row.field,
        value=row.value,
        reason=row.reason,
        raw=row.raw,
        fingerprint=mark,
    )
