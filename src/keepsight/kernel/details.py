"""Who an agency says that somebody is, when several of its files say it."""

from collections.abc import Iterable
from dataclasses import replace

from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event


def details_in_force(events: Iterable[Event]) -> dict[int, Event]:
    """One event of personal details for each subject record, out of all that are in force.

    An agency's formats each say who somebody is, one more fully than another: what was received
    last stands, and what it leaves out is as the ones before it said.
    """
    known: dict[int, Event] = {}
    for event in sorted(events, key=lambda each: (each.received, each.occurred, int(each.id))):
        earlier = known.get(event.subject)
        known[event.subject] = replace(event, content=_both(earlier, event)) if earlier else event
    return known


def _both(earlier: Event, later: Event) -> PersonDetails:
    before, after = earlier.content, later.content
    if not (isinstance(before, PersonDetails) and isinstance(after, PersonDetails)):
        raise TypeError("Only personal details say who somebody is.")
    return before.under(after)
