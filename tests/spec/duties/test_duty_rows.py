"""Every row of the duties' specification, and what every duty in the table must be."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.duties import DUTIES, State, all_obligations, duties_in_force, obligations
from keepsight.kernel.duties.duty import Answer, DutyError, Limit, Stop, Unit
from keepsight.kernel.duties.missing import RETURN_HOME_INTERVIEW
from keepsight.kernel.duties.referrals import REFERRAL_DECISION
from keepsight.kernel.vocabulary.content.missing import ReturnInterviewHeld
from tests.spec.duties.conference_rows import CONFERENCE_ROWS
from tests.spec.duties.duty_rows import DutyRow, london
from tests.spec.duties.missing_rows import MISSING_ROWS
from tests.spec.duties.referral_rows import REFERRAL_ROWS

DUTY_ROWS: list[DutyRow] = [*REFERRAL_ROWS, *MISSING_ROWS, *CONFERENCE_ROWS]


def to_the_minute(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("row", DUTY_ROWS, ids=lambda row: row.case)
def test_what_is_owed(row):
    found = obligations(row.duty, tuple(reversed(row.happened)), london(row.now))
    said = [
        (one.start_event, to_the_minute(one.started), to_the_minute(one.due), one.state)
        for one in found
    ]
    assert said == [(one.start, one.started, one.due, one.state) for one in row.owed]
    assert [one.stop_event for one in found] == [one.stop for one in row.owed]
    for one, expected in zip(found, row.owed, strict=True):
        assert (one.duty, one.version) == (row.duty.code, row.duty.version)
        assert (one.stopped is None) == (one.stop_event is None)
        assert expected.why in (None, one.why)


def test_the_rows_reach_every_duty_and_every_state():
    assert {(row.duty.code, row.duty.version) for row in DUTY_ROWS} == {
        (duty.code, duty.version) for duty in DUTIES
    }
    assert {owed.state for row in DUTY_ROWS for owed in row.owed} == set(State)


def test_every_event_that_was_read_supports_the_answer():
    row = MISSING_ROWS[0]
    (overdue,) = obligations(row.duty, row.happened, london(row.now))
    assert overdue.supporting == ("m", "o")


def test_a_clock_is_judged_once_by_the_version_in_force_when_it_started():
    row = next(row for row in REFERRAL_ROWS if row.duty.version == 1)
    found = all_obligations(row.happened, london(row.now))
    assert [(one.start_event, one.version) for one in found] == [("r1", 1), ("r2", 2)]


@pytest.mark.parametrize("first", [duty for duty in DUTIES if duty.version > 1])
def test_one_version_follows_another_without_a_gap_or_an_overlap(first):
    (before,) = (d for d in DUTIES if (d.code, d.version) == (first.code, first.version - 1))
    assert before.in_force_until == first.in_force_from - timedelta(days=1)


def test_the_three_duties_in_force():
    codes = [duty.code for duty in duties_in_force(date(2026, 6, 1))]
    assert codes == ["referral_decision", "return_home_interview", "initial_conference"]
    assert duties_in_force(date(1990, 1, 1)) == ()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"citation": " "}, "its citation is empty"),
        ({"requirement": "Hold an interview"}, "not a whole sentence"),
        ({"stops": ()}, "nothing stops its clock"),
        ({"version": 0}, "versions count from 1"),
        ({"in_force_until": date(2000, 1, 1)}, "goes out of force before"),
        (
            {"stops": (Stop(ReturnInterviewHeld, "it was held", unless=Answer("by", "police")),)},
            "return_interview_held has no field “by”",
        ),
    ],
)
def test_a_duty_that_cannot_be_is_refused_with_its_reason(wrong, reason):
    with pytest.raises(DutyError, match=reason):
        replace(RETURN_HOME_INTERVIEW, **wrong)


def test_a_limit_is_never_nothing():
    with pytest.raises(DutyError, match="1 or more"):
        Limit(0, Unit.HOURS)
    assert (str(RETURN_HOME_INTERVIEW.limit), str(REFERRAL_DECISION.limit)) == (
        "72 hours",
        "1 working day",
    )
