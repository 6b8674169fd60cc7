"""What of its own agency’s facts a client’s report is held against; the client is shown none."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from keepsight.kernel.vocabulary.content.missing import MissingEpisode


@dataclass(frozen=True, slots=True)
class Episode:
    """A missing episode that stands, of the agency’s person of this key."""

    person: str
    occurred: datetime
    day_only: bool
    content: MissingEpisode


def standing_event(agency_id: int, source_key: str) -> tuple[int, datetime]:
    """The event that stands under a key of the sending agency, and when it was received."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, received FROM chronology_sent_heads(%s, %s)", [agency_id, [source_key]]
        )
        event_id, received = cursor.fetchone()
    return event_id, received


def standing_episode(source_key: str) -> Episode | None:
    """The missing episode of this key of the sending agency, if one is on record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, occurred, day_only, content FROM chronology_sent_episode(%s)",
            [source_key],
        )
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        return None
    person, occurred, day_only, content = row
    return Episode(person, occurred, day_only, MissingEpisode.from_json(json.loads(content)))
