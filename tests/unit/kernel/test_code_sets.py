"""Code sets: asking for a meaning, and the factors that name exploitation."""

from datetime import date

import pytest

from keepsight.kernel.vocabulary import cin_codes, ethnicity, ssda903_codes
from keepsight.kernel.vocabulary.code_sets import CodeSet, UnknownCodeError

SETS = [
    value
    for module in (cin_codes, ssda903_codes, ethnicity)
    for value in vars(module).values()
    if isinstance(value, CodeSet)
]


@pytest.mark.parametrize("code_set", SETS, ids=lambda code_set: code_set.name)
def test_every_set_has_a_source_and_a_meaning_for_each_code(code_set):
    assert code_set.source
    assert all(code_set.meaning(code).strip() for code in code_set.codes)


def test_a_code_that_is_not_in_the_set_is_named():
    assert "5D" in cin_codes.REFERRAL_SOURCE
    assert "5E" not in cin_codes.REFERRAL_SOURCE
    with pytest.raises(UnknownCodeError, match="“5E” is not a code for the source of a referral"):
        cin_codes.REFERRAL_SOURCE.meaning("5E")


def test_a_set_cannot_be_changed():
    with pytest.raises(TypeError):
        cin_codes.SEX.codes["X"] = "Other"  # type: ignore[index]


def test_the_sex_codes_changed_in_april_2024():
    assert cin_codes.SEX.in_force_on(date(2024, 4, 1))
    assert not cin_codes.SEX.in_force_on(date(2024, 3, 31))
    assert cin_codes.GENDER_CURRENT.in_force_on(date(2024, 3, 31))
    assert not cin_codes.GENDER_CURRENT.in_force_on(date(2024, 4, 1))


def test_the_factors_of_exploitation_are_factors():
    assert sorted(cin_codes.EXPLOITATION_FACTORS) == ["10A", "11A", "12A", "13A", "24A"]
    assert sorted(cin_codes.EXPLOITATION_HARM_FACTORS) == ["11A", "12A", "24A"]
    assert all(code in cin_codes.ASSESSMENT_FACTOR for code in cin_codes.EXPLOITATION_FACTORS)
    assert "16C" not in cin_codes.ASSESSMENT_FACTOR
    assert len(cin_codes.ASSESSMENT_FACTOR.codes) == 44
