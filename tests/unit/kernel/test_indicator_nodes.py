"""A rule that is wrong cannot be written, and says why."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.conditions import NEVER_READ, Condition, IndicatorError, Operator
from keepsight.kernel.indicators.language import (
    agencies_of,
    all_of,
    any_of,
    at_least,
    began,
    count_of,
    different,
    ended,
    followed,
    given,
    in_days_before,
    in_last,
    in_progress,
    lists_any,
    none,
    on_weekdays,
    says,
    says_at_least,
    says_one_of,
    several_of,
    shared,
    some,
    times,
    total,
    unanswered,
)
from keepsight.kernel.indicators.nodes import (
    NODES,
    AtLeast,
    Number,
    Truth,
    rests_on_events,
)
from keepsight.kernel.indicators.selecting import LASTING_KINDS, Beside, Bond
from keepsight.kernel.indicators.windows import SchoolYear, Weekday, Window, days_of_window
from keepsight.kernel.vocabulary.events import BY_KIND, CONTENTS

MISSING = began("missing_episode", in_last(90))
WEEKS = began("attendance_week", in_last(28))
INTERVIEWS = began("return_interview_held", in_last(90))

REFUSED = {
    "a kind nobody knows": (
        lambda: began("horoscope", in_last(90)),
        "“horoscope” is not a kind of event that Keepsight knows.",
    ),
    "a kind that says who somebody is": (
        lambda: began("person_details", in_last(90)),
        "No indicator may read person_details: it says who somebody is.",
    ),
    "a field that the kind has not": (
        lambda: began("missing_episode", in_last(90), says("colour", "red")),
        "missing_episode has no field colour.",
    ),
    "a list operator on a text": (
        lambda: began("missing_episode", in_last(90), lists_any("category", "away")),
        "missing_episode: category cannot take “has_any”.",
    ),
    "an order of texts": (
        lambda: began("missing_episode", in_last(90), says_at_least("category", 2)),
        "missing_episode: category cannot take “at_least”.",
    ),
    "a number where a text is": (
        lambda: began("missing_episode", in_last(90), says("category", 2)),
        "missing_episode: category is never 2.",
    ),
    "yes where a number is": (
        lambda: began("attendance_week", in_last(90), says("absent", True)),
        "attendance_week: absent is never True.",
    ),
    "one of none": (
        lambda: says_one_of("category"),
        "“category in” cannot be followed by ().",
    ),
    "a window that ends before it starts": (
        lambda: Window(3, 5),
        "A window of 3 to 5 days back cannot be: it counts back from the day, the further end"
        " first, and at most 36525 days.",
    ),
    "a window of no days": (
        lambda: in_last(0),
        "A window of -1 to 0 days back cannot be: it counts back from the day, the further end"
        " first, and at most 36525 days.",
    ),
    "the end of an instant": (
        lambda: ended("school_concern", in_last(90)),
        "school_concern is over in an instant, so it only ever began.",
    ),
    "an instant in progress": (
        lambda: in_progress("emergency_attendance", in_last(90)),
        "emergency_attendance is over in an instant, so it only ever began.",
    ),
    "an answer that waits": (
        lambda: unanswered(MISSING, by=unanswered(MISSING, by=INTERVIEWS)),
        "What stands beside an event has nothing beside it in turn.",
    ),
    "during within days": (
        lambda: Beside(Bond.DURING, MISSING, 3),
        "“During” is on the same days, so it is within no number of days.",
    ),
    "a week before the day": (
        lambda: followed(MISSING, by=INTERVIEWS, within=-7),
        "Within -7 days cannot be: it is from 0, the same day, to 366.",
    ),
    "what the kind never names": (
        lambda: shared(INTERVIEWS, EntityKind.PLACE, within=30, others=2),
        "return_interview_held never names a place that may be shared.",
    ),
    "nothing that is shared": (
        lambda: shared(MISSING, within=30, others=2),
        "Name each kind of entity that may be shared once, and one at least.",
    ),
    "shared with one other child": (
        lambda: shared(MISSING, EntityKind.PLACE, within=30, others=1),
        "Shared with 1 other children cannot be asked for: it is from 2, so that an alert does not"
        " tell that another child was harmed, to 100.",
    ),
    "shared two years apart": (
        lambda: shared(MISSING, EntityKind.PLACE, within=730, others=2),
        "Shared within 730 days cannot be: it is from 0, days in common, to 366.",
    ),
    "a school year to come": (
        lambda: SchoolYear(-1),
        "A school year -1 years back cannot be: it is from 0, the present one, to 20.",
    ),
    "the weekday of a week": (
        lambda: on_weekdays(WEEKS, Weekday.FRIDAY),
        "attendance_week is a whole week, so it falls on no weekday.",
    ),
    "a weekday twice": (
        lambda: on_weekdays(MISSING, Weekday.FRIDAY, Weekday.FRIDAY),
        "Name each weekday once, and none where any will do.",
    ),
    "every weekday": (
        lambda: on_weekdays(MISSING, *Weekday),
        "Name each weekday once, and none where any will do.",
    ),
    "different numbers": (
        lambda: different("absent", WEEKS),
        "attendance_week: absent cannot be told apart; only texts can.",
    ),
    "different values of who somebody is": (
        lambda: different("ethnicity", MISSING),
        "missing_episode: ethnicity cannot be told apart; only texts can.",
    ),
    "agencies of nothing": (
        lambda: agencies_of(),
        "Count over 1 to 20 selections of events.",
    ),
    "the sum of texts": (
        lambda: total("category", MISSING),
        "missing_episode: category cannot be added up; only whole numbers can.",
    ),
    "the sum of a field that is not there": (
        lambda: total("colour", WEEKS),
        "attendance_week: colour cannot be added up; only whole numbers can.",
    ),
    "half of a float": (
        lambda: times(0.5, count_of(MISSING)),
        "A number cannot be multiplied by 0.5: only by a whole number or a fraction above 0, made"
        " of numbers up to 100.",
    ),
    "a factor of nothing": (
        lambda: times(0, count_of(MISSING)),
        "A number cannot be multiplied by 0: only by a whole number or a fraction above 0, made"
        " of numbers up to 100.",
    ),
    "two factors": (
        lambda: times(2, times(Fraction(1, 3), count_of(MISSING))),
        "Multiply once: put the two factors into one.",
    ),
    "at least nothing": (
        lambda: at_least(0, count_of(MISSING)),
        "“At least 0” asks nothing: begin at 1.",
    ),
    "at least a half": (
        lambda: at_least(Fraction(1, 2), count_of(MISSING)),
        "“At least 1/2” is not a whole number or a number of events.",
    ),
    "all of nothing": (
        lambda: all_of(),
        "An empty list of conditions is never right: name at least one.",
    ),
    "any of nothing": (
        lambda: any_of(),
        "An empty list of conditions is never right: name at least one.",
    ),
    "three of two": (
        lambda: several_of(3, some(MISSING), some(WEEKS)),
        "3 of 2 cannot be asked for.",
    ),
}


@pytest.mark.parametrize(("write", "why"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_rule_is_refused_with_its_reason(write, why):
    with pytest.raises(IndicatorError) as refusal:
        write()
    assert str(refusal.value) == why


@pytest.mark.parametrize("field", sorted(NEVER_READ))
@pytest.mark.parametrize("operator", Operator)
def test_no_condition_reads_who_somebody_is(field, operator):
    value = {Operator.IN: ("x",), Operator.HAS_ANY: ("x",)}.get(operator, "x")
    with pytest.raises(IndicatorError, match=f"^No indicator may read {field}.$"):
        Condition(field, operator, value)


@pytest.mark.parametrize("field", ["ethnicity", "religion", "sex", "postcode"])
@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_no_kind_of_event_lets_a_rule_turn_on_them(kind, field):
    with pytest.raises(IndicatorError):
        began(kind, in_last(90), says(field, "x"))
    with pytest.raises(IndicatorError):
        total(field, began(kind, in_last(90)))


def test_no_readable_kind_has_a_field_that_no_rule_may_read():
    readable = [content for content in CONTENTS if content.readable]
    assert not {name for content in readable for name in content.__slots__} & NEVER_READ


def test_the_kinds_that_last_are_kinds():
    assert set(BY_KIND) >= LASTING_KINDS


def test_the_days_before_end_where_the_last_days_begin():
    assert in_last(28) == Window(27, 0)
    assert in_days_before(84, the_last=28) == Window(111, 28)


@pytest.mark.parametrize(
    ("as_of", "back", "days"),
    [
        (date(2026, 3, 31), 0, (date(2025, 9, 1), date(2026, 3, 31))),
        (date(2026, 3, 31), 1, (date(2024, 9, 1), date(2025, 8, 31))),
        (date(2026, 8, 31), 0, (date(2025, 9, 1), date(2026, 8, 31))),
        (date(2026, 9, 1), 0, (date(2026, 9, 1), date(2026, 9, 1))),
        (date(2026, 9, 1), 2, (date(2024, 9, 1), date(2025, 8, 31))),
    ],
)
def test_a_school_year_begins_in_september(as_of, back, days):
    assert days_of_window(SchoolYear(back), as_of) == days


def test_the_list_of_nodes_is_whole():
    assert set(NODES) >= {*Truth.__args__, *Number.__args__}


ALWAYS = at_least(count_of(WEEKS), count_of(WEEKS))
NEEDS = {
    "a number of events": (some(MISSING), True),
    "two numbers compared": (ALWAYS, False),
    "all, one of which needs an event": (all_of(ALWAYS, some(MISSING)), True),
    "any, one of which does not": (any_of(ALWAYS, some(MISSING)), False),
    "several, too few of which do not": (several_of(2, ALWAYS, some(MISSING)), True),
    "several, enough of which do not": (several_of(1, ALWAYS, some(MISSING)), False),
    "what did not happen": (none(MISSING), False),
    "background": (given(some(MISSING)), False),
}


@pytest.mark.parametrize(("rule", "needs"), NEEDS.values(), ids=NEEDS)
def test_an_indicator_always_rests_on_an_event(rule, needs):
    assert rests_on_events(rule) is needs
    if needs:
        replace(REPEAT_MISSING, rule=rule)
    else:
        with pytest.raises(IndicatorError, match="an alert needs evidence"):
            replace(REPEAT_MISSING, rule=rule)


def test_a_rule_cannot_be_changed():
    rule = REPEAT_MISSING.rule
    assert isinstance(rule, AtLeast)
    with pytest.raises(AttributeError):
        rule.least = 1
    assert hash(rule) == hash(AtLeast(rule.number, rule.least))
