"""Who takes part in the benchmark: areas, agencies, teams, people, and one agreement of all."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from keepsight.access.actions import sign_agreement
from keepsight.agencies import queries
from keepsight.agencies.actions import join_team, register_agency, register_area, register_person
from keepsight.agencies.models import Area
from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.cli.access_bench.children import OF_A_SCHOOL
from keepsight.kernel.agreements import USUAL
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind

BY = system("benchmark")
PASSWORD = "three made-up words"  # noqa: S105 - of made-up people, in a database of the benchmark
WORKERS, OF_A_TEAM = 300, 10
DELIVERIES = {"school": 190, "other": 52}
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
    """Everybody, and the usual agreement between all agencies."""
    for number in range(areas):
        _area(number)
    for number in range(-(-children // OF_A_SCHOOL)):
        area = area_of_school(number, children, areas)
        _agency(f"school-{number}", AgencyKind.SCHOOL, areas_by_key()[f"bench-{area}"])
    _sign()
    set_up_teams(by=BY)
    _people()
    set_up_feeds(by=BY)


def area_of_school(school: int, children: int, areas: int) -> int:
    """The number of the area that a school stands in: neighbouring schools share one."""
    return min(school * OF_A_SCHOOL * areas // children, areas - 1)


def areas_by_key() -> dict[str, Area]:
    return {area.key: area for area in queries.areas()}


def _area(number: int) -> None:
    area = register_area(by=BY, key=f"bench-{number}", name=f"Benchshire {number}")
    _agency(f"council-{number}", AgencyKind.CHILDRENS_SOCIAL_CARE, area)
    if number == 0:
        _agency("police", AgencyKind.POLICE, area)
        _agency("trust-0", AgencyKind.HEALTH, area)
        _agency("trust-1", AgencyKind.HEALTH, area)
        _agency("partnership", AgencyKind.PARTNERSHIP, area)


def _agency(key: str, kind: AgencyKind, area: Area) -> None:
    name = f"{key.replace('-', ' ').title()} of {area.name}"
    register_agency(by=BY, key=key, name=name, kind=kind, area=area, phone="01632 960000")


def _sign() -> None:
    parties = [each for area in queries.areas() for each in queries.agencies_of(area.pk)]
    begun = timezone.now() - timedelta(days=400)
    sign_agreement(by=BY, agreement_id=1, parties=parties, clauses=USUAL, since=begun, until=None)


TEAMS = """
INSERT INTO agencies_team (agency_id, name, front_door)
SELECT id, CASE number WHEN 0 THEN 'Front door' ELSE 'Team ' || number END, number = 0
FROM agencies_agency, generate_series(0, %(teams)s) number WHERE kind = 'childrens_social_care'"""
IN_TEAMS = """
INSERT INTO agencies_person (email, name, agency_id, role, team_id, password, phone, is_active,
  active_since, closed_because)
SELECT a.key || '-' || number || '@bench.example', 'Worker ' || number || ' Example', a.id,
  'social_worker', t.id, '!', '', true, now(), ''
FROM agencies_agency a, generate_series(0, %(workers)s - 1) number, agencies_team t
WHERE a.kind = 'childrens_social_care' AND t.agency_id = a.id
  AND t.name = 'Team ' || 1 + number / %(of_a_team)s"""
FEEDS = """
INSERT INTO chronology_feed (key, title, agency_id, source, rhythm_days, gateway, controller,
  purpose, necessity, necessity_of_all, assessment, cohort, vouches, unmatched_days, reduces_codes,
  state, switched_because, shortfalls)
SELECT key, 'Feed of ' || name, id, 'bench', 7, '', '', '', '', '', '', 'all', true, 28, false,
  'holding', '', '[]' FROM agencies_agency"""
FILES = """
INSERT INTO chronology_delivery (feed_id, filename, sha256, state, received, recorded, rows_read,
  rows_new, rows_unchanged, rows_superseded, rows_quarantined, rows_left_out, remarks, attempts,
  spooled, size, refusal, reasons, findings)
SELECT f.id, 'file ' || d, sha256(convert_to(f.key || d, 'UTF8')), 'done', at, at, 100, 50, 50, 0,
  0, 0, 0, 1, '', 0, '', '[]', '[]'
FROM chronology_feed f JOIN agencies_agency a ON a.id = f.agency_id,
  generate_series(0, CASE a.kind WHEN 'school' THEN %(school)s ELSE %(other)s END - 1) d,
  LATERAL (SELECT now() - make_interval(days => d) AS at) moment"""


@action
def set_up_teams(*, by: Actor) -> None:
    """Each council's front door, and its workers in teams of ten."""
    numbers = {"teams": WORKERS // OF_A_TEAM, "workers": WORKERS, "of_a_team": OF_A_TEAM}
    with connection.cursor() as cursor:
        cursor.execute(TEAMS, numbers)
        cursor.execute(IN_TEAMS, numbers)


@action
def set_up_feeds(*, by: Actor) -> None:
    """A feed of each agency, and the files of a year."""
    with connection.cursor() as cursor:
        cursor.execute(FEEDS)
        cursor.execute(FILES, DELIVERIES)


def _people() -> None:
    looking = asdict(Looking())
    for part, (key, role, team) in {
        "manager": ("council-0", Role.TEAM_MANAGER, "Front door"),
        "trust": ("trust-1", Role.PRACTITIONER, None),
        "school": ("school-0", Role.PRACTITIONER, None),
        "lead": ("partnership", Role.PARTNERSHIP_LEAD, None),
        "worker": ("council-0", Role.SOCIAL_WORKER, "Team 1"),
    }.items():
        agency = queries.agency_by_key(key)
        register_person(
            by=BY,
            email=looking[part],
            name=f"{part.title()} Example",
            agency=agency,
            role=role,
            password=PASSWORD,
        )
        if team:
            join_team(by=BY, email=looking[part], team=team)
