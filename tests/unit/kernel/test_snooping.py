"""Each sign of snooping: where it begins, where it does not, and what it says of itself."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.snooping import BY_CODE, SIGNS, Looked, signs_on, surname_of

NOON = Looked(child="a", at=datetime(2026, 7, 1, 12, tzinfo=LONDON), tied=True)
DAY = date(2026, 7, 1)


def at(hour: int, minute: int = 0, second: int = 0) -> Looked:
    return replace(NOON, at=datetime(2026, 7, 1, hour, minute, second, tzinfo=LONDON))


FAMILY = replace(NOON, own_surname="obrien", surnames=frozenset({"obrien", "smith"}))
NEIGHBOUR = replace(NOON, own_postcode="ZZ1 1AA", postcodes=frozenset({"ZZ1 1AA"}))
BROWSED = [replace(NOON, child=str(number), tied=False) for number in range(20)]
WINTER = replace(NOON, at=datetime(2026, 1, 8, 21, 59, tzinfo=LONDON))

MET = [
    ("same_surname", [FAMILY]),
    ("same_street", [NEIGHBOUR]),
    ("sealed", [replace(NOON, sealed=True)]),
    ("sealed", [replace(NOON, sealed=True, refused=True)]),
    ("many_children", BROWSED),
    ("out_of_hours", [at(22)]),
    ("out_of_hours", [at(23, 59)]),
    ("out_of_hours", [at(0)]),
    ("out_of_hours", [at(5, 59, 59)]),
    ("former_case", [replace(NOON, ended=True, tied=False)]),
]
NOT_MET = [
    ("same_surname", [NOON]),
    ("same_surname", [replace(FAMILY, surnames=frozenset({"smith"}))]),
    ("same_surname", [replace(FAMILY, own_surname=None, surnames=frozenset())]),
    ("same_surname", [replace(FAMILY, refused=True)]),
    ("same_street", [replace(NEIGHBOUR, own_postcode=None)]),
    ("same_street", [replace(NEIGHBOUR, postcodes=frozenset({"ZZ1 1AB"}))]),
    ("same_street", [replace(NEIGHBOUR, refused=True)]),
    ("sealed", [NOON]),
    ("many_children", BROWSED[:19]),
    ("many_children", [*BROWSED[:19], BROWSED[0]]),
    ("many_children", [*BROWSED[:19], replace(BROWSED[19], tied=True)]),
    ("many_children", [*BROWSED[:19], replace(BROWSED[19], refused=True)]),
    ("out_of_hours", [at(21, 59, 59)]),
    ("out_of_hours", [at(6)]),
    ("out_of_hours", [WINTER]),
    ("out_of_hours", [replace(at(23), refused=True)]),
    ("former_case", [replace(NOON, ended=True)]),
    ("former_case", [replace(NOON, tied=False)]),
    ("former_case", [replace(NOON, ended=True, tied=False, refused=True)]),
]


@pytest.mark.parametrize(("code", "looks"), MET)
def test_what_meets_a_sign(code: str, looks: list[Looked]) -> None:
    assert BY_CODE[code].is_met(looks)
    assert code in signs_on(DAY, looks)


@pytest.mark.parametrize(("code", "looks"), NOT_MET)
def test_what_does_not(code: str, looks: list[Looked]) -> None:
    assert code not in signs_on(DAY, looks)


def test_a_sign_says_how_many_looks_or_how_many_children() -> None:
    assert signs_on(DAY, [FAMILY, FAMILY, NOON])["same_surname"] == 2
    assert signs_on(DAY, [*BROWSED, *BROWSED])["many_children"] == 20


def test_no_look_no_sign() -> None:
    assert signs_on(DAY, []) == {}


def test_a_day_before_the_signs_were_in_force_has_none() -> None:
    assert signs_on(date(2025, 12, 31), [FAMILY]) == {}
    assert "same_surname" in signs_on(date(2026, 1, 1), [FAMILY])


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Ada O’Brien", "obrien"), ("Li", "li"), ("  Ana  Müller ", "muller"), ("", None)],
)
def test_a_surname_is_the_last_word_as_records_spell_it(name: str, surname: str | None) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.code)
def test_a_sign_says_why_and_what_its_number_rests_on(sign) -> None:
    assert sign.sentence.endswith(".")
    assert sign.why.endswith(".")
    assert sign.least.value >= 1
    assert sign.least.source
    assert sign.least.mark == "M"
