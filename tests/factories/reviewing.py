"""A question about links, those who review it, and what a person’s decision does."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from keepsight.agencies.models import Agency, Person
from keepsight.identity.models import Link, LinkQuestion
from keepsight.identity.raising import PairReasons, RaisedQuestion, raise_questions
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_child, make_person, make_world

COUNCIL, POLICE = AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE
SCHOOL, CLINIC = AgencyKind.SCHOOL, AgencyKind.SEXUAL_HEALTH
WHY = "The school sent a copy of the birth certificate."
LEVELS = (("same date of birth", 12.5), ("same postcode", 6.0), ("different forename", -3.25))


@dataclass
class Desk:
    """An area, two stewards who review in it, and children whose records are in question."""

    world: World
    steward: Person
    second: Person
    subjects: dict[uuid.UUID, list[int]] = field(default_factory=dict)

    def child(self, *kinds: AgencyKind, withheld: bool = False, **said: object) -> uuid.UUID:
        """A child whom an agency of each of these kinds knows by a record."""
        details = details_of(address_withheld=withheld, **said)
        child = make_child(*((self.world.agencies[kind], details) for kind in kinds))
        self.subjects[child] = subjects_of(child)
        return child

    def asks(
        self,
        *subjects: int,
        kind: LinkQuestion.Kind = LinkQuestion.Kind.BETWEEN,
        whole: bool = True,
    ) -> int:
        """A question about these records, raised by the model; its id."""
        return raised(*subjects, kind=kind, whole=whole)


def make_desk() -> Desk:
    world = make_world()
    council = world.agencies[COUNCIL]
    return Desk(world, _steward(council), _steward(world.agencies[POLICE]))


def _steward(agency: Agency) -> Person:
    return make_person(agency, Role.RECORDS_STEWARD)


def details_of(**said: object) -> PersonDetails:
    given = {
        "forename": "Merle",
        "surname": "Example",
        "date_of_birth": date(2011, 4, 2),
        "sex": "F",
        "postcode": None if said.get("address_withheld") else "ZZ99 3VZ",
        **said,
    }
    return PersonDetails(**given)  # type: ignore[arg-type]


def subjects_of(child: uuid.UUID) -> list[int]:
    """The records now held to be a child."""
    with acting_as("batch"):
        links = Link.objects.filter(child_id=child, recorded_until=None)
        return sorted(links.values_list("subject_record_id", flat=True))


def raised(
    *subjects: int, kind: LinkQuestion.Kind = LinkQuestion.Kind.BETWEEN, whole: bool = True
) -> int:
    one, other, *_ = sorted(subjects)
    pair = PairReasons(one=one, other=other, weight=13.25, levels=LEVELS)
    asked = RaisedQuestion(
        kind=kind,
        records=frozenset(subjects),
        weight=13.25,
        pairs=(pair,),
        model_version="test model",
    )
    with acting_as("batch"):
        raise_questions(by=TESTER, questions=[asked], whole=whole)
        found = LinkQuestion.objects.get(kind=kind, records_key=asked.key, closed=None)
        return int(found.pk)


def links_now() -> dict[int, uuid.UUID]:
    """Which child each record is held to be."""
    with acting_as("batch"):
        links = Link.objects.filter(recorded_until=None)
        return dict(links.values_list("subject_record_id", "child_id"))
