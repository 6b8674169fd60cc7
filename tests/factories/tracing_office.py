"""A police force whose records may be traced, and the service of our own that is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from keepsight.agencies.models import Agency
from keepsight.chronology.queries.tracing import agencies_that_may_trace
from keepsight.identity.actions import register_subjects
from keepsight.identity.details import latest_details
from keepsight.identity.models import SubjectRecord, Tracing
from keepsight.identity.tracing.asking import records_to_ask
from keepsight.identity.tracing.keeping import traced_numbers
from keepsight.identity.tracing.pds import PDS
from keepsight.identity.tracing.running import Run, ask_about
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.pds_service import Service, client_of, running_service
from tests.factories.pds_shapes import Person, number
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_feed, make_world

POLICE, HEALTH = AgencyKind.POLICE, AgencyKind.HEALTH
BORN = date(2011, 3, 4)
NUMBER, OTHER, HIDDEN = number(10_000_000), number(20_000_000), number(30_000_000)
TESTINA = PersonDetails(forename="Testina", surname="Madeup", date_of_birth=BORN, sex="F")
NOWHERE = PersonDetails(
    forename="Nowhere", surname="Unplaced", date_of_birth=BORN, sex="F", postcode="ZE9 9XX"
)
KNOWN = (
    Person(
        nhs_number=NUMBER,
        given=("Testina",),
        family="Sampleton",
        born="2011-03-04",
        formerly=("Madeup",),
    ),
    Person(
        nhs_number=HIDDEN, given=("Nowhere",), family="Unplaced", born="2011-03-04", security="R"
    ),
)


@dataclass
class Office:
    """A police force that may have records traced, and the service that is asked."""

    world: World
    service: Service
    pds: PDS

    @property
    def police(self) -> Agency:
        return self.world.agencies[POLICE]

    def ask(self, *, numbers: bool = False) -> Run:
        with acting_as("batch"):
            agencies = agencies_that_may_trace()
            records = records_to_ask(agencies=agencies, numbers=numbers, limit=100)
            return ask_about(records, tracer=self.pds, by=TESTER)


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """A new world with a police feed switched on, and the service answering until the end."""
    world = make_world()
    make_feed(world.agencies[POLICE], "police_missing")
    with running_service(*KNOWN) as service:
        yield Office(world, service, client_of(service, folder))


def knows(agency: Agency, details: PersonDetails, key: str = "U1", days: int = 0) -> int:
    """An agency sends who somebody is; its record of them."""
    with acting_as("batch"):
        return register_subjects(
            by=TESTER,
            agency=agency,
            keys=[key],
            received=NOW + timedelta(days=days),
            details={key: latest_details(None, details)},
        )[key]


def numbers() -> dict[int, str]:
    with acting_as("batch"):
        return traced_numbers()


def kept() -> list[Tracing]:
    with acting_as("batch"):
        return list(Tracing.objects.order_by("pk"))


def record(pk: int) -> SubjectRecord:
    with acting_as("batch"):
        found: SubjectRecord = SubjectRecord.objects.get(pk=pk)
    return found
