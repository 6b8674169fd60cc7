"""What may be decided about an alert, who must agree, and what brings it back: each row a case."""

from datetime import date

import pytest

from keepsight.kernel.indicators.triage import (
    WAYS,
    AreaWays,
    Decision,
    Second,
    TriageRefused,
    choices,
    comes_back,
    comes_back_on,
    second_for,
)

TODAY = date(2026, 3, 16)
AREA = AreaWays()


@pytest.mark.parametrize(
    ("decision", "harm", "agrees"),
    [
        (Decision.REFER, False, Second.NOBODY),
        (Decision.REFER, True, Second.NOBODY),
        (Decision.ADD, False, Second.NOBODY),
        (Decision.ADD, True, Second.READER),
        (Decision.ASK, False, Second.NOBODY),
        (Decision.ASK, True, Second.READER),
        (Decision.WATCH, False, Second.MANAGER),
        (Decision.NOTHING, False, Second.NOBODY),
        (Decision.NOTHING, True, Second.READER),
    ],
)
def test_who_must_agree(decision: Decision, harm: bool, agrees: Second) -> None:
    assert second_for(decision, harm) is agrees


def test_where_harm_is_recorded_nothing_is_left_to_be_watched() -> None:
    assert set(choices(False)) == set(Decision)
    assert set(choices(True)) == set(Decision) - {Decision.WATCH}
    with pytest.raises(TriageRefused, match="not left to be watched"):
        comes_back_on(Decision.WATCH, True, TODAY, date(2026, 3, 20), AREA)


@pytest.mark.parametrize(
    ("wanted", "area", "refused"),
    [
        (date(2026, 4, 13), AREA, None),
        (date(2026, 4, 14), AREA, "no later than 13 April 2026: 28 days"),
        (date(2026, 3, 23), AreaWays(watch_days=7), None),
        (date(2026, 3, 24), AreaWays(watch_days=7), "no later than 23 March 2026: 7 days"),
        (TODAY, AREA, "a day after today"),
        (None, AREA, "Say until which day"),
    ],
)
def test_how_long_an_alert_is_watched(
    wanted: date | None, area: AreaWays, refused: str | None
) -> None:
    if refused is None:
        assert comes_back_on(Decision.WATCH, False, TODAY, wanted, area) == wanted
    else:
        with pytest.raises(TriageRefused, match=refused):
            comes_back_on(Decision.WATCH, False, TODAY, wanted, area)


@pytest.mark.parametrize(
    ("decision", "evidence", "indicators", "until", "back"),
    [
        (Decision.NOTHING, False, (), None, False),
        (Decision.NOTHING, True, (), None, True),
        (Decision.REFER, True, (), None, False),
        (Decision.REFER, True, ("repeat_missing",), None, True),
        (Decision.ADD, True, (), None, False),
        (Decision.ADD, False, ("repeat_missing",), None, True),
        (Decision.ASK, False, (), date(2026, 3, 17), False),
        (Decision.ASK, False, (), TODAY, True),
        (Decision.ASK, True, (), date(2026, 3, 17), True),
        (Decision.WATCH, False, (), date(2026, 3, 15), True),
        (Decision.WATCH, True, (), date(2026, 4, 1), True),
    ],
)
def test_what_brings_an_alert_back(
    decision: Decision,
    evidence: bool,
    indicators: tuple[str, ...],
    until: date | None,
    back: bool,
) -> None:
    found = comes_back(
        decision, new_evidence=evidence, new_indicators=indicators, until=until, day=TODAY
    )
    assert found is back


def test_an_agency_that_is_asked_has_days_to_answer() -> None:
    assert comes_back_on(Decision.ASK, True, TODAY, None, AREA) == date(2026, 3, 21)


def test_what_was_no_concern_is_the_only_decision_off_the_childs_story() -> None:
    assert [each for each, way in WAYS.items() if not way.in_story] == [Decision.NOTHING]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"readable_a_week": 0}, "one or more"),
        ({"watch_days": 29}, "watched from 1 to 28 days, not 29"),
        ({"dismissed_days": 91}, "from 1 to 90 days, not 91"),
    ],
)
def test_an_area_only_ever_sets_less(changes: dict[str, int], says: str) -> None:
    with pytest.raises(TriageRefused, match=says):
        AreaWays(**changes)
