"""One record weighed beside others as it arrives: the weights and levels of the bulk core."""

import numpy as np
import pytest

from keepsight.engines.linkage import columns_of
from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.levels import LEVELS
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.weighing import Population, Scales, beside
from tests.factories.people import county
from tests.integration.test_bulk_linkage import EQUAL, ODD


def population_of(table):
    shares = {}
    for name in ("surname", "forename"):
        column = table.columns[name]
        shares[name] = dict(zip(column.values, column.frequencies().tolist(), strict=True))
    return Population(len(table), shares)


def apart(records):
    """How many pairs there are, and the most bits by which a weight differs; levels are equal."""
    table = columns_of(records)
    scored = score(table, model_in_force())
    population, by_subject = population_of(table), {each.subject: each for each in records}
    found = np.stack([scored.levels[name] for name in LEVELS], axis=1).tolist()
    pairs = zip(scored.pairs.left.tolist(), scored.pairs.right.tolist(), strict=True)
    met = {}
    for place, pair in enumerate(pairs):
        # From either side, as whoever came last is the one to be weighed.
        own, other = (int(table.subjects[each]) for each in (pair[::-1], pair)[place % 2])
        met.setdefault(own, []).append((other, place))
    most = 0.0
    for own, others in met.items():
        scales = Scales(model_in_force(), by_subject[own], population)
        weighed = scales.weigh(beside(by_subject[other]) for other, _ in others)
        for each, (_, place) in zip(weighed, others, strict=True):
            assert list(map(each.levels.get, LEVELS)) == found[place]
            most = max(most, abs(each.weight - scored.weight[place]))
            bits = sum(column.bits for column in scales.evidence(each))
            assert bits == pytest.approx(
                each.weight - model_in_force().prior_bits(len(table)), abs=EQUAL
            )
    return len(scored.pairs), most


@pytest.mark.parametrize("children", [40_000, pytest.param(400_000, marks=pytest.mark.full)])
def test_one_record_weighs_beside_another_what_the_bulk_core_says(children):
    pairs, most = apart(county(children, seed=29)[0])
    assert pairs > 100_000
    assert most < EQUAL


def test_so_does_what_is_odd_or_missing():
    records = [LinkageRecord(subject=i, agency=1, **said) for i, said in enumerate(ODD, start=1)]
    pairs, most = apart(records)
    assert pairs
    assert most < EQUAL
