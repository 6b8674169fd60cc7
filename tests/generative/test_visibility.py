"""Row-level security and the queries against the rule, over random small worlds.

For every person, child and record: nothing leaks that the rule withholds, and nothing is
withheld that it grants.
"""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from keepsight.kernel.agreements import USUAL, Clause
from keepsight.kernel.looking import AreaRules, Purpose, Reach, Serves, Sight
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from tests.factories.building import build
from tests.factories.known_world import (
    CASES,
    KINDS,
    AgreementPlan,
    Fact,
    PersonPlan,
    Place,
    RecordPlan,
    SealPlan,
    TiePlan,
    When,
    WorldPlan,
)
from tests.factories.sights import disagreements

pytestmark = pytest.mark.access

COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
ALWAYS = (
    PersonPlan((0, COUNCIL), Role.SOCIAL_WORKER, team=0),
    PersonPlan((0, COUNCIL), Role.SOCIAL_WORKER, team=1),
    PersonPlan((0, AgencyKind.POLICE), Role.PRACTITIONER),
    PersonPlan((0, AgencyKind.INSPECTORATE), Role.INSPECTOR),
)
GIVABLE = tuple(each for each in Category if not each.never_agreed)
areas = st.integers(0, 1)
places: st.SearchStrategy[Place] = st.tuples(areas, st.sampled_from(KINDS))
whens = st.sampled_from((When.NOW, When.NOW, When.OVER, When.TO_COME))
rarely = st.integers(0, 5).map(lambda number: number == 5)
kinds = st.frozensets(st.sampled_from(KINDS), min_size=1)
clauses = st.builds(
    Clause,
    givers=kinds,
    receivers=kinds,
    serves=st.sampled_from(Serves),
    categories=st.lists(st.sampled_from(GIVABLE), min_size=1, max_size=3, unique=True).map(tuple),
    sight=st.sampled_from((Sight.EXISTENCE, Sight.SUMMARY, Sight.CONTENT)),
    gateway=st.just("test"),
    purpose=st.sampled_from((Purpose.SAFEGUARDING, Purpose.SAFEGUARDING, Purpose.ANALYSIS)),
)
agreements = st.builds(
    AgreementPlan,
    clauses=st.one_of(st.just(USUAL), st.lists(clauses, min_size=1, max_size=3).map(tuple)),
    parties=st.lists(places, max_size=8, unique=True).map(tuple),
    when=whens,
)
area_rules = st.builds(
    AreaRules,
    involved_days=st.sampled_from((30, 365, 2000)),
    involved_may_know=st.booleans(),
    reach=st.sampled_from(Reach),
)


@st.composite
def records(draw: st.DrawFn, children: int) -> RecordPlan:
    """What an agency knows of one of the children; only a council opens and closes cases."""
    place = draw(places)
    case = draw(st.sampled_from(CASES)) if place[1] is COUNCIL else "none"
    return RecordPlan(
        child=draw(st.integers(0, children - 1)),
        holder=place,
        facts=tuple(draw(st.lists(st.sampled_from(Fact), max_size=3, unique=True))),
        corrected=draw(st.booleans()),
        week=draw(st.booleans()),
        case=case,
        unlinked=draw(rarely),
        stale=draw(rarely),
        withheld=draw(rarely),
        sealed=draw(rarely),
    )


@st.composite
def people(draw: st.DrawFn) -> tuple[PersonPlan, ...]:
    """Those who are always there, and up to six others; only a council has teams."""
    others = draw(
        st.lists(
            st.builds(
                PersonPlan, places, st.sampled_from(Role), inspects=st.sampled_from((None, 0, 1))
            ),
            max_size=6,
        )
    )
    return (*ALWAYS, *others)


@st.composite
def worlds(draw: st.DrawFn) -> WorldPlan:
    """One to three children, up to nine records of them, up to ten people who look, and all that
    ties people to children or keeps them apart.
    """
    children = draw(st.integers(1, 3))
    child = st.integers(0, children - 1)
    who = draw(people())
    person = st.integers(0, len(who) - 1)

    def some(plan: st.SearchStrategy, most: int = 2, **how: object) -> tuple:
        return tuple(draw(st.lists(plan, max_size=most, **how)))

    ties = st.builds(TiePlan, child, person, whens)
    of_council = st.builds(TiePlan, child, st.sampled_from((0, 1)), whens)
    by_tie = {"unique_by": lambda tie: (tie.child, tie.person)}
    return WorldPlan(
        children=children,
        records=tuple(draw(st.lists(records(children), min_size=1, max_size=9))),
        people=who,
        front_doors=some(st.tuples(child, areas), unique=True),
        alerts=some(st.tuples(child, areas), unique_by=lambda alert: alert[0]),
        duties=some(st.tuples(child, places)),
        quarantine=some(places),
        agreements=(AgreementPlan(), *some(agreements))
        if draw(st.booleans())
        else some(agreements),
        settings=some(st.tuples(areas, area_rules), unique_by=lambda each: each[0]),
        allocated=some(of_council, **by_tie),
        teams=some(of_council, **by_tie),
        conferences=some(ties, **by_tie),
        inspections=some(ties, **by_tie),
        broken_glass=some(ties, **by_tie),
        excluded=some(ties, **by_tie),
        seals=some(
            st.builds(SealPlan, child, st.lists(person, min_size=1, max_size=3).map(tuple), whens),
            most=1,
        ),
        protections=some(st.tuples(child, whens), most=1),
    )


def compare(plan: WorldPlan) -> None:
    assert list(disagreements(build(plan))) == []


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
