"""Emptying rows in quarantine that nobody put right in time: where and why stays, and no value."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from keepsight.access.clock import today
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.models import Feed, Purge, Rule
from keepsight.kernel.feeds import IN_QUARANTINE, Cohort, waiting_days

EMPTY = """
UPDATE intake_quarantinedrow q SET raw = '{{}}', value = '', emptied = now()
FROM chronology_delivery d, chronology_feed f
WHERE d.id = q.delivery_id AND f.id = q.feed_id AND q.emptied IS NULL AND {due}
RETURNING q.feed_id"""

DUE = """d.recorded < now() - make_interval(days => CASE WHEN f.cohort = %(all)s
    THEN greatest(%(days)s, f.unmatched_days) ELSE f.unmatched_days END)
  AND NOT EXISTS (
    SELECT 1 FROM chronology_legalhold h
    WHERE h.lifted IS NULL AND h.child_id IS NULL
      AND (h.area_id IS NULL OR h.area_id = q.area_id)
      AND (h.agency_id IS NULL OR h.agency_id = q.agency_id)
      AND (h.feed_id IS NULL OR h.feed_id = q.feed_id))"""
"""Of whom a row is nobody knows, so a hold on one child does not keep it."""


@action
def purge_quarantine(*, by: Actor) -> int:
    """Empty the rows that are past their time, unless a hold keeps them; returns how many.

    Rows of a feed whose children must be known have as long as a record has to match.
    """
    days = waiting_days(IN_QUARANTINE, today())
    with connection.cursor() as cursor:
        cursor.execute(EMPTY.format(due=DUE), {"all": Cohort.ALL.value, "days": days})
        feeds = [feed for (feed,) in cursor.fetchall()]
    for feed_id in sorted(set(feeds)):
        _put_on_record(by, Feed.objects.get(pk=feed_id), feeds.count(feed_id), timezone.now())
    return len(feeds)


def _put_on_record(by: Actor, feed: Feed, rows: int, moment: datetime) -> None:
    purge = Purge.objects.create(feed=feed, rule=Rule.QUARANTINE, at=moment, rows=rows)
    said = f"purge {purge.pk} of feed {feed.key}"
    reason = str(Rule.QUARANTINE.label)
    record(by=by, notes=[Note(act=Act.ERASE, what=said, reason=reason, detail={"rows": rows})])
