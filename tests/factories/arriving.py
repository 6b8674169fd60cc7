"""A child whom agencies know, and reports that come of it."""

import uuid
from datetime import date, timedelta
from typing import Any

from keepsight.identity.models import Link
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as
from tests.factories.sending import PERSON, REPORTS, System
from tests.factories.world import (
    NOW,
    World,
    make_child,
    make_event,
    settle_scopes,
)

COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE

SCHOOL = AgencyKind.SCHOOL

UPN = "H801200001001"

TEMPORARY = "H80120000100B"


def missing_before(world: World, child: uuid.UUID, *days: int) -> None:
    council = world.agencies[COUNCIL]
    for each in days:
        occurred = NOW - timedelta(days=each)
        make_event(child, council, MissingEpisode(category="missing"), occurred=occurred)


def known(world: World, **details: Any) -> uuid.UUID:
    """A child whom the council knows."""
    child = make_child((world.agencies[COUNCIL], PersonDetails(**(AS_KNOWN | details))))
    settle_scopes()
    return child


AS_KNOWN: dict[str, Any] = {
    "forename": "Merle",
    "surname": "Ashdown",
    "date_of_birth": date(2011, 4, 2),
    "nhs_number": "9000000009",
}


def children_of(reference: str = "N401") -> list[uuid.UUID]:
    with acting_as("batch"):
        links = Link.objects.filter(subject_record__key=reference, recorded_until=None)
        return list(links.values_list("child_id", flat=True))


def send(police: System, **person: Any) -> None:
    said = REPORTS["missing-reports"] | {"person": PERSON | person}
    answer = police.send("missing-reports", said)
    assert answer.status_code in {200, 201}, answer.content
