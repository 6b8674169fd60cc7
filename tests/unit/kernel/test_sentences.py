"""A rule reads as English: every node, every kind and every field has its words."""

import pytest

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.indicators.conditions import Condition
from keepsight.kernel.indicators.language import (
    THIS_SCHOOL_YEAR,
    TODAY,
    agencies_of,
    all_of,
    any_of,
    at_least,
    began,
    count_of,
    days_of,
    different,
    during,
    ended,
    first_of,
    followed,
    given,
    in_days_before,
    in_last,
    in_progress,
    lists_any,
    none,
    on_weekdays,
    plus,
    preceded,
    says,
    says_at_least,
    says_at_most,
    says_nothing,
    says_one_of,
    says_other_than,
    says_something,
    several_of,
    shared,
    some,
    times,
    total,
    unanswered,
)
from keepsight.kernel.indicators.nodes import Unless
from keepsight.kernel.indicators.sentences import (
    as_text,
    lines,
    sentence,
)
from keepsight.kernel.indicators.windows import SchoolYear, Weekday
from keepsight.kernel.vocabulary.events import BY_KIND

MISSING = began("missing_episode", in_last(90))
SIGHTING = began("sighting", in_last(90))
HELD = began("return_interview_held", in_last(90))
ABSENT = began("attendance_week", in_last(28), says_at_least("absent", 2))
VISIT = "an emergency department attendance on the day itself, where"

SHORT = [
    (some(MISSING), "There was a missing episode that began in the last 90 days."),
    (none(MISSING), "There was no missing episode that began in the last 90 days."),
    (
        at_least(3, count_of(MISSING)),
        "There were at least 3 missing episodes that began in the last 90 days.",
    ),
    (
        at_least(1, days_of(MISSING)),
        "There was at least 1 day on which a missing episode began in the last 90 days.",
    ),
    (
        at_least(3, days_of(MISSING)),
        "There were at least 3 days on which a missing episode began in the last 90 days.",
    ),
    (
        Unless(at_least(3, days_of(MISSING))),
        "There were fewer than 3 days on which a missing episode began in the last 90 days.",
    ),
    (
        at_least(6, total("absent", ABSENT)),
        "There were in all at least 6 sessions missed, over weeks of school attendance that began"
        " in the last 28 days, where there were 2 or more sessions missed.",
    ),
    (
        at_least(6, times(2, count_of(MISSING))),
        "Twice the number of missing episodes that began in the last 90 days comes to at least 6.",
    ),
    (
        some(ended("hospital_stay", in_days_before(84, the_last=28))),
        "There was a hospital stay that ended in the 84 days before the last 28 days.",
    ),
    (
        some(in_progress("placement", TODAY)),
        "There was a looked-after placement that was in progress on the day itself.",
    ),
    (
        some(in_progress("placement", in_last(7))),
        "There was a looked-after placement that was in progress at some time in the last 7 days.",
    ),
    (
        at_least(2, days_of(in_progress("placement", in_last(7)))),
        "There were at least 2 days on which a looked-after placement began that was in progress"
        " at some time in the last 7 days.",
    ),
    (
        at_least(2, days_of(unanswered(ended("missing_episode", in_last(90)), by=HELD))),
        "There were at least 2 days on which a missing episode ended in the last 90 days, with no"
        " return home interview held in the last 90 days, on the same day or later.",
    ),
    (
        some(followed(MISSING, by=HELD, within=3)),
        "There was a missing episode that began in the last 90 days, with a return home interview"
        " held in the last 90 days, on the same day or at most 3 days later.",
    ),
    (
        some(preceded(HELD, by=MISSING, within=1)),
        "There was a return home interview held in the last 90 days, with a missing episode that"
        " began in the last 90 days, on the same day or at most 1 day before it.",
    ),
    (
        some(first_of(MISSING, since=HELD)),
        "There was a missing episode that began in the last 90 days, with no return home interview"
        " held in the last 90 days, on the same day or before it.",
    ),
    (
        some(during(HELD, MISSING)),
        "There was a return home interview held in the last 90 days, with a missing episode that"
        " began in the last 90 days, at the same time.",
    ),
    (
        some(followed(MISSING, by=HELD, within=0)),
        "There was a missing episode that began in the last 90 days, with a return home interview"
        " held in the last 90 days, on the same day.",
    ),
    (
        some(on_weekdays(MISSING, Weekday.FRIDAY, Weekday.SATURDAY)),
        "There was a missing episode that began in the last 90 days, on a Friday or Saturday.",
    ),
    (
        some(began("school_exclusion", THIS_SCHOOL_YEAR)),
        "There was a suspension or exclusion from school in this school year.",
    ),
    (
        some(began("school_exclusion", SchoolYear(2))),
        "There was a suspension or exclusion from school in the school year 2 years before this"
        " one.",
    ),
    (
        at_least(3, agencies_of(MISSING, HELD)),
        "There were at least 3 different agencies that sent missing episodes that began in the"
        " last 90 days, or return home interviews held in the last 90 days.",
    ),
    (
        at_least(2, different("place", began("sighting", in_last(60)))),
        "There were at least 2 different values of the place over sightings at a place or"
        " in a vehicle in the last 60 days.",
    ),
    (
        some(shared(SIGHTING, EntityKind.VEHICLE, EntityKind.PLACE, within=90, others=3)),
        "There was a sighting at a place or in a vehicle in the last 90 days, naming a vehicle or a"
        " place that was also named, at most 90 days before or after, about another child of whom"
        " harm is on record or about at least 3 other children.",
    ),
    (
        all_of(some(MISSING), none(HELD)),
        "There was a missing episode that began in the last 90 days, and there was no return home"
        " interview held in the last 90 days.",
    ),
    (
        any_of(some(MISSING), some(HELD)),
        "There was a missing episode that began in the last 90 days, or there was a return home"
        " interview held in the last 90 days.",
    ),
    (
        given(some(MISSING)),
        "As background only, which is no evidence, there was a missing episode that began in the"
        " last 90 days.",
    ),
]

CONDITIONS_SAID = [
    (says("concern", "self_harm"), "the concern noted is “Self-harm”"),
    (
        says_one_of("concern", "assault", "overdose", "struck_by_a_car"),
        "the concern noted is “Assault”, “Overdose” or “struck by a car”",
    ),
    (says_other_than("concern", "assault"), "a concern noted is given that is not “Assault”"),
    (says_something("concern"), "a concern noted is given"),
    (says_nothing("concern"), "no concern noted is given"),
    (says("left_before_seen", True), "the child left before being seen"),
    (says("left_before_seen", False), "the child did not leave before being seen"),
    (
        says_something("left_before_seen"),
        "it is stated whether the child left before being seen",
    ),
]

NUMBERS_OF_A_FIELD = [
    (says("absent", 3), "the number of sessions missed is 3"),
    (says_other_than("absent", 3), "the number of sessions missed is given and is not 3"),
    (says_at_least("absent", 3), "there were 3 or more sessions missed"),
    (says_at_most("absent", 3), "there were 3 or fewer sessions missed"),
    (says_something("absent"), "the number of sessions missed is given"),
    (says_nothing("absent"), "the number of sessions missed is not given"),
]


@pytest.mark.parametrize(("rule", "said"), SHORT, ids=lambda value: str(value)[:40])
def test_a_short_rule_is_one_sentence(rule, said: str) -> None:
    assert as_text(sentence(rule)) == said


@pytest.mark.parametrize(("condition", "said"), CONDITIONS_SAID)
def test_what_a_field_must_say_is_said_in_words_and_not_in_codes(
    condition: Condition, said: str
) -> None:
    visit = began("emergency_attendance", TODAY, condition)
    assert as_text(sentence(some(visit))) == f"There was {VISIT} {said}."


@pytest.mark.parametrize(("condition", "said"), NUMBERS_OF_A_FIELD)
def test_a_number_that_a_field_holds_is_said_as_what_it_counts(
    condition: Condition, said: str
) -> None:
    weeks = began("attendance_week", in_last(28), condition)
    assert as_text(sentence(some(weeks))).endswith(f", where {said}.")


def test_a_list_that_a_field_holds_names_what_its_codes_mean() -> None:
    found = began("assessment_completed", in_last(9), lists_any("factors", "11A", "13A"))
    said = as_text(sentence(some(found)))
    assert said.endswith("the factors found at assessment include “Child sexual exploitation” or"
                         " “Gangs”.")  # fmt: skip


def test_a_long_rule_is_a_lead_with_numbered_parts() -> None:
    rule = all_of(
        several_of(2, some(MISSING), none(HELD), some(ABSENT)),
        at_least(times(2, count_of(MISSING)), count_of(HELD)),
        Unless(any_of(some(MISSING), some(HELD))),
        at_least(2, plus(days_of(MISSING), days_of(HELD))),
    )
    assert [(line.depth, line.number, line.text) for line in lines(sentence(rule))] == [
        (0, "", "All of these are so:"),
        (1, "1", "At least 2 of these 3 are so:"),
        (2, "1.1", "There was a missing episode that began in the last 90 days."),
        (2, "1.2", "There was no return home interview held in the last 90 days."),
        (
            2,
            "1.3",
            "There was a week of school attendance that began in the last 28 days, where there"
            " were 2 or more sessions missed.",
        ),
        (1, "2", "The first of these numbers is no less than the second:"),
        (2, "2.1", "The number of return home interviews held in the last 90 days."),
        (2, "2.2", "Twice the number of missing episodes that began in the last 90 days."),
        (1, "3", "None of these is so:"),
        (2, "3.1", "There was a missing episode that began in the last 90 days."),
        (2, "3.2", "There was a return home interview held in the last 90 days."),
        (1, "4", "These added up come to at least 2:"),
        (2, "4.1", "The number of days on which a missing episode began in the last 90 days."),
        (
            2,
            "4.2",
            "The number of days on which there was a return home interview held in the last 90"
            " days.",
        ),
    ]


def test_and_and_or_never_stand_in_one_line() -> None:
    said = sentence(any_of(all_of(some(MISSING), some(HELD)), some(ABSENT)))
    assert [part.lead.count(", and ") + part.lead.count(", or ") for part in said.parts] == [1, 0]


@pytest.mark.parametrize("indicator", [*CATALOGUE, *COHORTS], ids=lambda each: each.code)
def test_no_sentence_of_ours_holds_a_code(indicator) -> None:
    said = as_text(sentence(indicator.rule))
    names = {f"{kind}" for kind in BY_KIND if "_" in kind}
    assert "`" not in said
    assert "_" not in said
    assert not any(name in said for name in names)
