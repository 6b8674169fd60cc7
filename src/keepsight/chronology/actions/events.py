"""Recording events in bulk: a new fact, an unchanged duplicate, or a revision that supersedes."""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from keepsight.agencies.models import Agency
from keepsight.audit.actions import push_leaves
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.logged import CONTENT_HASH, EVENTS, HEADER_HASH, PLACED
from keepsight.kernel.entities.kinds import key_of
from keepsight.kernel.entities.naming import mentions_of
from keepsight.kernel.vocabulary.content.base import Content

STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_event (
  id bigint, subject_record_id bigint, tier text, category smallint, kind text,
  occurred timestamptz, occurred_until timestamptz, day_only boolean, row text, source_key text,
  revision int, withdrawn boolean, content jsonb, whereabouts jsonb, remarks jsonb, salt bytea,
  fingerprint bytea, mentions jsonb
) ON COMMIT DROP"""

COLUMNS = (
    "id, subject_record_id, tier, category, kind, occurred, occurred_until, day_only, row,"
    " source_key, revision, withdrawn, content, whereabouts, remarks, salt, fingerprint,"
    " mentions"
)

HEADS = """
SELECT DISTINCT ON (e.source_key) e.source_key, e.revision, c.fingerprint, e.delivery_id
FROM chronology_event e LEFT JOIN chronology_eventcontent c ON c.event_id = e.id
WHERE e.agency_id = %s AND e.source_key = ANY(%s)
ORDER BY e.source_key, e.revision DESC"""

ELSEWHERE = """
SELECT other.id FROM chronology_delivery other, chronology_delivery this
WHERE this.id = %s AND other.id = ANY(%s) AND other.feed_id <> this.feed_id"""

SENT_HEADS = "SELECT source_key, revision, fingerprint, NULL FROM chronology_sent_heads(%s, %s)"
"""The same for a client, which reads no event: by a function that answers of its own agency’s."""

HEADERS = f"""
SELECT id, subject_record_id, agency_id, area_id, tier, category, kind, occurred, occurred_until,
  day_only, %(received)s::timestamptz AS received, %(recorded)s::timestamptz AS recorded,
  %(delivery)s::bigint AS delivery_id, row, source_key, revision, withdrawn,
  {CONTENT_HASH} AS leaf
FROM (SELECT *, {PLACED} FROM (
  SELECT *, %(agency)s::bigint AS agency_id, %(area)s::bigint AS area_id FROM staged_event) s) p
"""

INSERT_HEADERS = f"""
INSERT INTO chronology_event (id, subject_record_id, agency_id, area_id, tier, category, kind,
  occurred, occurred_until, day_only, received, recorded, delivery_id, row, source_key, revision,
  withdrawn, leaf) {HEADERS}"""

LEAVES = f"SELECT h.id::text, {HEADER_HASH} FROM ({HEADERS}) h"

INSERT_CONTENTS = """
INSERT INTO chronology_eventcontent (event_id, subject_record_id, agency_id, area_id, tier,
  category, content, remarks, salt, fingerprint)
SELECT id, subject_record_id, %(agency)s, %(area)s, tier, category, content, remarks, salt,
  fingerprint
FROM staged_event"""

INSERT_PLACES = """
INSERT INTO chronology_eventplace (event_id, subject_record_id, agency_id, area_id, tier,
  category, whereabouts)
SELECT id, subject_record_id, %(agency)s, %(area)s, tier, category, whereabouts
FROM staged_event WHERE whereabouts IS NOT NULL"""

INSERT_MENTIONS = """
INSERT INTO chronology_mention (event_id, subject_record_id, agency_id, area_id, tier, category,
  kind, entity, said)
SELECT s.id, s.subject_record_id, %(agency)s, %(area)s, s.tier, s.category, m.kind, m.entity, m.said
FROM staged_event s
CROSS JOIN jsonb_to_recordset(s.mentions) AS m(kind text, entity text, said text)
WHERE s.mentions IS NOT NULL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact to be recorded; `source_key` is what stays the same when the fact is corrected.

    One that is `retold` adds nothing to what another feed of the agency said under the same key.
    """

    subject_record_id: int
    source_key: str
    occurred: datetime
    content: Content
    tier: str = "ordinary"
    occurred_until: datetime | None = None
    day_only: bool = False
    row: str = ""
    remarks: tuple[dict[str, str], ...] = ()
    withdrawn: bool = False
    retold: bool = False

    def fingerprint(self, content: dict[str, Any]) -> bytes:
        """Equal for equal facts, whose content is given as JSON: what is timeless does not happen,
        so its time is left out.
        """
        times = (
            ()
            if self.content.timeless
            else (str(self.occurred), str(self.occurred_until), self.day_only)
        )
        said = [self.content.kind, *times, self.withdrawn, content]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()


@dataclass(frozen=True, slots=True)
class Fresh:
    """A fact that says something new: which revision it is, whether it says otherwise of what is
    still known, its content as JSON, and its mark.
    """

    event: NewEvent
    revision: int
    supersedes: bool
    content: dict[str, Any]
    mark: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `record_events` did: how many were unchanged, the ids of those written, and how many of
    these say otherwise of what was known.
    """

    unchanged: int
    ids: tuple[int, ...]
    superseded: int


@action
def record_events(
    *,
    by: Actor,
    agency: Agency,
    events: Sequence[NewEvent],
    received: datetime,
    delivery_id: int | None = None,
    sent: bool = False,
) -> Recorded:
    """Append the events that say something new; a changed fact becomes the next revision.

    So does one whose content was erased: nothing is left to tell whether it says the same.

    One statement each for headers, contents and leaves. The caller holds the transaction and the
    lock on the agency's chronology (`lock_agency`). `sent` where a client is sending.
    """
    fresh = fresh_events(agency, _said_nowhere_else(agency, events, delivery_id), sent=sent)
    with connection.cursor() as cursor:
        ids = _next_ids(cursor, len(fresh))
        if ids:
            _stage(cursor, agency, zip(ids, fresh, strict=True))
            place = {
                "agency": agency.pk,
                "area": agency.area_id,
                "received": received,
                "recorded": timezone.now(),
                "delivery": delivery_id,
            }
            cursor.execute(INSERT_HEADERS, place)
            cursor.execute(INSERT_CONTENTS, place)
            cursor.execute(INSERT_PLACES, place)
            cursor.execute(INSERT_MENTIONS, place)
            push_leaves(by=by, source=EVENTS.name, select=LEAVES, values=place)
    superseded = sum(each.supersedes for each in fresh)
    return Recorded(len(events) - len(fresh), tuple(ids), superseded)


@action
def lock_agency(*, by: Actor, agency: Agency) -> None:
    """One writer at a time into an agency's chronology, so that revisions follow one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(42, %s)", [agency.pk])


def _said_nowhere_else(
    agency: Agency, events: Sequence[NewEvent], delivery_id: int | None
) -> Sequence[NewEvent]:
    """All but what is retold here, and was said by another feed of the agency."""
    retold = {event.source_key for event in events if event.retold}
    if not retold:
        return events
    said_in = {key: head[2] for key, head in _heads(agency, retold).items() if head[1]}
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, [delivery_id, [each for each in said_in.values() if each]])
        elsewhere = {row[0] for row in cursor.fetchall()}
    return [
        event
        for event in events
        if not event.retold or said_in.get(event.source_key) not in elsewhere
    ]


def fresh_events(agency: Agency, events: Sequence[NewEvent], *, sent: bool = False) -> list[Fresh]:
    """Those of the events that say something new, without writing any."""
    heads = _heads(agency, {event.source_key for event in events}, sent=sent)
    fresh = []
    for event in events:
        content = event.content.to_json()
        mark = event.fingerprint(content)
        revision, known, _ = heads.get(event.source_key, (0, b"", None))
        if mark != known:
            heads[event.source_key] = (revision + 1, mark, None)
            fresh.append(Fresh(event, revision + 1, known != b"", content, mark))
    return fresh


def _heads(
    agency: Agency, keys: set[str], *, sent: bool = False
) -> dict[str, tuple[int, bytes, int | None]]:
    """Of each key that is known: its last revision, the mark of what it says, and its delivery.

    A client is not told the delivery.
    """
    with connection.cursor() as cursor:
        cursor.execute(SENT_HEADS if sent else HEADS, [agency.pk, list(keys)])
        rows = cursor.fetchall()
    return {key: (revision, bytes(mark or b""), by) for key, revision, mark, by in rows}


def _next_ids(cursor: Any, count: int) -> list[int]:
    cursor.execute("SELECT nextval('chronology_event_id_seq') FROM generate_series(1, %s)", [count])
    return [row[0] for row in cursor.fetchall()]


def _stage(cursor: Any, agency: Agency, rows: Iterable[tuple[int, Fresh]]) -> None:
    cursor.execute(STAGE)
    cursor.execute("TRUNCATE staged_event")
    with cursor.copy(f"COPY staged_event ({COLUMNS}) FROM STDIN") as copy:
        for event_id, fresh in rows:
            copy.write_row((*_staged(event_id, fresh), _mentions(agency, fresh.event.content)))


def _mentions(agency: Agency, content: Content) -> str | None:
    """What the event names, as rows of JSON."""
    named = [
        {
            "kind": each.kind.value,
            "entity": key_of(each.kind, each.mark, agency=agency.pk, area=agency.area_id),
            "said": each.said,
        }
        for each in mentions_of(content)
    ]
    return json.dumps(named) if named else None


def _staged(event_id: int, fresh: Fresh) -> tuple[Any, ...]:
    event, said = fresh.event, dict(fresh.content)
    where = {name: said.pop(name) for name in sorted(event.content.whereabouts) if name in said}
    return (
        event_id,
        event.subject_record_id,
        event.tier,
        event.content.filed_under.number,
        event.content.kind,
        event.occurred,
        event.occurred_until,
        event.day_only,
        event.row,
        event.source_key,
        fresh.revision,
        event.withdrawn,
        json.dumps(said),
        json.dumps(where) if where else None,
        json.dumps(list(event.remarks)),
        os.urandom(16),
        fresh.mark,
    )
