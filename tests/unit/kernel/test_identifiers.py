"""Identifiers: what is accepted, how it is written, and what is said of what is not."""

import pytest

from keepsight.kernel.identifiers import (
    ULN,
    UPN,
    IdentifierError,
    NHSNumber,
    NHSNumberRange,
    Postcode,
)

NHS = "9000000009"

ACCEPTED = [
    (NHSNumber, NHS, NHS),
    (NHSNumber, " 900 000 0009 ", NHS),
    (NHSNumber, "900-000-0009", NHS),
    (NHSNumber, "900\u00a0000\u00a00009", NHS),
    (UPN, "H801200001001", "H801200001001"),
    (UPN, "h801200001001", "H801200001001"),
    (UPN, "H80120000100B", "H80120000100B"),
    (ULN, "1000000000", "1000000000"),
    (Postcode, "zz993wz", "ZZ99 3WZ"),
    (Postcode, " A1  2bc ", "A1 2BC"),
    (Postcode, "AB1C 2DE", "AB1C 2DE"),
]

REFUSED = [
    (NHSNumber, "", "is empty"),
    (NHSNumber, "  ", "is empty"),
    (NHSNumber, "900000000", "has 9 characters, but it must have 10"),
    (NHSNumber, "9", "has 1 character, but"),
    (NHSNumber, "90000000090", "has 11 characters"),
    (NHSNumber, "90000O0009", "letters or other marks"),
    (NHSNumber, "9.00E+09", "letters or other marks"),
    (NHSNumber, "٩٠٠٠٠٠٠٠٠٩", "letters or other marks"),
    (NHSNumber, "9000000008", "check digit"),
    (NHSNumber, "9002345678", "check digit"),
    (NHSNumber, "9999999999", "one digit repeated"),
    (NHSNumber, "1111111111", "one digit repeated"),
    (NHSNumber, "0000000000", "one digit repeated"),
    (UPN, "", "is empty"),
    (UPN, "H80120000100", "has 12 characters, but it must have 13"),
    (UPN, "A123456789123", "check letter"),
    (UPN, "S801200001001", "other than I, O or S"),
    (UPN, "H8012000010BB", "other than I, O or S"),
    (UPN, "H80120000100O", "other than I, O or S"),
    (UPN, "8801200001001", "other than I, O or S"),
    (ULN, "1000000001", "check digit"),
    (ULN, "0000000000", "check digit"),
    (ULN, "100000000", "has 9 characters"),
    (Postcode, "", "is empty"),
    (Postcode, "AB1", "has 3 letters and digits, but it must have 5 to 7"),
    (Postcode, "AB12 3CDE", "has 8 letters and digits"),
    (Postcode, "1AB 2CD", "shape"),
    (Postcode, "AB1 OCD", "shape"),
    (Postcode, "AB1-2CD", "shape"),
]


@pytest.mark.parametrize(("kind", "text", "canonical"), ACCEPTED)
def test_a_good_value_is_written_one_way(kind, text, canonical):
    assert str(kind.parse(text)) == canonical


@pytest.mark.parametrize(("kind", "text", "reason"), REFUSED)
def test_a_bad_value_is_refused_with_its_reason(kind, text, reason):
    with pytest.raises(IdentifierError, match=reason) as refusal:
        kind.parse(text)
    assert str(refusal.value).startswith(f"The {kind.name}")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("kind", "text"), [(NHSNumber, "900 000 0009"), (UPN, "h801200001001"), (Postcode, "A12BC")]
)
def test_only_the_canonical_form_can_be_held(kind, text):
    with pytest.raises(IdentifierError):
        kind(text)


def test_the_reason_never_repeats_the_value():
    with pytest.raises(IdentifierError) as refusal:
        NHSNumber.parse("9000000008")
    assert "9000000008" not in str(refusal.value)


def test_values_are_equal_by_kind_and_content():
    assert NHSNumber.parse("900 000 0009") == NHSNumber(NHS)
    assert len({NHSNumber(NHS), NHSNumber.parse("900 000 0009")}) == 1
    assert ULN("1000000000") != NHSNumber(NHS)


def test_an_nhs_number_is_printed_in_three_groups():
    assert NHSNumber(NHS).spaced == "900 000 0009"
    assert NHSNumber(NHS).range == "synthetic"


@pytest.mark.parametrize(
    ("bound", "block"),
    [
        ("0100000000", NHSNumberRange.SCOTLAND),
        ("3112999999", NHSNumberRange.SCOTLAND),
        ("3113000000", NHSNumberRange.NOT_ISSUED),
        ("3200000000", NHSNumberRange.NORTHERN_IRELAND),
        ("4000000000", NHSNumberRange.ENGLAND_WALES_ISLE_OF_MAN),
        ("5000000000", NHSNumberRange.NOT_ISSUED),
        ("7999999999", NHSNumberRange.ENGLAND_WALES_ISLE_OF_MAN),
        ("8000000000", NHSNumberRange.NOT_ISSUED),
        ("9000000000", NHSNumberRange.SYNTHETIC),
    ],
)
def test_the_range_of_a_number(bound, block):
    assert NHSNumberRange.of(bound) is block


def test_a_upn_that_ends_in_a_letter_is_temporary():
    assert UPN("H80120000100B").temporary
    assert not UPN("H801200001001").temporary


def test_a_postcode_that_stands_for_no_address_is_told_apart():
    assert Postcode("ZZ99 3WZ").placeholder
    assert not Postcode("AB1 2CD").placeholder
    assert Postcode("AB1 2CD").outward == "AB1"
