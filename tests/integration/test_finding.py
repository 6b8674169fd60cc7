"""Searching: what stands first, that pages follow one another, and what is no name."""

import pytest

from keepsight.identity.queries import children_of_agency
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import looking
from tests.factories.world import World, make_child, make_world

UPN = "H801200001001"
NAMES = (
    ("Ann", "Smithe"),
    ("Smith", "Brown"),
    ("Bea", "Smyth"),
    ("Col", "Smith"),
    ("Ada", "Smith"),
    ("Hal", "Jones"),
)


@pytest.fixture
def world(database: None) -> World:
    world = make_world()
    for forename, surname in NAMES:
        upn = UPN if surname == "Brown" else None
        details = PersonDetails(forename=forename, surname=surname, upn=upn)
        make_child((world.agencies[AgencyKind.POLICE], details))
    return world


def found(world: World, search: str, *, offset: int = 0, limit: int = 20) -> list[str]:
    with looking(world.people[AgencyKind.POLICE]) as viewer:
        lines = children_of_agency(viewer, search=search, offset=offset, limit=limit)
    return [line.name + (" (sounds alike)" if line.sounds_like else "") for line in lines]


BY_SMITH = ["Ada Smith", "Col Smith", "Ann Smithe", "Smith Brown", "Bea Smyth (sounds alike)"]


def test_surnames_stand_before_forenames_and_both_before_what_sounds_alike(world: World) -> None:
    assert found(world, "smith") == BY_SMITH


def test_pages_of_a_search_follow_one_another(world: World) -> None:
    assert [found(world, "smith", offset=each, limit=1) for each in range(6)] == [
        *([name] for name in BY_SMITH),
        [],
    ]


def test_two_words_are_a_name_in_either_order(world: World) -> None:
    assert found(world, "ada smith") == found(world, "smith ada") == ["Ada Smith"]


def test_a_number_finds_its_child_and_is_no_beginning_of_a_name(world: World) -> None:
    assert found(world, UPN) == ["Smith Brown"]
