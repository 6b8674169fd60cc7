"""Each agency’s own records: valid identifiers; slips, gaps and second records at their rates."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber, Postcode
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.districts import districts
from keepsight.synthetic.people.accuracy import ACCURACY
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.households import populate
from keepsight.synthetic.people.knowing import Known, know
from keepsight.synthetic.period import Period
from tests.unit.synthetic.conftest import Made

PERIOD = Period(date(2026, 7, 1))
PLACE = districts(20_000, 5)[0]


@pytest.fixture(scope="module")
def people() -> People:
    return populate(PLACE, PERIOD)


def known_by(people: People, kind: AgencyKind, agency: str = "an-agency") -> Known:
    return know(people, range(len(people)), agency, kind, PLACE, PERIOD)


@pytest.mark.parametrize("kind", ACCURACY)
def test_gaps_are_at_their_rates(people: People, kind: AgencyKind) -> None:
    known, accuracy = known_by(people, kind), ACCURACY[kind]
    rows = np.arange(len(known))
    assert abs((known.nhs != "").mean() - accuracy.nhs_held) < 0.02
    assert abs((known.postcode != "").mean() - accuracy.postcode_held) < 0.02
    assert abs(1 - np.isnat(known.birth).mean() - accuracy.birth_held) < 0.02
    assert abs((known.ethnicity != "").mean() - accuracy.ethnicity_held) < 0.03
    of_age = people.upn[known.members] != ""
    assert abs((known.upn[rows[of_age]] != "").mean() - accuracy.upn_held) < 0.02


def test_a_second_record_is_used_from_its_day(people: People) -> None:
    known = known_by(people, AgencyKind.POLICE)
    second = np.flatnonzero(~np.isnat(known.since))
    assert abs(len(second) / len(people) - ACCURACY[AgencyKind.POLICE].twice) < 0.01
    row = int(second[0])
    person, day = int(known.members[row]), known.since[row].astype(object)
    rows = known.rows_of()
    assert rows.on(person, day) == row
    first = rows.on(person, PERIOD.start)
    assert known.members[first] == person
    assert known.key[first] != known.key[row]
    assert len(set(known.key)) == len(known)


def test_an_agency_gives_a_child_the_same_id_wherever_it_meets_it(people: People) -> None:
    other = districts(20_000, 5)[1]
    here = know(people, [3, 5], "mere-police", AgencyKind.POLICE, PLACE, PERIOD)
    there = know(people, [5], "mere-police", AgencyKind.POLICE, other, PERIOD)
    elsewhere = know(people, [5], "another", AgencyKind.POLICE, PLACE, PERIOD)
    assert there.key[0] in here.key
    assert elsewhere.key[0] not in here.key


def test_agencies_write_a_child_down_in_different_ways(people: People) -> None:
    school, police = (known_by(people, kind) for kind in (AgencyKind.SCHOOL, AgencyKind.POLICE))
    count = len(people)
    differ = (school.forename[:count] != police.forename[:count]).mean()
    assert 0.1 < differ < 0.4
    assert 0.02 < (school.surname[:count] != police.surname[:count]).mean() < 0.2
    assert 0.01 < (school.birth[:count] != police.birth[:count]).mean() < 0.2


def test_nhs_numbers_are_valid_and_synthetic(made: Made) -> None:
    numbers = {
        identifier["value"]
        for resource in made.resources()
        if resource["resourceType"] == "Patient"
        for identifier in resource.get("identifier", [])
    }
    valid = {number for number in numbers if _is_valid(number)}
    assert len(valid) > 500
    assert all(number.startswith("9") for number in numbers)
    # A few were written down with two digits changed about.
    assert 0 < len(numbers - valid) < 0.02 * len(numbers)


def _is_valid(number: str) -> bool:
    try:
        return NHSNumber.parse(number).value == number
    except IdentifierError:
        return False


def test_upns_have_the_right_letter_but_for_the_planted_faults(made: Made) -> None:
    valid, authorities = Counter[bool](), set()
    for delivery in made.deliveries("daily_register"):
        for line in set(delivery.path.read_text(encoding="utf-8").splitlines()[1:]):
            if upn := line.partition(",")[0]:
                try:
                    authorities.add(UPN.parse(upn).value[1:4])
                    valid[True] += 1
                except IdentifierError:
                    valid[False] += 1
    assert authorities == {"997", "998", "999"}
    # One odd row with another letter, where the copied line had a UPN.
    planted = [odd for path, (_, odd) in made.faults().items() if "register" in path.name]
    assert valid[False] == sum(planted) > 10


def test_postcodes_have_the_shape_and_are_of_no_real_area(made: Made) -> None:
    found = {row["Home Postcode"] for row in made.rows("police_missing")} - {""}
    for postcode in found:
        assert Postcode.parse(postcode).outward[0] == "Z"
        assert not Postcode.parse(postcode).placeholder
    assert found


def test_no_two_children_share_an_identifier(people: People) -> None:
    assert len(set(people.nhs)) == len(people)
    given = people.upn[people.upn != ""]
    assert len(set(given)) == len(given)
    ages = defaultdict(set)
    for age, upn in zip(people.ages(PERIOD.today), people.upn, strict=True):
        ages[int(age)].add(bool(upn))
    assert ages[2] == {False}
    assert ages[10] == {True}
