"""Which agencies often have a detail wrong is counted, and a difference from them forgiven."""

from collections.abc import Iterator

import numpy as np
import pytest

from keepsight.engines.linkage import columns_of, linkage
from keepsight.engines.linkage_model import model_in_force
from keepsight.identity import linking, matching
from keepsight.identity.compared import careless_agencies, every_record
from keepsight.identity.models import AgencyCare, Link
from keepsight.kernel.linkage.bulk.scoring import meet
from keepsight.kernel.linkage.learning.care import (
    FEWEST,
    forgiven,
    heeding,
    mistakes,
    often_mistaken,
)
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.linking import MAYA, linked_anew, sent
from tests.factories.people import HABITS, HEALTH, POLICE, SCHOOL, county
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_world


def chance():
    return {name: each.chance for name, each in model_in_force().comparisons.items()}


@pytest.fixture(scope="module")
def counted():
    table = columns_of(county(30_000, seed=31)[0])
    return table, meet(table, model_in_force().blocking)


def test_the_agency_that_slips_most_is_found_in_each_column(counted):
    table, met = counted
    found = mistakes(table, met, chance())
    assert HABITS[POLICE].slips > 2 * HABITS[SCHOOL].slips
    for column, by_agency in found.items():
        assert set(by_agency) == {HEALTH, SCHOOL, POLICE}, f"social care holds no names: {column}"
        assert max(by_agency, key=by_agency.get) == POLICE
    assert "date_of_birth" in often_mistaken(found)[POLICE]
    assert SCHOOL not in often_mistaken(found)


def test_a_difference_from_it_is_forgiven_and_never_held_against(counted):
    table, met = counted
    heeded, told = heeding(table, met, chance())
    assert set(np.unique(told.levels["mistaken_date_of_birth"])) == {-1, 0, 1}
    for bits in forgiven(heeded, told, chance()).values():
        assert (np.diff(bits) >= 0).all()
        assert (bits >= 0).all()
    assert forgiven(heeded, told, chance())["mistaken_date_of_birth"][1] > 0.5


def test_of_few_pairs_or_few_agencies_nothing_is_said():
    table = columns_of(county(150, seed=31)[0])
    met = meet(table, model_in_force().blocking)
    assert len(met.pairs) < FEWEST
    assert all(not by_agency for by_agency in mistakes(table, met, chance()).values())
    assert often_mistaken({"surname": {1: 0.01, 2: 0.3}}) == {}
    assert often_mistaken({"surname": {1: 0.001, 2: 0.001, 3: 0.004}}) == {}
    assert often_mistaken({"surname": {1: 0.01, 2: 0.01, 3: 0.02}}) == {3: frozenset({"surname"})}


@pytest.fixture
def world(database: None) -> Iterator[World]:
    made = make_world()
    with acting_as("batch"):
        yield made


def test_a_run_remembers_it_and_the_next_and_arrivals_heed_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE].pk
    police = world.agencies[AgencyKind.POLICE].pk
    health = world.agencies[AgencyKind.HEALTH].pk
    counted = {"date_of_birth": {council: 0.01, health: 0.01, police: 0.04}}

    def as_counted(records, **said):
        found = linkage(records, **said)
        return type(found)(found.clusters, found.questions, found.standing, counted)

    monkeypatch.setattr(linking, "linkage", as_counted)
    sent(world, "a", AgencyKind.CHILDRENS_SOCIAL_CARE, **MAYA)
    linked_anew()
    assert careless_agencies() == {police: frozenset({"date_of_birth"})}
    before = set(AgencyCare.objects.values_list("pk", flat=True))
    near = MAYA | {"date_of_birth": MAYA["date_of_birth"].replace(day=5)}
    subject = sent(world, "b", AgencyKind.POLICE, **near)
    [record] = [each for each in every_record()[None] if each.subject == subject]
    assert record.careless == {"date_of_birth"}
    assert matching.match_arrived(by=TESTER, subject_id=subject)
    link = Link.objects.get(subject_record=subject, recorded_until=None)
    assert "nearly the same date of birth, which an agency often has wrong" in link.reasons
    weight = link.weight
    linked_anew()
    link.refresh_from_db()
    assert (link.weight, link.recorded_until) == (weight, None)
    assert set(AgencyCare.objects.values_list("pk", flat=True)) == before
