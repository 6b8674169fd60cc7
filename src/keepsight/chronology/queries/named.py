"""What is named about a child: each mention that the viewer may see, as the claim that it is."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from keepsight.access.clock import today
from keepsight.access.masking import Masked
from keepsight.access.narrowing import about_a_child
from keepsight.access.queries import withheld
from keepsight.access.viewer import Viewer
from keepsight.audit.sights import saw
from keepsight.identity.queries import links_of, subject_ids
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.naming import Grading, grading_of
from keepsight.kernel.entities.standing import standing_of
from keepsight.kernel.vocabulary.events import BY_KIND, content_of

MENTIONS = """
SELECT m.kind, m.said, e.id, e.kind, e.occurred, e.occurred_until, e.day_only, a.name, e.agency_id,
  a.kind, c.content || coalesce(w.whereabouts, '{}')
FROM chronology_mention m
JOIN chronology_inforce e ON e.id = m.event_id
JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
JOIN agencies_agency a ON a.id = e.agency_id
WHERE m.subject_record_id = ANY(%s)
ORDER BY array_position(%s::text[], m.kind::text), e.occurred DESC, m.id"""


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One mention: what was written, by whom, in which event, how it was graded, and until when it
    counts. It is never established fact.
    """

    kind: str
    said: str
    ref: str
    event: str
    occurred: datetime
    occurred_until: datetime | None
    day_only: bool
    agency: str
    grading: Grading | None
    review_by: date
    expires: date
    expired: bool


@about_a_child
def named_about(viewer: Viewer, child_id: uuid.UUID) -> list[NamedLine]:
    """What events in force name, kind by kind, the latest first; an empty list if nothing."""
    subjects = subject_ids(links_of(viewer, child_id, None))
    with connection.cursor() as cursor:
        cursor.execute(MENTIONS, [subjects, [each.value for each in EntityKind]])
        rows = cursor.fetchall()
    if rows:
        saw(by=viewer.actor, child_id=child_id, what="what is named")
    masked = Masked(viewer.agency_id, withheld(viewer, child_id))
    return [_line(row, masked) for row in rows]


def _line(row: Sequence[Any], masked: Masked) -> NamedLine:
    kind, said, ref, event, occurred, until, day_only, *_, raw = row
    stands = standing_of(day_in_london(until or occurred))
    content = content_of(event, json.loads(raw) if isinstance(raw, str) else raw)
    return NamedLine(
        kind=EntityKind(kind).in_words,
        said=said,
        ref=str(ref),
        event=BY_KIND[event].title,
        occurred=occurred,
        occurred_until=until,
        day_only=day_only,
        agency=masked.agency(row, name=7, agency_id=8, kind=9),
        grading=grading_of(content),
        review_by=stands.review_by,
        expires=stands.expires,
        expired=stands.expired(today()),
    )
