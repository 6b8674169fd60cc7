"""Children about whom agencies name the same vehicle, and what else stands of one of them."""

import uuid
from datetime import date, timedelta
from pathlib import Path

from keepsight.detection.actions import detect, evaluate_all
from keepsight.detection.arriving import findings_of
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.police import CrimeVictim, Sighting
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_child, make_event, settle_scopes

POLICE = AgencyKind.POLICE
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
MARK = "AI19 QBQ"
SEEN = Sighting(place="Weaver House", vehicle=f"{MARK}, silver hatchback")
TODAY = NOW.date()
SHARED = "vehicle_shared"
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


def make_pair(world: World) -> tuple[uuid.UUID, uuid.UUID]:
    """A child seen in a vehicle, and another one, who was harmed, seen in the same."""
    ours, other = child_of(world, "Merle"), child_of(world, "Ode")
    said(world, ours, SEEN)
    said(world, other, SEEN, 20)
    said(world, other, HARMED, 30)
    return ours, other


def met(child: uuid.UUID) -> set[str]:
    with acting_as("batch"):
        return {each.code for each in findings_of(child, TODAY)}


def by_night(folder: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    with acting_as("batch"):
        detect(by=TESTER, folder=folder, as_of=TODAY)
        found = evaluate_all(folder, CATALOGUE, TODAY)
        return {(each.child_id, each.code, each.evidence) for each in found}


def one_by_one(*children: uuid.UUID) -> set[tuple[str, str, tuple[str, ...]]]:
    with acting_as("batch"):
        found = [each for child in children for each in findings_of(child, TODAY)]
        return {(each.child_id, each.code, each.evidence) for each in found}
