"""A definition that somebody wrote: what is wrong is said in a sentence, with its place."""

import json
from copy import deepcopy
from typing import Any

import pytest

from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.indicators.conditions import NEVER_READ
from keepsight.kernel.indicators.indicator import NEVER_SAID
from keepsight.kernel.indicators.named_numbers import unnamed
from keepsight.kernel.indicators.nodes import NODES
from keepsight.kernel.indicators.reading_written import WrittenWrongly, indicator_of
from keepsight.kernel.indicators.written import NAMES, as_data

GOOD = as_data(next(each for each in CATALOGUE if each.code == "repeat_missing"))
RULE = "rule.at_least"
EVENTS = f"{RULE}.number.different_days.events"


def changed(place: str, value: object) -> dict[str, Any]:
    """The good definition with one part of it set, or taken out."""
    data = deepcopy(GOOD)
    *before, last = [int(each) if each.isdigit() else each for each in place.split(".")]
    part: Any = data
    for each in before:
        part = part[each]
    if value is TAKEN_OUT:
        del part[last]
    else:
        part[last] = value
    return data


TAKEN_OUT = object()


def condition(field: str, operator: str, *value: object) -> list[dict[str, object]]:
    said: dict[str, object] = {"field": field, "operator": operator}
    return [said | ({"value": value[0]} if value else {})]


NAMES_OF_TRUTHS = "at_least, all_of, any_of, several_of, unless, given"
NINETY_DAYS = {"days_back": {"days": 90}}
NAMES_OF_NUMBERS = "count, different_days, total, different, times, plus"

MISTAKES = {
    "a kind that there is not": (
        changed(f"{EVENTS}.kind", "mising_episode"),
        f"{EVENTS}.kind",
        "“mising_episode” is not a kind of event that Keepsight knows. Did you mean"
        " “missing_episode”?",
    ),
    "a kind that says who somebody is": (
        changed(f"{EVENTS}.kind", "person_details"),
        f"{EVENTS}.kind",
        "No indicator may read person_details: it says who somebody is.",
    ),
    "a moment that the kind has not": (
        changed(
            EVENTS, {"kind": "sighting", "window": {"days_back": {"days": 90}}, "moment": "ended"}
        ),
        f"{EVENTS}.moment",
        "sighting is over in an instant, so it only ever began.",
    ),
    "a field that there is not": (
        changed(f"{EVENTS}.where", condition("colour", "present")),
        f"{EVENTS}.where.0",
        "missing_episode has no field colour. It has: category, missing_from, found_at,"
        " found_with.",
    ),
    "a field that no indicator may read": (
        changed(f"{EVENTS}.where", condition("ethnicity", "is", "WBRI")),
        f"{EVENTS}.where.0",
        "No indicator may read ethnicity.",
    ),
    "a name that no indicator may read": (
        changed(f"{EVENTS}.religion", "any"),
        f"{EVENTS}.religion",
        "No indicator may read religion.",
    ),
    "an operator that the field cannot take": (
        changed(f"{EVENTS}.where", condition("category", "at_least", 3)),
        f"{EVENTS}.where.0",
        "missing_episode: category cannot take “at_least”.",
    ),
    "an operator with nothing after it": (
        changed(f"{EVENTS}.where", condition("category", "is")),
        f"{EVENTS}.where.0",
        "“category is” cannot be followed by None.",
    ),
    "a window in another unit": (
        changed(f"{EVENTS}.window", {"days_back": {"days": 90, "weeks": 4}}),
        f"{EVENTS}.window.days_back.weeks",
        "“weeks” is not known here; known are days, before_the_last.",
    ),
    "a window the wrong way round": (
        changed(f"{EVENTS}.window", {"days_back": {"days": 28, "before_the_last": -84}}),
        f"{EVENTS}.window.days_back",
        "A window lies before the day, not after it: “before_the_last” is 0 days or more, not -84.",
    ),
    "a window of no days": (
        changed(f"{EVENTS}.window", {"days_back": {"days": 0}}),
        f"{EVENTS}.window.days_back",
        "A window counts back from the day, and is at least 1 day long, not 0.",
    ),
    "a window longer than any life": (
        changed(f"{EVENTS}.window", {"days_back": {"days": 40_000}}),
        f"{EVENTS}.window.days_back",
        "A window of 39999 to 0 days back cannot be: it counts back from the day, the further end"
        " first, and at most 36525 days.",
    ),
    "a node that there is not": (
        changed("rule", {"at_lest": {}}),
        "rule",
        f"“at_lest” is not known here; known are {NAMES_OF_TRUTHS}. Did you mean “at_least”?",
    ),
    "a number that there is not": (
        changed(f"{RULE}.number", {"average": {}}),
        f"{RULE}.number",
        f"“average” is not known here; known are {NAMES_OF_NUMBERS}.",
    ),
    "two nodes where one stands": (
        changed("rule", {"all_of": {}, "any_of": {}}),
        "rule",
        f"One name stands here, of: {NAMES_OF_TRUTHS}. There is: all_of, any_of.",
    ),
    "a list where a node stands": (
        changed("rule", []),
        "rule",
        "A list cannot stand here: it takes names such as at_least, all_of, any_of, several_of.",
    ),
    "a list under a node": (
        changed("rule", {"all_of": []}),
        "rule.all_of",
        "Under “all_of” stand names: truths.",
    ),
    "an empty list of conditions": (
        changed("rule", {"all_of": {"truths": []}}),
        "rule.all_of",
        "An empty list of conditions is never right: name at least one.",
    ),
    "a decimal": (
        changed(f"{RULE}.least", 2.5),
        f"{RULE}.least",
        "“2.5” cannot stand here: it takes a whole number, or names such as count,"
        " different_days, total, different.",
    ),
    "yes where a number stands": (
        changed(f"{RULE}.least", True),
        f"{RULE}.least",
        "true cannot stand here: it takes a whole number, or names such as count,"
        " different_days, total, different.",
    ),
    "at least none": (
        changed(f"{RULE}.least", 0),
        RULE,
        "“At least 0” asks nothing: begin at 1.",
    ),
    "a factor that is no number": (
        changed(
            f"{RULE}.number",
            {"times": {"number": GOOD["rule"]["at_least"]["number"], "factor": "2/0"}},
        ),
        f"{RULE}.number.times.factor",
        "“2/0” cannot stand here: it takes a whole number, or a fraction such as “2/3”.",
    ),
    "a field that cannot be added up": (
        changed(
            f"{RULE}.number",
            {
                "total": {
                    "field": "category",
                    "events": {"kind": "missing_episode", "window": {"days_back": {"days": 9}}},
                }
            },
        ),
        f"{RULE}.number.total",
        "missing_episode: category cannot be added up; only whole numbers can.",
    ),
    "a rule that no event need meet": (
        changed("rule", {"unless": {"truth": GOOD["rule"]}}),
        "",
        "repeat_missing: the rule can be met by no event at all, and an alert needs evidence.",
    ),
    "words that are never said": (
        changed("reason", "Such a child is at risk."),
        "reason",
        "An indicator never says “at risk”: say what happened.",
    ),
    "a mark that there is not": (
        changed("mark", "V"),
        "mark",
        "“V” cannot stand here: it takes one of read, read_second_hand, unconfirmed, uncertain,"
        " derived.",
    ),
    "a day that there is not": (
        changed("in_force_from", "2026-02-30"),
        "in_force_from",
        "“2026-02-30” cannot stand here: it takes a day such as 2026-03-31.",
    ),
    "an end before the beginning": (
        changed("in_force_until", "2001-01-01"),
        "",
        "repeat_missing: it ends before it is in force.",
    ),
    "a number where text stands": (
        changed("code", 7),
        "code",
        "“7” cannot stand here: it takes text (in quotes where it looks like a number or a day).",
    ),
    "a title that is missing": (changed("title", TAKEN_OUT), "", "“title” is missing."),
    "a threshold without its source": (
        changed("thresholds.1.source", TAKEN_OUT),
        "thresholds.1",
        "“source” is missing.",
    ),
    "a name that nobody knows": (
        changed("thresold", []),
        "thresold",
        "“thresold” is not known here; known are code, version, title, question, reason,"
        " changes, source, mark, concern, standing, rule, in_force_from, in_force_until,"
        " thresholds, author, history. Did you mean “thresholds”?",
    ),
    "nothing at all": (
        None,
        "",
        "Nothing cannot stand here: it takes names such as code, version, title, question.",
    ),
}


def mistakes_in(data: object) -> list[tuple[str, str]]:
    with pytest.raises(WrittenWrongly) as wrong:
        indicator_of(data)
    return [(".".join(map(str, each.place)), each.says) for each in wrong.value.mistakes]


@pytest.mark.parametrize(("data", "place", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_in_a_sentence_with_its_place(
    data: object, place: str, says: str
) -> None:
    assert mistakes_in(data) == [(place, says)]


@pytest.mark.parametrize("field", sorted(NEVER_READ))
def test_what_no_indicator_may_read_cannot_be_written(field: str) -> None:
    wrong = changed(f"{EVENTS}.where", condition(field, "present"))
    assert mistakes_in(wrong) == [(f"{EVENTS}.where.0", f"No indicator may read {field}.")]


@pytest.mark.parametrize("phrase", NEVER_SAID)
@pytest.mark.parametrize("field", ["title", "question", "reason", "changes"])
def test_what_an_indicator_never_says_cannot_be_written(field: str, phrase: str) -> None:
    said = mistakes_in(changed(field, f"A {phrase.upper()} something"))
    assert (field, f"An indicator never says “{phrase}”: say what happened.") in said


def test_every_mistake_is_said_and_not_only_the_first() -> None:
    data = changed("mark", "V") | {"version": "1"}
    data["rule"]["at_least"]["number"]["different_days"]["events"]["kind"] = "horoscope"
    assert [place for place, _ in mistakes_in(data)] == ["version", "mark", f"{EVENTS}.kind"]


@pytest.mark.parametrize("indicator", [*CATALOGUE, *COHORTS], ids=lambda each: each.code)
def test_what_is_in_use_comes_back_as_it_was_and_names_its_numbers(indicator) -> None:
    assert indicator_of(json.loads(json.dumps(as_data(indicator)))) == indicator
    assert unnamed(indicator) == []


def test_every_node_has_its_name_in_a_file() -> None:
    assert set(NAMES) >= set(NODES)
    assert len(set(NAMES.values())) == len(NAMES)


def test_a_number_that_no_threshold_names_is_told() -> None:
    assert unnamed(indicator_of(changed(f"{RULE}.least", 4))) == [
        (("thresholds",), "The rule turns on 4 days, and no threshold names that number.")
    ]


def test_a_threshold_in_another_unit_than_the_rule_counts_is_told() -> None:
    assert unnamed(indicator_of(changed("thresholds.0.unit", "weeks"))) == [
        (
            ("thresholds", 0, "unit"),
            "The rule counts 90 days, and the threshold calls them 90 weeks.",
        )
    ]
