"""Every number made by the check rule is accepted, and no slip of one digit ever is."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from keepsight.kernel.identifiers import (
    ULN,
    UPN,
    UPN_LETTERS,
    IdentifierError,
    NHSNumber,
    Postcode,
)


def digits(length):
    return st.text("0123456789", min_size=length, max_size=length)


@st.composite
def nhs_numbers(draw):
    nine = "9" + draw(digits(8))
    last = NHSNumber.check_digit(nine)
    assume(last is not None and nine != "999999999")
    return f"{nine}{last}"


@st.composite
def ulns(draw):
    nine = draw(digits(9))
    last = ULN.check_digit(nine)
    assume(last is not None)
    return f"{nine}{last}"


@st.composite
def upns(draw):
    rest = draw(digits(11)) + draw(st.sampled_from("0123456789" + UPN_LETTERS))
    return UPN.check_letter(rest) + rest


NUMBERS = st.one_of(
    st.tuples(st.just(NHSNumber), nhs_numbers()),
    st.tuples(st.just(ULN), ulns()),
    st.tuples(st.just(UPN), upns()),
)


@given(NUMBERS)
def test_a_valid_number_is_read_back_as_it_was(number):
    kind, text = number
    assert str(kind.parse(f" {text.lower()} ")) == text


@given(NUMBERS, st.data())
def test_a_change_of_one_digit_is_always_refused(number, data):
    kind, text = number
    places = [place for place, character in enumerate(text) if character.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    with pytest.raises(IdentifierError):
        kind.parse(text[:place] + other + text[place + 1 :])


@given(upns(), st.sampled_from(UPN_LETTERS))
def test_a_upn_has_one_check_letter(text, letter):
    assume(letter != text[0])
    with pytest.raises(IdentifierError, match="check letter"):
        UPN.parse(letter + text[1:])


@given(st.sampled_from([NHSNumber, ULN, UPN, Postcode]), st.text(max_size=20))
def test_no_text_causes_any_other_error(kind, text):
    try:
        value = kind.parse(text)
    except IdentifierError:
        return
    assert kind.parse(str(value)) == value
