"""What alerts found of exploited children, counted by hand."""

from datetime import date, timedelta

from keepsight.cli.detection.measuring import (
    Joining,
    Met,
    by_group,
    by_indicator,
    figures,
    found_by_no_other,
    joining,
)
from keepsight.kernel.indicators.concerns import Concern
from keepsight.synthetic.reading.exploited import Exploited

DAY = date(2026, 1, 1)


def child(person: str, *, since: int = 0, suspected: int | None = None, records: int = 3, **group):
    return Exploited(
        person=person,
        shape="one",
        form="sexual",
        since=DAY + timedelta(days=since),
        until=None,
        records=records,
        suspected=None if suspected is None else DAY + timedelta(days=suspected),
        group={"sex": "F", **group},
    )


CONCERNS = {
    "a": Concern.GOING_MISSING,
    "b": Concern.GOING_MISSING,
    "c": Concern.HARM_RECORDED,
}


def met(day: int, person: str, code: str = "a") -> Met:
    return Met(DAY + timedelta(days=day), person, code, CONCERNS[code])


TRUTH = [
    child("found early", suspected=100),
    child("found late", suspected=10, sex="M"),
    child("found, and suspected by nobody"),
    child("missed", sex="M"),
    child("no record", records=0),
    child("flagged before it began", since=50),
]
MET = [
    *(met(day, "found early") for day in (14, 28, 42)),
    met(28, "found late"),
    met(14, "found, and suspected by nobody", "b"),
    met(14, "flagged before it began"),
    *(met(day, "nobody’s case") for day in (0, 28, 84)),
]


def test_found_is_from_the_beginning_and_alerts_are_counted_once_until_quiet():
    found = figures(MET, TRUTH)
    assert (found.children, found.touched, found.found) == (6, 5, 3)
    assert found.alerts == 1 + 1 + 1 + 1 + 2
    assert found.flagged == 5
    assert found.alerts_a_child == 2.0
    assert found.share == 0.6
    assert found.earlier == ((100 - 14) + (10 - 28)) / 2
    assert (found.first, found.unsuspected) == (1, 1)


def test_one_alert_is_open_for_a_child_and_a_concern_whatever_is_met():
    several = [met(0, "x"), met(14, "x", "b"), met(42, "x"), met(14, "x", "c")]
    found = figures(several, [])
    assert found.alerts == 2
    assert found.met == 2 + 1 + 1


def test_joining_is_put_beside_the_same_rules_on_one_agency_alone():
    alone = {
        "police": [
            met(28, "found early"),
            met(14, "found late"),
            met(0, "flagged before it began"),
        ],
        "school": [met(42, "found early"), met(0, "found late")],
    }
    assert joining(MET, alone, TRUTH) == Joining(found=3, before=2, only=1, earlier=-7.0)
    assert joining([], alone, TRUTH) == Joining(found=0, before=0, only=0, earlier=None)


def test_of_nothing_there_is_nothing():
    none = figures([], [])
    assert (none.share, none.alerts_a_child, none.earlier) == (0.0, None, None)


def test_each_group_and_each_indicator_is_told():
    groups = by_group(MET, TRUTH)
    assert groups["sex"] == {"F": (2, 3), "M": (1, 2)}
    assert groups["storyline"] == {"one": (3, 5)}
    assert {code: each.found for code, each in by_indicator(MET, TRUTH).items()} == {"a": 2, "b": 1}
    assert found_by_no_other(MET, TRUTH) == {"a": 2, "b": 1}
    both = [*MET, met(28, "found early", "b")]
    assert found_by_no_other(both, TRUTH) == {"a": 1, "b": 1}
