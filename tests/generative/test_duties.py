"""What holds of every clock, whatever happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.calendar import LONDON, start_of_day
from keepsight.kernel.duties import State, all_obligations
from keepsight.kernel.duties.episodes import episodes
from keepsight.kernel.vocabulary.content.health import HealthContact
from keepsight.kernel.vocabulary.content.missing import (
    MissingEpisode,
    ReturnInterviewHeld,
    ReturnInterviewOffered,
)
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentStarted,
    InitialConferenceHeld,
    ReferralDecided,
    ReferralReceived,
    Section47Started,
)
from keepsight.kernel.vocabulary.events import Event

FIRST = datetime(2026, 3, 15, tzinfo=UTC)
HOURS = 20 * 24
AFTER = FIRST + timedelta(hours=2 * HOURS)
MISSING = MissingEpisode(category="missing")
CONTENTS = [
    MISSING,
    ReturnInterviewHeld(),
    ReturnInterviewHeld(independent=False),
    ReturnInterviewOffered(declined=True),
    ReferralReceived(),
    ReferralReceived(no_further_action=True),
    ReferralDecided(decision="assess"),
    AssessmentStarted(),
    Section47Started(),
    InitialConferenceHeld(),
]


@st.composite
def event(draw, contents=CONTENTS):
    content = draw(st.sampled_from(contents))
    hour, length = draw(st.integers(0, HOURS)), draw(st.integers(0, 90))
    ended = content is MISSING and draw(st.booleans())
    occurred = (FIRST + timedelta(hours=hour)).astimezone(LONDON)
    until = (FIRST + timedelta(hours=hour + length)).astimezone(LONDON) if ended else None
    day_only = draw(st.booleans())
    if day_only:
        occurred = start_of_day(occurred.date())
        until = start_of_day(until.date()) if until else None
    agency = draw(st.integers(1, 2))
    return Event(
        id="",
        subject=agency,
        agency=agency,
        occurred=occurred,
        received=AFTER,
        content=content,
        occurred_until=until,
        day_only=day_only,
    )


def numbered(events):
    return tuple(replace(one, id=f"e{index}") for index, one in enumerate(events))


histories = st.lists(event(), max_size=10).map(numbered)
absences = st.lists(event([MISSING]), max_size=8).map(numbered)


@given(absences, st.randoms())
def test_every_ended_missing_episode_is_in_exactly_one_obligation(events, random):
    found = all_obligations(events, AFTER)
    read = sorted(id for one in found for id in one.supporting)
    assert read == sorted(event.id for event in events if event.occurred_until)
    shuffled = random.sample(events, len(events))
    assert all_obligations(shuffled, AFTER) == found


@given(absences)
def test_one_agency_s_separate_records_are_never_one_episode(events):
    for episode in episodes([event for event in events if event.occurred_until]):
        for one in (record for record in episode if not record.day_only):
            for other in (record for record in episode if not record.day_only):
                apart = one.occurred_until < other.occurred
                assert not (apart and one.agency == other.agency)


@given(histories)
def test_nothing_is_due_or_stopped_before_it_starts(events):
    for one in all_obligations(events, AFTER):
        assert one.started <= one.due
        assert one.stopped is None or one.started <= one.stopped
        assert (one.state is State.LATE) == (one.stopped is not None and one.stopped > one.due)


@given(histories, event([HealthContact()]))
def test_a_later_unrelated_event_changes_nothing(events, other):
    later = replace(other, id="later", occurred=AFTER)
    assert all_obligations((*events, later), AFTER) == all_obligations(events, AFTER)


@given(histories, st.integers(0, 60 * 24), st.integers(0, 60 * 24))
def test_time_alone_only_makes_what_is_due_overdue(events, first, more):
    known = AFTER - timedelta(hours=HOURS - 91)
    early, late = known + timedelta(hours=first), known + timedelta(hours=first + more)
    pairs = zip(all_obligations(events, early), all_obligations(events, late), strict=True)
    for before, after in pairs:
        assert (before.start_event, before.due) == (after.start_event, after.due)
        turned = before.state is State.DUE and after.state is State.OVERDUE
        assert turned or before.state is after.state
