"""An indicator: its words, its author, its versions, and the days on which it is in force."""

from dataclasses import replace
from datetime import date

import pytest

from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.former import FORMER
from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.conditions import IndicatorError
from keepsight.kernel.indicators.indicator import Change
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD
from keepsight.kernel.vocabulary.content.base import Standing
from keepsight.kernel.vocabulary.events import BY_KIND

CHANGE = Change(version=2, made=date(2026, 1, 1), what="Counts days and not reports.")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "Children at risk of exploitation"}, "never says “at risk”"),
        ({"question": "What is the likelihood?"}, "never says “likelihood”"),
        ({"reason": " "}, "code, words and source are all needed"),
        ({"standing": Standing.RECORD}, "no reason to ask anybody to think"),
        ({"version": 0}, "versions begin at 1"),
        ({"in_force_until": date(2000, 1, 1)}, "it ends before it is in force"),
        ({"author": ""}, "code, words and source are all needed"),
        ({"version": 2}, "the history says of each version from 2 to 2"),
        ({"history": (CHANGE,)}, "the history says of each version from 2 to 1"),
        (
            {"version": 2, "history": (replace(CHANGE, what="Says the likelihood."),)},
            "never says “likelihood”",
        ),
    ],
)
def test_an_indicator_is_refused_with_its_reason(change, why):
    with pytest.raises(IndicatorError, match=why):
        replace(REPEAT_MISSING, **change)


def test_an_indicator_is_in_force_from_its_first_day_to_its_last():
    dated = replace(REPEAT_MISSING, in_force_from=date(2026, 1, 2), in_force_until=date(2026, 1, 3))
    days = [date(2026, 1, day) for day in range(1, 5)]
    assert [dated.in_force(day) for day in days] == [False, True, True, False]


def test_an_indicator_names_every_kind_that_it_reads():
    kinds = {indicator.code: indicator.kinds for indicator in CATALOGUE}
    assert kinds["returns_without_interview"] == {"missing_episode", "return_interview_held"}


def test_the_catalogue_reads_only_kinds_of_the_ordinary_tier():
    read = frozenset().union(*(indicator.kinds for indicator in CATALOGUE))
    assert {BY_KIND[kind].heading for kind in read}.isdisjoint(CLOSELY_HELD)


def test_a_later_version_says_what_it_changed():
    later = replace(REPEAT_MISSING, version=2, history=(CHANGE,))
    assert later.history[-1].what == "Counts days and not reports."


def test_every_version_that_was_replaced_is_kept_and_no_longer_in_force():
    now = {each.code: each for each in CATALOGUE}
    kept = {(each.code, each.version) for each in FORMER}
    for each in CATALOGUE:
        assert {(each.code, former.version - 1) for former in each.history} <= kept
    for each in FORMER:
        (replaced_by,) = (
            change for change in now[each.code].history if change.version == each.version + 1
        )
        assert not each.in_force(replaced_by.made)
