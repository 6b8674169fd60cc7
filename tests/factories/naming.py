"""Children about whom agencies name the same vehicle, and what else stands of one of them."""

import uuid
from datetime import date, timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.police import CrimeVictim, Sighting
from tests.factories.world import NOW, World, make_child, make_event, settle_scopes

POLICE = AgencyKind.POLICE
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
MARK = "AI19 QBQ"
SEEN = Sighting(place="Weaver House", vehicle=f"{MARK}, silver hatchback")
HARMED = CrimeVictim(offence="Robbery")


def child_of(world: World, forename: str) -> uuid.UUID:
    """A child whom the police and the council each know."""
    who = PersonDetails(forename=forename, surname="Example", date_of_birth=date(2012, 5, 4))
    child = make_child((world.agencies[POLICE], who), (world.agencies[COUNCIL], who))
    settle_scopes()
    return child


def said(
    world: World, child: uuid.UUID, content: Content, days_ago: int = 10, key: str | None = None
) -> int:
    """What the police say of a child, as it happened some days ago."""
    occurred = NOW - timedelta(days=days_ago)
    return make_event(child, world.agencies[POLICE], content, occurred=occurred, key=key)
