"""An analyst reads counts and pseudonyms that the night made, and no table about a child."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from keepsight.agencies.models import Area, Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.detection.models import Alert, AlertMet
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.oversight.models import AreaFigure, ReleasedChild, ReleasedCount
from keepsight.oversight.releases import write_releases
from tests.factories.browsing import signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.sights import rows_without
from tests.factories.signing_in import in_database
from tests.factories.world import NOW, TESTER, World, make_child, make_person, make_world

COMMON, RARE, LARGE = (each for each in sorted(CATALOGUE, key=lambda each: each.code)[:3])
JANUARY, FEBRUARY = date(2026, 1, 20), date(2026, 2, 3)
TODAY = NOW.date()


@action
def alerts(*, by: Actor, area: Area, children: list[uuid.UUID], code: str, met: date) -> None:
    for child in children:
        alert = Alert.objects.filter(child_id=child).first() or Alert.objects.create(
            child_id=child,
            area=area,
            concern=Concern.GOING_MISSING.value,
            first_met=met,
            last_met=met,
            waiting_since=met,
            recorded=NOW,
        )
        AlertMet.objects.create(
            alert=alert,
            child_id=child,
            area=area,
            indicator=code,
            version=1,
            first_met=met,
            last_met=met,
        )


@pytest.fixture
def world(database: None) -> World:
    """Twenty children with one alert each in January, nine in February, and three with another."""
    world = make_world()
    police = world.agencies[AgencyKind.POLICE]
    teen = PersonDetails(surname="Example", date_of_birth=date(2011, 5, 2))
    children = [make_child((police, teen)) for _ in range(29)]
    with acting_as("batch"):
        for those, code, met in (
            (children[:20], COMMON.code, JANUARY),
            (children[20:], COMMON.code, FEBRUARY),
            (children[:8], LARGE.code, FEBRUARY),
            (children[:3], RARE.code, FEBRUARY),
        ):
            alerts(by=TESTER, area=world.area, children=those, code=code, met=met)
        write_releases(by=TESTER, as_of=TODAY)
    return world


def somebody(world: World, role: Role) -> Person:
    """The world's own person in this part, or a new one."""
    held = [person for person in world.people.values() if person.role == role]
    with acting_as("batch"):
        return held[0] if held else make_person(world.agencies[AgencyKind.PARTNERSHIP], role)


def cells(page: str, title: str) -> list[str]:
    row = re.search(rf"{re.escape(title)}</th>(.*?)</tr>", page, re.DOTALL)
    assert row
    return re.findall(r">\s*([\dc,]+)\s*</td>", row[1])


def test_the_page_says_what_is_large_and_hides_what_is_small(world: World) -> None:
    page = signed_in(somebody(world, Role.ANALYST)).get("/analysis/").content.decode()
    assert cells(page, COMMON.title) == ["20", "9", "29"]
    assert cells(page, RARE.title)[1] == "c"
    assert "January 2026" in page
    assert "Some children are left out" in page


def test_the_list_has_nobody_who_stands_alone(world: World, server: ServerAddress) -> None:
    kept = in_database(
        server, "SELECT pseudonym, age_band, indicators FROM oversight_releasedchild"
    )
    assert kept
    likenesses = [(age, tuple(codes)) for _, age, codes in kept]
    assert all(likenesses.count(each) >= 6 for each in likenesses)
    assert len({name for name, *_ in kept}) == len(kept)
    children = in_database(server, "SELECT id::text FROM identity_child")
    ids = " ".join(each.replace("-", "") for (each,) in children)
    assert all(name not in ids for name, *_ in kept)
    assert all(RARE.code not in codes for _, codes in likenesses)


def test_no_small_number_is_kept_where_the_page_reads(world: World, server: ServerAddress) -> None:
    values = in_database(
        server, "SELECT value FROM oversight_releasedcount WHERE value BETWEEN 1 AND 5"
    )
    assert values == []
    assert in_database(server, "SELECT 1 FROM oversight_releasedcount WHERE value IS NULL")


def test_a_months_release_is_made_once(world: World, server: ServerAddress) -> None:
    query = "SELECT pseudonym FROM oversight_releasedchild ORDER BY 1"
    before = in_database(server, query)
    with acting_as("batch"):
        assert write_releases(by=TESTER, as_of=TODAY) == 0
        assert in_database(server, query) == before
        assert write_releases(by=TESTER, as_of=date(2026, 4, 1)) == 1
    after = {name for (name,) in in_database(server, query)} - {name for (name,) in before}
    assert len(after) == len(before), "the same child has another pseudonym in another release"


def test_an_analyst_reads_no_table_about_a_child(world: World) -> None:
    with looking(somebody(world, Role.ANALYST)):
        given = {table: number for table, number in rows_without(None).items() if number}
        assert given == {}
        assert ReleasedCount.objects.exists()
        assert ReleasedChild.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANALYST])
def test_a_release_is_for_analysts_only(world: World, role: Role) -> None:
    person = somebody(world, role)
    with looking(person):
        assert not ReleasedCount.objects.exists()
        assert not ReleasedChild.objects.exists()


def test_another_areas_analyst_reads_nothing_of_it(world: World) -> None:
    other = somebody(make_world("southmere"), Role.ANALYST)
    assert "No release has been made" in signed_in(other).get("/analysis/").content.decode()
    with looking(other):
        assert not ReleasedChild.objects.exists()


def test_nobody_changes_a_release(world: World) -> None:
    for role in ("app", "batch"):
        with acting_as(role), pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("UPDATE oversight_releasedcount SET value = 1")


@action
def figures(*, by: Actor, world: World, values: dict[str, int]) -> None:
    council = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    AreaFigure.objects.bulk_create(
        AreaFigure(
            area=world.area,
            figure=name,
            as_of=TODAY,
            value=value,
            recorded=NOW,
            agency=council if name.startswith("obligations") else None,
        )
        for name, value in values.items()
    )


@pytest.mark.parametrize("role", [Role.PARTNERSHIP_LEAD, Role.ANALYST, Role.TEAM_MANAGER])
def test_the_areas_page_hides_small_numbers_too(database: None, role: Role) -> None:
    world = make_world()
    with acting_as("batch"):
        figures(
            by=TESTER,
            world=world,
            values={
                "obligations_overdue": 3,
                "obligations_met": 1250,
                "missing_from_school": 40,
                "missing_from_school_unassessed": 38,
                "missing_from_home": 4,
            },
        )
    person = somebody(world, role)
    page = signed_in(person).get("/areas/", follow=True).content.decode()
    assert cells(page, world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE].name) == [
        *("c", "0", "1,250", "0", "0")
    ]
    assert "40 children are recorded as missing from school." in page
    assert "Of them, 38" not in page, "less what is shown, it would tell the other two"
    assert "signs that nobody has assessed is c." in page
    assert "The number of children recorded as missing from home is too small to say." in page
