"""Random rules over random histories: the engines find what the plain evaluator finds."""

from dataclasses import replace

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepsight.engines import embedded
from keepsight.engines.event_tables import create_event_tables, fill_event_tables
from keepsight.engines.indicators import ChildFinding, evaluate
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.entities.company import company_of, harmed_since, named_by
from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.indicators import oracle
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.conditions import Operator
from keepsight.kernel.indicators.nodes import NODES, parts
from keepsight.kernel.indicators.selecting import Beside, Bond, Select, Shared
from keepsight.kernel.indicators.windows import Moment
from tests.factories.ruling import AS_OF, READABLE, RICHEST, histories, rules


@st.composite
def worlds(draw):
    """A few rules and a few children, over the same two kinds so that they often meet."""
    kind = st.sampled_from([*RICHEST, *RICHEST]) | st.sampled_from([*RICHEST, *READABLE])
    kinds = draw(st.lists(kind, min_size=1, max_size=2, unique=True))
    indicators = [
        replace(CATALOGUE[0], code=f"rule_{number}", rule=draw(rules(kinds)))
        for number in range(draw(st.integers(1, 4)))
    ]
    children = {f"child {number}": draw(histories(kinds)) for number in range(4)}
    return indicators, children


# --- What must hold ---


def by_oracle(indicators, children):
    known = [(child, event) for child, events in children.items() for event in events]
    named = [each for child, event in known for each in named_by(child, event)]
    harmed = harmed_since(known)
    company = {child: company_of(child, named, harmed) for child in children}
    return [
        ChildFinding(child_id, found.code, found.version, found.as_of, found.evidence)
        for child_id, events in sorted(children.items())
        for indicator in indicators
        if (found := oracle.evaluate(indicator, events, AS_OF, company[child_id]))
    ]


def prepared(backend):
    create_event_tables(backend)
    create_kind_tables(backend)
    return backend


@pytest.fixture(scope="module")
def duckdb():
    backend = prepared(ibis.duckdb.connect())
    yield backend
    backend.disconnect()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    address = embedded.start(tmp_path_factory.mktemp("postgres"), durable=False)
    with address.connect() as connection:
        yield prepared(ibis.postgres.from_connection(connection))


def agrees(backend, world):
    indicators, children = world
    fill_event_tables(
        backend, [(child, event) for child, events in children.items() for event in events]
    )
    assert evaluate(backend, indicators, AS_OF) == by_oracle(indicators, children)


SLOWLY = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(SLOWLY, max_examples=30)
@given(world=worlds())
def test_duckdb_finds_what_the_oracle_finds(duckdb, world):
    agrees(duckdb, world)


@settings(SLOWLY, max_examples=10)
@given(world=worlds())
def test_postgres_finds_what_the_oracle_finds(postgres, world):
    agrees(postgres, world)


def with_shared(indicators, children):
    """Whether rules that ask for what is shared are met."""
    asking = [each for each in indicators if any(isinstance(p, Shared) for p in parts(each.rule))]
    found = len(by_oracle(asking, children))
    return ([True] if found else []) + ([False] if found < len(asking) * len(children) else [])


def test_every_part_of_the_language_is_tried_and_many_rules_are_met():
    tried, met, shared = set(), {True: 0, False: 0}, set()

    @settings(SLOWLY, max_examples=200, derandomize=True)
    @given(world=worlds())
    def look(world):
        indicators, children = world
        found = len(by_oracle(indicators, children))
        met[True] += found
        met[False] += len(indicators) * len(children) - found
        for part in (part for each in indicators for part in parts(each.rule)):
            tried.update({type(part), getattr(part, "operator", None)})
            if isinstance(part, Select):
                tried.update({part.moment, bool(part.weekdays)})
            if isinstance(part, Beside):
                tried.update({part.bond, part.there, part.within is None})
            if isinstance(part, Shared):
                tried.update(part.by)
        shared.update(with_shared(indicators, children))

    look()
    assert shared == {True, False}, "what is shared is met, and is not"
    assert tried >= {*NODES, *Operator, *Moment, *Bond, *EntityKind, True, False}
    assert min(met.values()) > 100
