"""Each table of this folder, put to the oracle and to every engine."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from keepsight.kernel.indicators import oracle
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Given,
    SeveralOf,
    Times,
    Unless,
    parts,
)
from keepsight.kernel.indicators.selecting import Beside, Select, Shared
from keepsight.kernel.indicators.windows import Window
from keepsight.kernel.vocabulary.content.base import Standing
from keepsight.kernel.vocabulary.events import BY_KIND

AS_OF = date(2026, 3, 31)
FOLDER = Path(__file__).parent


def test_a_case_is_met_by_these_events_and_no_others(case, answers):
    assert answers.get((case.child_id, case.code)) == case.evidence


def test_every_indicator_has_a_table_of_cases_that_carries_its_title():
    titles = {path.stem: path.read_text().splitlines()[0] for path in FOLDER.glob("*.md")}
    assert titles == {each.code: f"# {each.title}" for each in CATALOGUE}


def test_every_indicator_has_cases_met_and_not_met(answers):
    met = {code for _, code in answers}
    assert met == {indicator.code for indicator in CATALOGUE}


def test_every_number_that_a_rule_turns_on_is_a_named_threshold():
    for indicator in CATALOGUE:
        named = {threshold.value for threshold in indicator.thresholds}
        assert numbers_of(indicator.rule) - {1} <= named, indicator.code


def test_one_version_of_an_indicator_is_in_force_on_a_day():
    codes = [indicator.code for indicator in CATALOGUE if indicator.in_force(AS_OF)]
    assert len(codes) == len(set(codes))


def test_an_indicator_finds_nothing_before_it_is_in_force(case):
    later = [replace(each, in_force_from=AS_OF + timedelta(days=1)) for each in CATALOGUE]
    assert not any(
        oracle.evaluate(indicator, case.events, AS_OF, case.company) for indicator in later
    )
    assert any(
        oracle.evaluate(indicator, case.events, AS_OF, case.company) for indicator in CATALOGUE
    ) or (case.evidence is None)


def test_no_indicator_rests_on_context_alone():
    assert all(rests_on_more_than_context(each.rule) for each in CATALOGUE)
    attended = parts(next(each.rule for each in CATALOGUE if each.code == "lateness_changes"))
    assert not rests_on_more_than_context(next(part for part in attended if is_late(part)))


def is_late(part):
    return isinstance(part, AtLeast) and "attendance_week" in kinds_of(part)


def rests_on_more_than_context(truth):
    """Whether each way of meeting it takes an event of a kind that is more than context."""
    match truth:
        case AtLeast():
            return all(BY_KIND[kind].standing is not Standing.CONTEXT for kind in kinds_of(truth))
        case AllOf(truths):
            return any(map(rests_on_more_than_context, truths))
        case AnyOf(truths):
            return all(map(rests_on_more_than_context, truths))
        case SeveralOf(least, truths):
            return sum(not rests_on_more_than_context(each) for each in truths) < least
        case Unless() | Given():
            return False


def kinds_of(truth):
    """The kinds that it counts, without those that only stand beside them."""
    beside = {beside.events for beside in parts(truth) if isinstance(beside, Beside)}
    counted = (part for part in parts(truth) if isinstance(part, Select))
    return {select.kind for select in counted if select not in beside}


def numbers_of(rule):
    found = set()
    for part in parts(rule):
        match part:
            case Window(first, last):
                found.add(first - last + 1)
            case Beside(within=int(within)):
                found.add(within)
            case Shared(_, within, others):
                found |= {within, others}
            case AtLeast(_, int(least)) | SeveralOf(int(least), _):
                found.add(least)
            case Times(_, factor):
                found.add(factor)
    return found
