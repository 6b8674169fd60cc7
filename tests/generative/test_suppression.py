"""No number that is hidden can be worked out, by subtraction or by solving all sums at once."""

import uuid
from collections import Counter
from datetime import date
from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from scipy.optimize import linprog

from keepsight.kernel.statistics.releases import (
    Likeness,
    age_band,
    pseudonym,
    released,
)
from keepsight.kernel.statistics.small_numbers import THRESHOLDS, SmallNumber, threshold_on
from keepsight.kernel.statistics.suppression import (
    Shown,
    suppressed,
    suppressed_parts,
    with_totals,
)

SMALL = threshold_on(date(2026, 3, 16))
counts = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 300))
tables = st.tuples(st.integers(1, 5), st.integers(1, 6)).flatmap(
    lambda size: st.lists(
        st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def primary_only(table: list[list[int]]) -> Shown:
    """The careless way, which the tests must catch: hide what is small and nothing else."""
    return tuple(
        tuple(None if SMALL.hides(value) else value for value in row) for row in with_totals(table)
    )


def sums(shown: Shown) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """What a reader knows: each line's parts less its total is nought, for the hidden cells."""
    hidden = [(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None]
    lines = [[(r, c) for c in range(len(shown[0]))] for r in range(len(shown))]
    lines += [[(r, c) for r in range(len(shown))] for c in range(len(shown[0]))]
    matrix = np.zeros((len(lines), len(hidden)))
    known = np.zeros(len(lines))
    for number, line in enumerate(lines):
        for cell in line:
            sign = -1 if cell == line[-1] else 1
            value = shown[cell[0]][cell[1]]
            if value is None:
                matrix[number, hidden.index(cell)] = sign
            else:
                known[number] -= sign * value
    return matrix, known, hidden


def worked_out(shown: Shown) -> list[tuple[int, int]]:
    """The hidden cells that the sums fix: those on which all solutions agree."""
    matrix, _, hidden = sums(shown)
    if not hidden:
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    rank = int((sizes > 1e-9).sum())
    free = directions[rank:]
    return [cell for n, cell in enumerate(hidden) if np.abs(free[:, n]).max(initial=0) < 1e-9]


def bounds(shown: Shown) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the most that each hidden cell can be, as no count is below nought."""
    matrix, known, hidden = sums(shown)
    found = {}
    for n, cell in enumerate(hidden):
        goal = np.zeros(len(hidden))
        goal[n] = 1
        least = linprog(goal, A_eq=matrix, b_eq=known, bounds=(0, None))
        most = linprog(-goal, A_eq=matrix, b_eq=known, bounds=(0, None))
        found[cell] = (least.fun, -most.fun if most.status == 0 else np.inf)
    return found


@given(tables)
@settings(max_examples=400)
@example([[3, 10], [20, 30]])
@example([[3]])
@example([[0, 0, 4]])
def test_no_hidden_cell_follows_from_the_sums(table: list[list[int]]) -> None:
    assert worked_out(suppressed(table, SMALL)) == []


@given(tables)
@settings(max_examples=400)
def test_no_small_number_is_shown_and_what_is_shown_is_true(table: list[list[int]]) -> None:
    for truth, said in zip(with_totals(table), suppressed(table, SMALL), strict=True):
        for value, shown in zip(truth, said, strict=True):
            assert shown is None or (shown == value and not SMALL.hides(shown))


@given(tables)
@settings(max_examples=100)
def test_no_small_cell_can_be_told_to_be_small(table: list[list[int]]) -> None:
    """Of a cell that is small the sums must leave it open whether it is."""
    shown = suppressed(table, SMALL)
    truth = with_totals(table)
    for cell, (_, most) in bounds(shown).items():
        if SMALL.hides(truth[cell[0]][cell[1]]):
            assert most >= SMALL.least


@pytest.mark.parametrize("table", [[[3, 10], [20, 30]], [[7, 3, 9], [8, 11, 30]]])
def test_the_careless_way_is_caught(table: list[list[int]]) -> None:
    assert worked_out(primary_only(table))


def test_the_careless_way_is_caught_where_only_the_size_follows() -> None:
    shown = primary_only([[1, 2, 40], [2, 1, 50], [9, 9, 9]])
    assert worked_out(shown) == []
    assert all(most < SMALL.least for _, most in bounds(shown).values())


def test_a_table_of_large_numbers_is_shown_whole() -> None:
    table = [[10, 0], [20, 30]]
    assert suppressed(table, SMALL) == with_totals(table)
    assert suppressed([], SMALL) == ()


def test_parts_and_their_whole() -> None:
    assert suppressed_parts([40, 20], SMALL) == (40, 20, 60)
    assert suppressed_parts([40, 2], SMALL) == (None, None, 42)
    assert suppressed_parts([1, 2], SMALL) == (None, None, None)
    assert suppressed_parts([0, 0], SMALL) == (0, 0, 0)


NAMES = ("alpha", "beta", "gamma")
likenesses = st.builds(
    Likeness,
    age_band=st.sampled_from(("10 to 12", "13 to 15")),
    indicators=st.sets(st.sampled_from(NAMES), min_size=1).map(lambda found: tuple(sorted(found))),
)
groups = st.lists(st.tuples(likenesses, st.integers(1, 14)), min_size=1, max_size=8)


@given(groups, st.sets(st.sampled_from(NAMES)))
@settings(max_examples=400)
def test_nobody_stands_alone_in_a_list(drawn: list[tuple[Likeness, int]], unsaid: set[str]) -> None:
    rows = {uuid.uuid4(): likeness for likeness, times in drawn for _ in range(times)}
    counted = Counter(name for each in rows.values() for name in each.indicators)
    totals = {name: None if name in unsaid else counted[name] for name in NAMES}
    totals = {n: None if v is not None and SMALL.hides(v) else v for n, v in totals.items()}
    kept = released(rows, totals, SMALL)
    assert not kept.keys() - rows.keys()
    assert all(count >= SMALL.least for count in Counter(kept.values()).values())
    listed = Counter(name for each in kept.values() for name in each.indicators)
    for name, number in listed.items():
        total = totals[name]
        assert total is not None
        assert not SMALL.hides(total - number)


def test_a_pseudonym_needs_its_key() -> None:
    child, other = uuid.UUID(int=1), uuid.UUID(int=2)
    assert pseudonym(child, b"a") == pseudonym(child, b"a")
    assert len({pseudonym(child, b"a"), pseudonym(child, b"b"), pseudonym(other, b"a")}) == 3
    assert child.hex[:8] not in pseudonym(child, b"a")


@given(st.dates(date(2005, 1, 1), date(2026, 12, 31)))
def test_every_age_has_one_band(born: date) -> None:
    assume(born <= date(2026, 3, 16))
    assert age_band(born, date(2026, 3, 16)) != "not known"


def test_what_is_not_known_of_an_age_is_said() -> None:
    assert age_band(None, date(2026, 3, 16)) == "not known"
    assert age_band(date(2026, 3, 17), date(2026, 3, 16)) == "not known"
    assert age_band(date(2008, 3, 16), date(2026, 3, 16)) == "18 or over"
    assert age_band(date(2008, 3, 17), date(2026, 3, 16)) == "16 to 17"


def test_thresholds_follow_one_another_and_say_whence() -> None:
    assert all(isinstance(each, SmallNumber) and each.source and each.mark for each in THRESHOLDS)
    assert all(one.in_force_until == two.in_force_from for one, two in pairwise(THRESHOLDS))
    assert threshold_on(date(1999, 1, 1)) == THRESHOLDS[0]
