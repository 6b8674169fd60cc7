"""The words of the pages."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from keepsight.chronology.queries import Entry
from keepsight.detection.views_of_alerts import AlertView, MetView
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.indicators.triage import AreaWays
from keepsight.oversight.queries import Unassessed
from keepsight.oversight.reading import AreaAlerts
from keepsight.web.presenters import dates
from keepsight.web.presenters.alerts import around, shown
from keepsight.web.presenters.area import about_alerts, sentences
from keepsight.web.presenters.paging import Paged
from keepsight.web.presenters.sources import citation
from keepsight.web.presenters.timeline import Filter, choices, kept_as_sent


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


MISSING = Entry(
    ref="7",
    kind="missing_episode",
    title="Missing",
    sentence="Missing from home",
    standing="Raises concern",
    occurred=at(2026, 3, 2, 16, 15),
    occurred_until=at(2026, 3, 3, 9),
    day_only=False,
    agency="Example Police",
    feed="Missing persons",
    received=at(2026, 3, 4, 6),
    row="12",
    revision=1,
    remarks=(),
    closely_held=False,
)
ABSENT = replace(
    MISSING,
    ref="8",
    standing="Context",
    agency="Example School",
    occurred=at(2026, 3, 9),
    received=at(2026, 3, 20, 6),
)
MET = MetView(
    indicator="repeat_missing",
    version=1,
    title="Missing again and again",
    question="What is pulling this child away?",
    reason="Repeated missing episodes",
    source="Statutory guidance 2014",
    mark="M",
    standing="Raises concern",
    changes="Fewer episodes",
    reads=("missing episodes (police)",),
    first_met=date(2026, 3, 5),
    no_longer_met=None,
    evidence=("7", "8", "hidden"),
)
ENDED = replace(MET, indicator="other", no_longer_met=date(2026, 3, 8), evidence=("7",))
ALERT = AlertView(
    alert_id=UUID(int=1),
    concern="going_missing",
    title="Going missing",
    harm=False,
    standing="Raises concern",
    state="to_read",
    first_met=date(2026, 3, 5),
    last_met=date(2026, 3, 25),
    no_longer_met=None,
    until=None,
    met=(ENDED, MET),
    decisions=(),
    new=frozenset({"8", "hidden"}),
    alerted=True,
)
CITED = {"7": MISSING, "8": ABSENT}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(2026, 3, 2, 16, 15), "2 March 2026 at 4:15pm"),
        (at(2026, 3, 2, 9), "2 March 2026 at 9am"),
        (at(2026, 3, 2, 0), "2 March 2026 at midnight"),
        (at(2026, 3, 2, 12), "2 March 2026 at midday"),
        (at(2026, 3, 2, 0, 5), "2 March 2026 at 12:05am"),
        (datetime.fromisoformat("2026-06-30T23:30:00+00:00"), "1 July 2026 at 12:30am"),
    ],
)
def test_moments_are_said_in_london_time(when: datetime, said: str) -> None:
    assert dates.moment(when) == said


def test_spans_say_only_what_is_known() -> None:
    assert dates.span(at(2026, 3, 2), at(2026, 3, 4), True) == "2 March 2026 to 4 March 2026"
    assert dates.span(at(2026, 3, 2), at(2026, 3, 2), True) == "2 March 2026"
    assert dates.span(at(2026, 3, 2, 9), None, False) == "2 March 2026 at 9am"
    hours = dates.span(at(2026, 3, 2, 9), at(2026, 3, 2, 17, 30), False)
    assert hours == "2 March 2026 at 9am to 5:30pm"


def test_a_school_week_is_said_from_its_monday() -> None:
    assert dates.week_of(date(2026, 3, 2)) == "2 to 6 March 2026"
    assert dates.week_of(date(2026, 3, 30)) == "30 March to 3 April 2026"
    assert dates.week_of(date(2025, 12, 29)) == "29 December 2025 to 2 January 2026"


def test_counts_have_their_noun() -> None:
    assert dates.counted(1, "day") == "1 day"
    assert dates.counted(1234, "child", "children") == "1,234 children"


def test_evidence_that_the_viewer_may_not_see_is_not_even_counted() -> None:
    (only,) = shown([ALERT], CITED, None)
    assert [entry.ref for entry in only.happened] == ["8", "7"]


def test_on_an_earlier_day_nothing_that_came_later_is_said() -> None:
    (then,) = shown([ALERT], CITED, date(2026, 3, 9))
    assert [entry.ref for entry in then.happened] == ["7"]


def test_what_happened_is_said_once_and_rules_no_longer_met_stand_last() -> None:
    (only,) = shown([ALERT], CITED, None)
    assert [each.met.indicator for each in only.met] == ["repeat_missing", "other"]
    assert [entry.ref for entry in only.happened] == ["8", "7"]
    assert only.new == 1, "what the viewer may not see is not counted"


def test_what_else_was_known_is_of_the_weeks_around() -> None:
    (only,) = shown([ALERT], CITED, None)
    day = timedelta(days=1)
    before = replace(MISSING, ref="9", occurred=MISSING.occurred - 28 * day)
    long_before = replace(MISSING, ref="10", occurred=MISSING.occurred - 29 * day)
    after = replace(ABSENT, ref="11", occurred=at(2026, 3, 3, 9) + 28 * day)
    assert around(only, [after, ABSENT, MISSING, before, long_before]) == [after, before]


def test_the_timeline_keeps_what_is_chosen_and_its_order() -> None:
    entries = [ABSENT, MISSING]
    assert Filter().keep(entries) == entries
    assert Filter(agencies=frozenset({"Example Police"})).keep(entries) == [MISSING]
    neither = Filter(frozenset({"Example Police"}), frozenset({"Context"}))
    assert neither.keep(entries) == []


def test_each_choice_is_offered_once_and_ticked_if_chosen() -> None:
    offered = choices(["Police", "Health", "Police"], frozenset({"Police"}))
    assert [(each["value"], each["checked"]) for each in offered] == [
        ("Health", False),
        ("Police", True),
    ]


def test_a_remark_says_what_was_sent_and_what_is_wrong_with_it() -> None:
    remark = {"field": "Postcode", "value": "ZZ", "reason": "It is not a postcode."}
    assert kept_as_sent(remark) == "Postcode was sent as “ZZ”. It is not a postcode."


@pytest.mark.parametrize(
    ("able", "raised", "says"),
    [
        (None, 40, "10.0 alerts a week began or came back in the last four weeks. Nobody has said"),
        (12, 40, "within the 12 that can be read."),
        (8, 40, "2.0 a week more than the 8 that can be read. Nothing is hidden for it."),
        (8, None, "too small a number to say."),
    ],
)
def test_what_is_raised_stands_beside_what_can_be_read(
    able: int | None, raised: int | None, says: str
) -> None:
    said, waiting = about_alerts(AreaAlerts(AreaWays(able), raised, 1, None))
    assert says in said
    assert waiting == "1 alert waits now."


def test_the_counts_of_an_area_are_sentences() -> None:
    assert sentences(Unassessed(12, 3, 1, 1)) == (
        "12 children are recorded as missing from school. "
        "Of them, 3 carry several signs that nobody has assessed.",
        "1 child is recorded as missing from home. "
        "Of them, 1 carries several signs that nobody has assessed.",
    )
    assert sentences(Unassessed(0, 0, 2, 0)) == (
        "No child is recorded as missing from school.",
        "2 children are recorded as missing from home. "
        "None of them carries several signs that nobody has assessed.",
    )


def test_a_list_fetches_no_row_that_it_does_not_show() -> None:
    everything = list(range(5))
    asked: list[tuple[int, int]] = []

    def fetch(offset: int, limit: int) -> list[int]:
        asked.append((offset, limit))
        return everything[offset : offset + limit]

    first = Paged(1, fetch, rows=2, search="ann")
    assert (first.rows, first.previous, first.next) == ([0, 1], None, "?search=ann&page=2")
    last = Paged(3, fetch, rows=2)
    assert (last.rows, last.previous, last.next) == ([4], "?page=2", None)
    assert asked == [(0, 2), (4, 2)]


def test_a_source_is_cited_without_our_own_notes_and_its_marks_are_said() -> None:
    assert citation("Ofsted, November 2014 (domain.md F11, R7)", "V") == "Ofsted, November 2014"
    assert citation("Guidance 2014", "M") == "Guidance 2014 (not confirmed against the source)"
    assert citation("Guidance, paragraph 31 [M]; Act, section 47", "V") == (
        "Guidance, paragraph 31 [not confirmed against the source]; Act, section 47"
    )


def test_a_clock_that_counts_days_is_said_in_days() -> None:
    assert dates.limit(at(2026, 8, 10)) == "10 August 2026"
    assert dates.limit(at(2026, 8, 11, 23, 59)) == "the end of 11 August 2026"
    assert dates.limit(at(2026, 8, 11, 17)) == "11 August 2026 at 5pm"
