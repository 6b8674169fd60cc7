"""Who takes part in the benchmark: areas, agencies, teams, people, and the agreement of them all."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from keepsight.access.actions import sign_agreement
from keepsight.agencies.actions import join_team, register_agency, register_area, register_person
from keepsight.agencies.models import Agency, Area, Person, Team
from keepsight.audit.actor import system
from keepsight.audit.writing import action
from keepsight.cli.access_bench.children import OF_A_SCHOOL
from keepsight.kernel.agreements import USUAL
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind

BY = system("benchmark")
PASSWORD = "three made-up words"  # noqa: S105 - of made-up people, in a database of the benchmark
WORKERS, OF_A_TEAM = 300, 10
DELIVERIES = {"school": 190, "other": 50}
"""Files that came of each feed: a school year of registers; a year of weekly extracts."""


@dataclass(frozen=True, slots=True)
class Looking:
    """The addresses that those who look in the benchmark sign in with."""

    worker: str = "worker@bench.example"
    manager: str = "manager@bench.example"
    trust: str = "trust@bench.example"
    school: str = "school@bench.example"
    lead: str = "lead@bench.example"


def register(children: int, areas: int) -> None:
    """Everybody, and `bench_agency` with the number of the area or school that each is of."""
    for number in range(areas):
        _area(number)
    schools = -(-children // OF_A_SCHOOL)
    _schools(by=BY, schools=schools, areas=areas, children=children)
    agencies = list(Agency.objects.all())
    now = timezone.now()
    sign_agreement(
        by=BY, agreement_id=1, parties=agencies, clauses=USUAL, since=now - timedelta(days=400),
        until=None,
    )  # fmt: skip
    _workers(by=BY, areas=areas)
    _people()
    _feeds()


def _area(number: int) -> None:
    area = register_area(by=BY, key=f"bench-{number}", name=f"Benchshire {number}")
    kinds = [("council", AgencyKind.CHILDRENS_SOCIAL_CARE)]
    if number == 0:
        kinds += [
            ("police", AgencyKind.POLICE),
            ("trust-0", AgencyKind.HEALTH),
            ("trust-1", AgencyKind.HEALTH),
            ("partnership", AgencyKind.PARTNERSHIP),
        ]
    for key, kind in kinds:
        register_agency(
            by=BY, key=f"{key}-{number}" if key == "council" else key,
            name=f"{key.title()} of Benchshire {number}", kind=kind, area=area,
            phone="01632 960000",
        )  # fmt: skip


@action
def _schools(*, by: Any, schools: int, areas: int, children: int) -> None:
    found = {area.key: area for area in Area.objects.all()}
    Agency.objects.bulk_create(
        Agency(
            key=f"school-{number}",
            name=f"School {number} of Benchshire",
            kind=AgencyKind.SCHOOL,
            area=found[f"bench-{min(number * OF_A_SCHOOL * areas // children, areas - 1)}"],
            phone="01632 960000",
        )
        for number in range(schools)
    )


@action
def _workers(*, by: Any, areas: int) -> None:
    """Each council's front door, and its workers in teams of ten."""
    for number in range(areas):
        council = Agency.objects.get(key=f"council-{number}")
        Team.objects.create(agency=council, name="Front door", front_door=True)
        teams = [
            Team.objects.create(agency=council, name=f"Team {each}")
            for each in range(WORKERS // OF_A_TEAM)
        ]
        Person.objects.bulk_create(
            Person(
                email=f"worker-{number}-{each}@bench.example",
                name=f"Worker {each} Example",
                agency=council,
                role=Role.SOCIAL_WORKER.value,
                team=teams[each // OF_A_TEAM],
                password=make_password(None),
            )
            for each in range(WORKERS)
        )


def _people() -> None:
    looking, agency = asdict(Looking()), Agency.objects.get
    for part, (key, role) in {
        "manager": ("council-0", Role.TEAM_MANAGER),
        "trust": ("trust-1", Role.PRACTITIONER),
        "school": ("school-0", Role.PRACTITIONER),
        "lead": ("partnership", Role.PARTNERSHIP_LEAD),
        "worker": ("council-0", Role.SOCIAL_WORKER),
    }.items():
        register_person(
            by=BY, email=looking[part], name=f"{part.title()} Example", agency=agency(key=key),
            role=role, password=PASSWORD,
        )  # fmt: skip
    join_team(by=BY, email=looking["manager"], team="Front door")
    join_team(by=BY, email=looking["worker"], team="Team 0")


def _feeds() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chronology_feed (key, title, agency_id, source, rhythm_days, gateway)"
            " SELECT key, 'Feed of ' || name, id, 'bench', 7, '' FROM agencies_agency"
        )
        cursor.execute(
            "INSERT INTO chronology_delivery (feed_id, filename, sha256, state, received, recorded,"
            " rows_read, rows_new, rows_unchanged, rows_quarantined, refusal)"
            " SELECT f.id, 'file ' || d, sha256(convert_to(f.key || d, 'UTF8')), 'done', at, at,"
            " 100, 50, 50, 0, ''"
            " FROM chronology_feed f JOIN agencies_agency a ON a.id = f.agency_id,"
            " generate_series(0, CASE a.kind WHEN 'school' THEN %(school)s ELSE %(other)s END - 1) d,"
            " LATERAL (SELECT now() - make_interval(days => d) AS at) moment",
            DELIVERIES,
        )
