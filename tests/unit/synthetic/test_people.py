"""The county's people: families as England has them, and no two alike in every agency."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from keepsight.synthetic.districts import districts
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.heritage import ETHNIC_GROUPS, TRAVELLING
from keepsight.synthetic.people.households import as_they_were, populate
from keepsight.synthetic.people.names import COUNTED_YEARS, forenames, spelled_otherwise, surnames
from keepsight.synthetic.period import Period

TODAY = date(2026, 7, 1)
PERIOD = Period(TODAY)


@pytest.fixture(scope="module")
def people() -> People:
    place = replace(districts(30_000, 5)[0], children=20_000)
    return populate(place, PERIOD)


def test_children_are_of_every_age_and_of_no_other(people: People) -> None:
    assert Counter(people.ages(TODAY).tolist()).keys() == set(range(18))


def test_siblings_twins_and_triplets(people: People) -> None:
    births = Counter(zip(people.household.tolist(), people.birth.tolist(), strict=True))
    assert Counter(births.values()).keys() == {1, 2, 3}
    days = defaultdict(list)
    for home, day in births:
        days[home].append(day)
    for theirs in days.values():
        gaps = [
            (later - day).days
            for day, later in zip(sorted(theirs), sorted(theirs)[1:], strict=False)
        ]
        assert all(gap >= 270 for gap in gaps)


def test_siblings_share_a_surname_except_in_blended_families(people: People) -> None:
    named = defaultdict(set)
    usual = np.isin(people.ethnicity.astype(str), ["WBRI", "AIND", "BAFR"])
    for home, surname in zip(people.household[usual], people.surname[usual], strict=True):
        named[home].add(surname)
    sizes = np.bincount(people.household[usual])
    several = [len(names) for home, names in named.items() if sizes[home] > 1]
    assert 0.05 < np.mean([n > 1 for n in several]) < 0.25


def test_no_two_siblings_next_to_each_other_share_a_forename(people: People) -> None:
    same = (people.household[1:] == people.household[:-1]) & (
        people.forename[1:] == people.forename[:-1]
    )
    assert same.mean() < 0.001


def test_every_ethnic_group_is_there_in_its_share(people: People) -> None:
    found = Counter(people.ethnicity.tolist())
    assert found.keys() == ETHNIC_GROUPS.keys()
    assert abs(found["WBRI"] / len(people) - 0.613) < 0.02
    assert sum(found[group] for group in TRAVELLING) > 20


def test_names_change_double_and_are_spelled_otherwise(people: People) -> None:
    changed = ~np.isnat(people.renamed)
    assert 0.015 < changed.mean() < 0.035
    differ = people.former_surname != people.surname
    assert not (differ & ~changed).any()
    assert 0.02 < np.mean(["-" in surname for surname in people.surname]) < 0.08
    other = people.also_written != people.forename
    assert 0.02 < other.mean() < 0.3
    assert not other[people.ethnicity == "WIRI"].any()


def test_unaccompanied_children_are_alone_and_mostly_born_on_the_15th(people: People) -> None:
    rows = np.flatnonzero(people.unaccompanied)
    assert len(rows) == round(0.09 * 67 / 10_000 * len(people))
    days = [int(str(day)[8:]) for day in people.birth[rows]]
    assert set(days) == {1, 15}
    assert days.count(15) > days.count(1)
    homes = np.bincount(people.household)
    assert (homes[people.household[rows]] == 1).all()
    assert (people.ages(TODAY)[rows] >= 14).all()


def test_disabled_children_and_children_on_no_roll(people: People) -> None:
    assert 0.07 < (people.disability != "").mean() < 0.12
    assert (people.special >= 0).sum() == (people.special[people.sen == "E"] >= 0).sum() > 0
    assert 0 < people.on_no_roll.mean() < 0.01
    assert people.unknown.sum() >= 1
    assert people.on_no_roll[people.unknown].all()


def test_those_who_moved_over_a_border_stand_in_both_districts() -> None:
    here, there = districts(9_000, 5)[:2]
    before = as_they_were(populate(there, PERIOD))
    after = populate(there, PERIOD)
    assert len(before) > 0
    assert not np.isnat(before.left).any()
    for row, number in enumerate(before.number):
        now = int(np.flatnonzero(after.number == number)[0])
        assert before.left[row] == after.arrived[now]
        assert before.forename[row] == after.forename[now]
        assert before.postcode[row] == after.former_postcode[now]
        assert before.nhs[row] == after.nhs[now]
    assert here.number != there.number


def test_forenames_are_as_common_as_in_their_year() -> None:
    rng = np.random.default_rng(1)
    communities = np.full(60_000, "british", object)
    sexes, years = np.full(60_000, "M"), np.full(60_000, COUNTED_YEARS[0])
    common = [n for n, _ in Counter(forenames(sexes, years, communities, rng)).most_common(3)]
    # The three commonest boys' names of 2008 by the ONS.
    assert set(common) == {"Jack", "Oliver", "Thomas"}


def test_surnames_have_few_common_ones_and_a_long_tail() -> None:
    rng = np.random.default_rng(1)
    found = Counter(surnames(np.full(50_000, "british", object), rng).tolist())
    assert found.most_common(1)[0][0] == "Smith"
    assert 0.008 < found["Smith"] / 50_000 < 0.02
    assert sum(count == 1 for count in found.values()) > 500


def test_a_name_without_another_spelling_stays_as_it_is() -> None:
    rng = np.random.default_rng(1)
    assert spelled_otherwise("Nobody-has-this", rng) == "Nobody-has-this"
    assert spelled_otherwise("Mohammed", rng) != "Mohammed"
