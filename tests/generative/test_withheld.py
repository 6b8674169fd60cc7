"""Withheld means withheld: on no page does anything tell where a protected child is.

Random worlds in which whatever could tell has a word that stands nowhere else; every page that
can be about the child, as everybody; none of another agency's words on any of them.
"""

from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from keepsight.agencies.models import Person
from keepsight.kernel.agreements import USUAL
from keepsight.kernel.looking import Relation
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.marked import EVERYTHING, Marked, MarkedPlan, mark

COUNCIL, POLICE, SCHOOL = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
)
HOME, REFUGE = AgencyKind.CHILDRENS_HOME, AgencyKind.REFUGE
kinds = st.sampled_from([kind for kind in AgencyKind if kind is not AgencyKind.PARTNERSHIP])
several = st.lists(kinds, unique=True, max_size=4).map(tuple)
TIES = (Relation.CONFERENCE, Relation.INSPECTION, Relation.BREAK_GLASS, Relation.FRONT_DOOR)


@st.composite
def protected_worlds(draw: st.DrawFn) -> MarkedPlan:
    """The child's address is protected: by an agency's own word, by a lead, or by both."""
    holders = draw(st.lists(kinds, unique=True, min_size=2, max_size=6).map(tuple))
    protected = draw(st.booleans())
    withheld_by = draw(st.sampled_from([(), *((kind,) for kind in holders)]))
    return MarkedPlan(
        holders=holders,
        withheld_by=withheld_by,
        protected=protected or not withheld_by,
        agreement=draw(st.sampled_from((EVERYTHING, EVERYTHING, USUAL))),
        relations=draw(st.lists(st.sampled_from(TIES), unique=True).map(tuple)),
        owed_by=draw(several),
        alerted=draw(st.booleans()),
    )


def addresses(world: Marked, person: Person) -> Iterator[str]:
    """Every page that can be about the child, or list it, or fail to show it."""
    child = f"/children/{world.child}/"
    yield from (
        "/",
        "/?alerts=2&obligations=2",
        "/feeds/",
        "/governed/",
        "/areas/",
        "/analysis/",
        "/apart/",
    )
    yield from ("/children/", "/children/?search=Example", "/children/?search=Ada+Example")
    yield from (child, f"{child}?known_on=2026-03-10", f"{child}?known_on=2025-01-01")
    yield f"{child}?agency=School+(name+withheld)&standing=Raises+concern"
    if world.alert:
        yield f"{child}alerts/{world.alert}/decision/"
    for form in ("return-interview/held", "return-interview/offered", "referral-decision"):
        yield f"{child}{form}/"
    for form in ("allocation", "interest"):
        yield f"{child}{form}/"
    yield "/children/00000000-0000-0000-0000-000000000001/"


def read(world: Marked, person: Person) -> dict[str, str]:
    """The pages as they come, errors and all. A form is sent empty too, for its error page."""
    browser = signed_in(person)
    found = {}
    for address in addresses(world, person):
        found[address] = browser.get(address, follow=True).content.decode()
        if address.startswith(f"/children/{world.child}/") and address.count("/") > 3:
            found[f"POST {address}"] = browser.post(address).content.decode()
    return found


def told(world: Marked, person: Person) -> set[str]:
    """Whose word stands on which page, of those that must stay unsaid."""
    telling = world.telling(person)
    return {
        f"{Role(person.role)} at {person.agency.kind}: {whose} on {address}"
        for address, page in read(world, person).items()
        for word, whose in telling.items()
        if word in page
    }


@given(protected_worlds(), st.sets(st.integers(0, 17), min_size=4, max_size=4))
@settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_tells_where_a_protected_child_is(
    database: None, plan: MarkedPlan, readers: set[int]
) -> None:
    """Four people of each world; a world takes too long to be made again and again smaller."""
    world = mark(plan)
    assert set().union(*(told(world, world.people[number]) for number in readers)) == set()


FULL = MarkedPlan(
    holders=(COUNCIL, POLICE, SCHOOL, HOME, AgencyKind.HEALTH, REFUGE),
    withheld_by=(SCHOOL,),
    agreement=EVERYTHING,
    relations=TIES,
    owed_by=(COUNCIL, SCHOOL),
)


@pytest.fixture(scope="module")
def world(lasting_database: None) -> Marked:
    return mark(FULL)


def test_its_own_words_an_agency_reads_on(world: Marked) -> None:
    for person in world.people:
        kind = AgencyKind(person.agency.kind)
        if kind in FULL.holders and person.role in (Role.PRACTITIONER, Role.SOCIAL_WORKER):
            page = signed_in(person).get(f"/children/{world.child}/").content.decode()
            assert {word for word in world.own(person) if word not in page} == set(), kind


def test_in_a_world_of_everything_nothing_tells_either(world: Marked) -> None:
    assert set().union(*(told(world, person) for person in world.people)) == set()


def test_the_same_words_do_stand_there_when_nothing_is_protected(database: None) -> None:
    """The test can fail: without protection these very words are read by those who lead."""
    open_world = mark(MarkedPlan(**{**vars(FULL), "withheld_by": ()}))
    [worker] = [each for each in open_world.people if each.role == Role.SOCIAL_WORKER]
    said = {found.split(" on ")[0].rsplit(" ", 1)[1] for found in told(open_world, worker)}
    assert {"NAME", "PHONE", "KEY", "FEED", "FOUND", "FROM", "WITH", "REMARK", "UPN"} <= said
    assert {"SEEN", "WRITTEN"} <= said
