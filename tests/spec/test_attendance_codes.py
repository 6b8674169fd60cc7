"""What each attendance code counts as, in school and outside education (SI 2024/208, reg 10)."""

from collections import Counter
from datetime import date

import pytest

from keepsight.kernel.vocabulary.attendance import (
    ATTENDANCE_CODES,
    Category,
    ReducedMark,
    code_on,
    reduced,
)
from keepsight.kernel.vocabulary.code_sets import UnknownCodeError

LAST_DAY_BEFORE = date(2024, 8, 18)
FIRST_DAY = date(2024, 8, 19)

# codes, statistical category, possible, absent, what may leave education
IN_FORCE = [
    (r"/ \ ", "attending", True, False, "present"),
    ("L", "attending", True, False, "late"),
    ("K V P W B", "approved_activity", True, False, "present"),
    ("C1 M J1 S C2 C T R I E", "authorised", True, True, "authorised"),
    ("G O", "unauthorised", True, True, "unauthorised"),
    ("N", "unauthorised", True, True, "unknown"),
    ("U", "unauthorised", True, True, "late"),
    ("D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7", "not_possible", False, False, "not_possible"),
    ("Z #", "not_collected", False, False, "not_possible"),
]
ROWS = [(code, *rest) for codes, *rest in IN_FORCE for code in codes.split()]


@pytest.mark.parametrize(("code", "category", "possible", "absent", "mark"), ROWS)
def test_a_code_in_force(code, category, possible, absent, mark):
    row = code_on(code, FIRST_DAY)
    assert row.category == category
    assert (row.possible, row.absent) == (possible, absent)
    assert reduced(row) == mark


def test_there_are_34_codes_and_12_are_new():
    in_force = {row.code for row in ATTENDANCE_CODES if row.in_force_on(FIRST_DAY)}
    before = {row.code for row in ATTENDANCE_CODES if row.in_force_on(LAST_DAY_BEFORE)}
    assert in_force == {code for code, *_ in ROWS}
    assert len(in_force) == 34
    assert len(in_force - before) == 12
    assert before - in_force == {"H", "J", "Y"}


def test_only_n_and_o_are_unexplained_and_only_l_and_u_are_late():
    assert {row.code for row in ATTENDANCE_CODES if row.unexplained} == {"N", "O"}
    assert {row.code for row in ATTENDANCE_CODES if row.late} == {"L", "U"}


@pytest.mark.parametrize(
    ("code", "category"),
    [("H", Category.AUTHORISED), ("J", Category.APPROVED_ACTIVITY), ("Y", Category.NOT_POSSIBLE)],
)
def test_a_retired_code_counts_until_its_last_day(code, category):
    row = code_on(code, LAST_DAY_BEFORE)
    assert row.category is category
    assert row.in_force_until == LAST_DAY_BEFORE
    assert row.mark == "M"
    with pytest.raises(UnknownCodeError, match=f"“{code}” was not in force on 19 August 2024"):
        code_on(code, FIRST_DAY)


def test_a_new_code_does_not_count_before_its_first_day():
    with pytest.raises(UnknownCodeError, match="“K” was not in force on 18 August 2024"):
        code_on("K", LAST_DAY_BEFORE)


@pytest.mark.parametrize("code", ["", "i", "C3", "//"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(UnknownCodeError, match="not a school attendance code"):
        code_on(code, FIRST_DAY)


def test_one_code_has_one_meaning_on_any_day():
    for day in (LAST_DAY_BEFORE, FIRST_DAY):
        counts = Counter(row.code for row in ATTENDANCE_CODES if row.in_force_on(day))
        assert set(counts.values()) == {1}


def test_what_leaves_education_does_not_tell_health_belief_travelling_or_crime():
    telling = {reduced(code_on(code, FIRST_DAY)) for code in ("T", "R", "M", "I")}
    assert telling == {ReducedMark.AUTHORISED}
    assert reduced(code_on("Y5", FIRST_DAY)) is reduced(code_on("Y1", FIRST_DAY))
