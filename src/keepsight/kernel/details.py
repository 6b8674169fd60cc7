"""Who an agency says that somebody is, when several of its files say it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event


def details_in_force(events: Iterable[Event]) -> dict[int, Event]:
    """One event of personal details for each subject record, the newest first.

    `events` are all that are in force. An agency's formats each say who somebody is, one more fully
    than another: what was received last stands, and what it leaves out is as the ones before it
    said.
    """
    known: dict[int, Event] = {}
    for event in sorted(events, key=_when_sent):
        earlier = known.get(event.subject)
        known[event.subject] = replace(event, content=_both(earlier, event)) if earlier else event
    newest_first = sorted(known.values(), key=_when_sent, reverse=True)
    return {event.subject: event for event in newest_first}


def _when_sent(event: Event) -> tuple[datetime, datetime, int]:
    return (event.received, event.occurred, int(event.id))


def _both(earlier: Event, later: Event) -> PersonDetails:
    before, after = earlier.content, later.content
    if not (isinstance(before, PersonDetails) and isinstance(after, PersonDetails)):
        raise TypeError("Only personal details say who somebody is.")
    return before.under(after)
