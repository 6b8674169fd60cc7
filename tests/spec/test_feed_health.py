"""What is said of a feed's health: each rule, what just meets it and what just does not."""

from datetime import date, timedelta

import pytest

from keepsight.kernel.feed_calendar import counted_days, is_holiday, weeks_expected
from keepsight.kernel.feed_files import Arrival, kind_of_file, latest_of_each
from keepsight.kernel.feed_health import RULES, told_late, told_of_files, troubles
from keepsight.kernel.feed_state import FeedFacts, days_late

TODAY = date(2026, 3, 16)  # a Monday


def came(days_ago: int, rows: int = 100, bad: int = 0, kind: str = "file", refused: bool = False):
    day = TODAY - timedelta(days=days_ago)
    return Arrival(kind=kind, day=day, rows=rows, quarantined=bad, refused=refused)


def feed(*arrivals: Arrival, rhythm: int | None = 7, **others: object) -> FeedFacts:
    return FeedFacts(**{"on": True, "rhythm_days": rhythm, "arrivals": arrivals} | others)


def week(number: int) -> date:
    """The Monday so many weeks ago."""
    return TODAY - timedelta(weeks=number)


OPEN = frozenset(week(number) for number in (1, 2, 3, 5, 6))
"""Weeks for which some school of the area sent marks: four weeks ago was a holiday."""

# what stands, a feed, which rules are met
CASES = [
    ("it came within its rhythm", feed(came(7)), []),
    ("it came a day too long ago", feed(came(8)), ["late"]),
    ("it never came and is not due", feed(since=TODAY - timedelta(days=7)), []),
    ("it never came and is due", feed(since=TODAY - timedelta(days=8)), ["late"]),
    ("a failed file is no delivery", feed(came(20), came(1, refused=True)), ["late", "failed"]),
    ("it failed and was sent again", feed(came(2, refused=True), came(1)), []),
    ("it is off and never came", feed(on=False), []),
    ("it is off and used to come", feed(came(90), on=False), ["off"]),
    ("exactly half", feed(came(8, 100), came(1, 50)), ["shrunk"]),
    ("just more than half", feed(came(8, 100), came(1, 51)), []),
    ("a small file may halve", feed(came(8, 19), came(1, 2)), []),
    ("of twenty it is told", feed(came(8, 20), came(1, 10)), ["shrunk"]),
    ("another table is another file", feed(came(8, 100, kind="a"), came(1, 5, kind="b")), []),
    ("two on one day are not compared", feed(came(1, 100), came(1, 5)), []),
    ("a twentieth that was none", feed(came(8), came(1, bad=5)), ["quarantine_jumped"]),
    ("just less than a twentieth", feed(came(8, 1000), came(1, 1000, bad=49)), []),
    ("much, as always", feed(came(8, bad=20), came(1, bad=30)), []),
    ("twice as much as before", feed(came(8, bad=20), came(1, bad=40)), ["quarantine_jumped"]),
    ("no rhythm", feed(came(500), rhythm=None), ["no_rhythm"]),
    ("a silence of twice its rhythm", feed(came(15), came(1)), []),
    ("a longer one", feed(came(16), came(1)), ["silence"]),
    ("one of long ago", feed(came(400), came(300), *(came(7 * n) for n in range(42, 0, -1))), []),
    ("its review is today", feed(came(1), review_by=TODAY), []),
    ("its review was yesterday", feed(came(1), review_by=week(0) - timedelta(days=1)),
     ["review_overdue"]),
    ("all weeks but the holiday", feed(came(1), register=True, weeks=OPEN, open_weeks=OPEN), []),
    ("one week without marks",
     feed(came(1), register=True, weeks=OPEN - {week(3)}, open_weeks=OPEN), ["weeks_missing"]),
    ("weeks before it began",
     feed(came(1), register=True, weeks=frozenset({week(1)}), open_weeks=OPEN), []),
    ("a school’s days of holiday do not count",
     feed(came(35), rhythm=28, school=True, open_weeks=OPEN), []),
    ("the same days of another’s do", feed(came(35), rhythm=28, open_weeks=OPEN), ["late"]),
    ("a daily feed sends nothing at the weekend", feed(came(3), rhythm=1), []),
    ("but on Fridays", feed(came(4), rhythm=1), ["late"]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "met"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_is_wrong(facts, met):
    assert [each.rule.name for each in troubles(facts, TODAY)] == met


def test_every_rule_is_met_by_some_case():
    assert {name for *_, met in CASES for name in met} == {rule.name for rule in RULES}
    assert [rule.severity for rule in RULES] == sorted((r.severity for r in RULES), reverse=True)
    assert all(rule.source and rule.mark for rule in RULES)


SAID = [
    (feed(came(9)), "Nothing has come since 7 March 2026. It should come every 7 days and is 2 "
     "days late."),
    (feed(since=date(2026, 3, 8), rhythm=1, school=True),
     "Nothing has come yet. It should come every 1 day outside the school holidays and is 5 days "
     "late."),
    (feed(came(8, 1000), came(1, 1)),
     "The file of 15 March 2026 has 1 row, and the one before it, of 8 March 2026, had 1,000."),
    (feed(came(1), came(0, refused=True, kind="other")),
     "The file of 16 March 2026 could not be taken in."),
    (feed(came(9), on=False, since=date(2026, 3, 10)),
     "It is switched off since 10 March 2026, so nothing new comes. It last came on 7 March 2026."),
    (feed(came(1), register=True, weeks=OPEN - {week(3)}, open_weeks=OPEN),
     "There are no marks for the week of 23 February 2026, though other schools were open."),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "sentence"), SAID)
def test_it_is_said_in_a_plain_sentence(facts, sentence):
    assert troubles(facts, TODAY)[0].sentence == sentence


def test_all_are_told_no_number_of_rows():
    shrunk = feed(came(30, 1000), came(20, 4))
    assert told_late(shrunk, TODAY) == (troubles(shrunk, TODAY)[0].sentence,)
    [said] = told_of_files(shrunk, TODAY)
    assert not any(character.isdigit() for character in said)
    quiet = feed(came(8), came(1, bad=90))
    assert (told_late(quiet, TODAY), told_of_files(quiet, TODAY)) == ((), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2025_spring_pupilonroll.csv", "2026_Summer_PupilOnRoll.csv", True),
        ("register-2026-01.csv", "register-2026-02.csv", True),
        ("register January.csv", "register_february.csv", True),
        ("episodes_2026.csv", "missing_2026.csv", False),
    ],
)
def test_a_file_is_known_by_what_stays_in_its_name(one, other, same):
    assert (kind_of_file(one) == kind_of_file(other)) == same


def test_the_latest_of_each_kind():
    found = latest_of_each([came(5, 1, kind="a"), came(3, 2, kind="b"), came(1, 3, kind="a")])
    assert [each.rows for each in found] == [3, 2]


def test_august_is_a_holiday_unless_a_register_says_otherwise():
    august = date(2025, 8, 11)
    assert is_holiday(august, frozenset())
    assert not is_holiday(august, frozenset({august}))
    assert not is_holiday(date(2025, 9, 8), frozenset())


def test_what_lies_after_the_last_mark_of_the_area_is_not_yet_known_to_be_a_holiday():
    assert not is_holiday(week(0), OPEN)
    assert is_holiday(week(4), OPEN)
    assert not is_holiday(week(9), OPEN)
    assert weeks_expected(week(5), week(1), OPEN) == (week(5), week(3), week(2), week(1))


def test_days_are_counted_after_the_first_up_to_the_last():
    friday, monday = date(2026, 3, 13), date(2026, 3, 16)
    assert counted_days(friday, monday, None, plain=True) == 3
    assert counted_days(friday, monday, None, plain=False) == 1
    assert counted_days(monday, friday, None, plain=True) == 0


def test_a_feed_that_is_off_is_never_late():
    assert days_late(feed(came(90), on=False), TODAY) == 0
