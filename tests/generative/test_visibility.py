"""Row-level security and the queries against the rule, over random small worlds.

For every person, child and record: nothing leaks that the rule withholds, and nothing is
withheld that it grants.
"""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Tier
from tests.factories.building import build
from tests.factories.known_world import (
    CASES,
    KINDS,
    PersonPlan,
    Place,
    RecordPlan,
    WorldPlan,
)
from tests.factories.sights import disagreements

COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
ALWAYS = (
    PersonPlan((0, COUNCIL), Role.SOCIAL_WORKER),
    PersonPlan((0, COUNCIL), Role.PRACTITIONER),
    PersonPlan((0, AgencyKind.INSPECTORATE), Role.INSPECTOR),
)
areas = st.integers(0, 1)
places: st.SearchStrategy[Place] = st.tuples(areas, st.sampled_from(KINDS))


@st.composite
def records(draw: st.DrawFn, children: int) -> RecordPlan:
    """What an agency knows of one of the children; only a council opens and closes cases."""
    place = draw(places)
    case = draw(st.sampled_from(CASES)) if place[1] is COUNCIL else "none"
    return RecordPlan(
        child=draw(st.integers(0, children - 1)),
        holder=place,
        facts=tuple(draw(st.lists(st.sampled_from(Tier), max_size=2))),
        corrected=draw(st.booleans()),
        week=draw(st.booleans()),
        case=case,
        unlinked=draw(st.integers(0, 5)) == 5,
    )


@st.composite
def worlds(draw: st.DrawFn) -> WorldPlan:
    """One to three children, up to nine records of them, and up to eight people who look."""
    children = draw(st.integers(1, 3))
    child = st.integers(0, children - 1)
    doors = draw(st.lists(st.tuples(child, areas), max_size=2, unique=True))
    people = st.builds(
        PersonPlan, places, st.sampled_from(Role), inspects=st.sampled_from((None, 0, 1))
    )
    other = draw(st.lists(people.filter(lambda each: each not in ALWAYS), max_size=5, unique=True))
    return WorldPlan(
        children=children,
        records=tuple(draw(st.lists(records(children), min_size=1, max_size=9))),
        people=(*ALWAYS, *other),
        front_doors=tuple(doors),
        alerts=tuple(draw(st.lists(st.tuples(child, areas), max_size=2, unique_by=lambda a: a[0]))),
        duties=tuple(draw(st.lists(st.tuples(child, places), max_size=2))),
        quarantine=tuple(draw(st.lists(places, max_size=2))),
    )


def compare(plan: WorldPlan) -> None:
    assert disagreements(build(plan)) == []


worlds_differ = given(worlds())
few = settings(max_examples=15, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=150)


@few
@worlds_differ
def test_the_database_gives_what_the_rule_gives(database: None, plan: WorldPlan) -> None:
    compare(plan)


@pytest.mark.full
@many
@worlds_differ
def test_the_database_gives_what_the_rule_gives_at_length(database: None, plan: WorldPlan) -> None:
    compare(plan)
