"""What two records said before, where they now differ: the bulk core says what one pair says."""

from itertools import product

import numpy as np
import pytest

from keepsight.engines.linkage import columns_of
from keepsight.kernel.linkage.bulk.columns import Pairs
from keepsight.kernel.linkage.bulk.comparing import levels_of
from keepsight.kernel.linkage.comparing import former_level
from keepsight.kernel.linkage.levels import UNKNOWN
from keepsight.kernel.linkage.records import LinkageRecord

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("one", "other", "before_one", "before_other", "level"),
    [
        ("a", "a", {"b"}, {"b"}, UNKNOWN),
        ("a", "b", {"b"}, NOTHING, 1),
        ("a", "b", NOTHING, {"a"}, 1),
        ("a", "b", {"c"}, {"c"}, 0),
        ("a", "b", {"c"}, {"d"}, UNKNOWN),
        ("a", "b", NOTHING, NOTHING, UNKNOWN),
        ("a", None, NOTHING, {"a"}, 1),
        (None, None, {"c"}, {"c"}, 0),
        (None, None, NOTHING, {"c"}, UNKNOWN),
        ("a", "b", {"b", "c"}, {"c"}, 1),
    ],
)
def test_the_level_of_what_was_said_before(one, other, before_one, before_other, level):
    assert former_level(one, other, before_one, before_other) == level
    assert former_level(other, one, before_other, before_one) == level


def test_over_an_area_it_is_the_same_as_pair_by_pair():
    now = ("a", "b", None)
    before = (NOTHING, {"a"}, {"b"}, {"c"}, {"a", "c"}, {"b", "c"})
    records = [
        LinkageRecord(subject=number, agency=1, surname=said, former_surnames=frozenset(earlier))
        for number, (said, earlier) in enumerate(product(now, before))
    ]
    left, right = (each.astype(np.int32) for each in np.triu_indices(len(records), 1))
    found = levels_of(columns_of(records), Pairs(left, right))["former_surname"].tolist()
    expected = [
        former_level(
            records[i].surname,
            records[j].surname,
            records[i].former_surnames,
            records[j].former_surnames,
        )
        for i, j in zip(left.tolist(), right.tolist(), strict=True)
    ]
    assert found == expected
    assert set(found) == {UNKNOWN, 0, 1}


def test_rows_that_are_picked_keep_what_they_said_before():
    records = [
        LinkageRecord(subject=1, agency=1, postcode="x", former_postcodes=frozenset("z")),
        LinkageRecord(subject=2, agency=1, postcode="y"),
        LinkageRecord(subject=3, agency=1, postcode="w", former_postcodes=frozenset("y")),
    ]
    table = columns_of(records).only(np.array([1, 2]))
    pair = Pairs(np.array([0], np.int32), np.array([1], np.int32))
    assert levels_of(table, pair)["former_postcode"].tolist() == [1]
