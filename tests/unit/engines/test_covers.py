"""Of whom a rule need not be asked: those who have nothing of its cover."""

import pytest

from keepsight.engines.covers import cover_of
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Given,
    Plus,
    SeveralOf,
    Total,
    Unless,
)
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.indicators.windows import Window

YEAR = Window(365)
MISSING, SEEN, WEEKS = (
    Select(kind, YEAR) for kind in ("missing_episode", "sighting", "attendance_week")
)
ONE_MISSING, ONE_SEEN = AtLeast(Count(MISSING), 1), AtLeast(Count(SEEN), 1)
ABSENT = AtLeast(Total(WEEKS, "absent"), 10)
OF_MISSING, OF_SEEN, OF_WEEKS = {(MISSING, None)}, {(SEEN, None)}, {(WEEKS, "absent")}


@pytest.mark.parametrize(
    ("rule", "cover"),
    [
        (ONE_MISSING, OF_MISSING),
        (AtLeast(Plus(Count(MISSING), Count(SEEN)), 2), OF_MISSING | OF_SEEN),
        (AllOf((ABSENT, ONE_MISSING)), OF_MISSING),
        (AllOf((Unless(ONE_SEEN), ONE_MISSING)), OF_MISSING),
        (AnyOf((ONE_MISSING, ONE_SEEN)), OF_MISSING | OF_SEEN),
        (SeveralOf(2, (ONE_MISSING, ABSENT)), OF_MISSING | OF_WEEKS),
        (Given(ONE_SEEN), OF_SEEN),
        (AllOf((ABSENT,)), OF_WEEKS),
    ],
)
def test_whoever_meets_a_rule_has_an_event_of_its_cover(rule, cover):
    assert cover_of([rule]) == cover


@pytest.mark.parametrize(
    "rule",
    [
        Unless(ONE_MISSING),
        AtLeast(Count(MISSING), Count(SEEN)),
        AnyOf((ONE_MISSING, Unless(ONE_SEEN))),
    ],
)
def test_a_rule_that_nothing_may_meet_has_no_sure_cover(rule):
    assert cover_of([rule]) is None
    assert cover_of([ONE_MISSING, rule]) is None
    assert cover_of([AllOf((rule, ONE_SEEN))]) == OF_SEEN


def test_no_indicator_is_put_to_a_child_for_school_weeks_alone():
    cover = cover_of([each.rule for each in CATALOGUE])
    assert cover is not None
    assert "attendance_week" not in {select.kind for select, _ in cover}
