"""Whether children’s social care has an open case, as far as events tell."""

from collections.abc import Iterable
from datetime import date

from keepsight.kernel.vocabulary.content.social_care import ReferralReceived
from keepsight.kernel.vocabulary.events import Event

HELD_OPEN = frozenset({"in_need", "child_in_need_plan", "child_protection_plan", "placement"})
"""What goes on until it is ended: a child in need (Children Act 1989, section 17), under a plan, or
looked after (section 22)."""


def has_open_case(events: Iterable[Event], day: date) -> bool:
    """Whether an episode of need, a plan or a placement goes on, or a referral stands that neither
    ended at once nor was followed by a closure.
    """
    known = [event for event in events if event.day <= day]
    if any(event.kind in HELD_OPEN and _goes_on(event, day) for event in known):
        return True
    closed = max((event.day for event in known if event.kind == "case_closed"), default=date.min)
    return any(
        isinstance(event.content, ReferralReceived)
        and not event.content.no_further_action
        and event.day > closed
        for event in known
    )


def _goes_on(event: Event, day: date) -> bool:
    return event.last_day is None or event.last_day >= day
