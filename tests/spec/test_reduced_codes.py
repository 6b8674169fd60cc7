"""What each special attendance code becomes at the door, and that no count is changed by it."""

from datetime import date, timedelta

import pytest

from keepsight.kernel.absence import spells
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES, code_on, reduced
from keepsight.kernel.vocabulary.code_sets import UnknownCodeError
from keepsight.kernel.vocabulary.content.education import KEPT_IN_EDUCATION
from keepsight.kernel.vocabulary.reduced_codes import (
    AT_THE_DOOR,
    REDUCED_CODES,
    REDUCTIONS,
    reduced_code,
    stored_code_on,
)

MONDAY = date(2026, 3, 2)

# code, what is stored, category, possible, absent
BECOMES = [
    ("I", "au", "authorised", True, True),
    ("M", "au", "authorised", True, True),
    ("R", "au", "authorised", True, True),
    ("T", "au", "authorised", True, True),
    ("Y5", "np", "not_possible", False, False),
]


@pytest.mark.parametrize(("code", "stored", "category", "possible", "absent"), BECOMES)
def test_what_a_code_becomes(code, stored, category, possible, absent):
    assert reduced_code(code) == stored
    row = stored_code_on(stored, MONDAY)
    assert (row.category, row.possible, row.absent) == (category, possible, absent)


def test_only_the_codes_that_are_kept_in_education_are_reduced():
    assert set(AT_THE_DOOR) == KEPT_IN_EDUCATION
    others = {row.code for row in ATTENDANCE_CODES} - KEPT_IN_EDUCATION
    assert all(reduced_code(code) == code for code in others)
    assert all(each.source and each.mark and each.tells_of for each in REDUCTIONS)


@pytest.mark.parametrize("code", sorted(KEPT_IN_EDUCATION))
def test_no_count_is_changed(code):
    before, after = code_on(code, MONDAY), stored_code_on(reduced_code(code), MONDAY)
    for name in ("category", "possible", "absent", "unexplained", "late"):
        assert getattr(before, name) == getattr(after, name)
    assert reduced(before) == reduced(after)


def test_what_stands_in_their_place_is_no_code_of_a_school():
    for row in REDUCED_CODES:
        assert len(row.code) == 2
        with pytest.raises(UnknownCodeError):
            code_on(row.code, MONDAY)


@pytest.mark.parametrize(
    "marks", ["I " * 10, "I M R T I N N N / \\ "[:20].ljust(20), "Y5I N Y5N / \\ R R N ".ljust(20)]
)
def test_spells_are_the_same(marks):
    weeks = [(MONDAY + timedelta(weeks=number), marks) for number in range(3)]
    pairs = [marks[place : place + 2] for place in range(0, 20, 2)]
    less = "".join(f"{reduced_code(pair.strip()):<2}" for pair in pairs)
    assert less != marks
    assert spells([(monday, less) for monday, _ in weeks]) == spells(weeks)
    assert spells(weeks)
