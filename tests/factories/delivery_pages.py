"""Holding the pages of feeds and of deliveries against the rule."""

import re
from collections.abc import Iterator

from keepsight.chronology.models import Delivery
from keepsight.intake.models import QuarantinedRow
from keepsight.kernel.roles import Permission
from tests.factories.deciding import differ
from tests.factories.roles import acting_as
from tests.factories.visiting import Check, Visit, wrongly_refused

DELIVERY_LINK = re.compile(r'href="/deliveries/(\d+)/"')


def feeds(visit: Visit) -> Iterator[str]:
    refused = wrongly_refused(visit, Permission.READ_FEEDS, "feeds")
    if refused is not None:
        yield refused
        return
    _, text = visit.get("feeds")
    held = len(visit.content("intake_quarantinedrow"))
    yield differ("quarantine", {text.count("It is too short.")}, {held})


def deliveries(visit: Visit) -> Iterator[str]:
    """Only what came by one's own agency's feeds; of another's there is nothing."""
    refused = wrongly_refused(visit, Permission.READ_FEEDS, "deliveries")
    if refused is not None:
        yield refused
        return
    _, text = visit.get("deliveries")
    shown = {int(found) for found in DELIVERY_LINK.findall(text)}
    yield differ("deliveries", shown, {each for each, own in _deliveries(visit) if own})


def of_a_delivery(name: str, permission: Permission, *, every: bool = True) -> Check:
    """A page of one delivery: its rows in quarantine, all or some, or as if there were none."""

    def check(visit: Visit) -> Iterator[str]:
        refused = wrongly_refused(visit, permission, name, 1)
        if refused is not None:
            yield refused
            return
        _, absent = visit.get(name, 0)
        held = {row.ref for row in visit.content("intake_quarantinedrow")}
        for delivery, own in _deliveries(visit):
            status, text = visit.get(name, delivery)
            if not own:
                same = (status, text) == (404, absent)
                yield "" if same else f"{delivery} is not as if it were not there"
                continue
            yield "" if status == 200 else f"{delivery} answered {status}"
            shown, wanted = text.count("It is too short."), len(_quarantined_by(delivery) & held)
            yield differ("quarantine", {shown}, {wanted if every else min(shown, wanted)})

    return check


def _deliveries(visit: Visit) -> list[tuple[int, bool]]:
    """Every delivery, and whether it came by a feed of the visitor's agency."""
    with acting_as("batch"):
        found = Delivery.objects.values_list("pk", "feed__agency_id")
        return [(delivery, agency == visit.person.agency_id) for delivery, agency in found]


def _quarantined_by(delivery: int) -> set[object]:
    with acting_as("batch"):
        return set(
            map(
                str,
                QuarantinedRow.objects.filter(delivery_id=delivery).values_list("pk", flat=True),
            )
        )
