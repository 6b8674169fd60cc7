"""Two agencies that mean the same thing write the same text; what is not valid is left out."""

from datetime import date

import pytest

from keepsight.kernel.linkage.records import (
    LinkageRecord,
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  O’BRIEN ", "obrien"),
        ("O'Brien", "obrien"),
        ("Anne-Marie", "anne marie"),
        ("Zoë", "zoe"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("Smith (Jones)", "smith jones"),
        ("UNKNOWN", None),
        ("Baby", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_names(typed, name):
    assert normalise_name(typed) == name


def test_identifiers_stand_only_if_valid():
    assert normalise_nhs_number("943 476 5919") == "9434765919"
    assert normalise_nhs_number("943 476 5918") is None
    assert normalise_upn("A801200001001") is None
    assert normalise_upn(None) is None
    assert normalise_postcode("zz101ab") == "ZZ10 1AB"
    assert normalise_postcode("ZZ99 3VZ") is None


def test_sex_and_fillers():
    assert [normalise_sex(s) for s in ("Female", "1", "9", "U", None)] == ["F", "M", *[None] * 3]
    assert normalise_date_of_birth(date(1900, 1, 1)) is None
    assert normalise_date_of_birth(date(2012, 2, 29)) == date(2012, 2, 29)


def test_a_temporary_upn_is_no_permanent_one():
    assert LinkageRecord(subject=1, agency=1, upn="A80140000100A").permanent_upn is None
    assert LinkageRecord(subject=1, agency=1, upn="A801400001001").permanent_upn is not None
