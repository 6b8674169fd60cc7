"""Obligations open and close from events, whoever sent them, and say why they are late."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from keepsight.access.viewer import Viewer
from keepsight.casework.actions import (
    CaseworkRefused,
    record_return_interview,
    record_return_interview_offer,
)
from keepsight.casework.clocks import reckon_obligations
from keepsight.casework.queries import obligations_due, obligations_of
from keepsight.casework.triage import decide
from keepsight.chronology.queries import timeline
from keepsight.detection.deciding import Decided
from keepsight.detection.models import Alert
from keepsight.detection.queries import alerts_of, alerts_to_read
from keepsight.detection.views_of_alerts import AlertView
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.indicators.triage import TriageRefused
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import ReferralReceived
from tests.factories.roles import acting_as, looking
from tests.factories.world import (
    TESTER,
    World,
    make_alert,
    make_child,
    make_event,
    make_world,
    settle_scopes,
)

POLICE = AgencyKind.POLICE
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
RETURNED = datetime(2026, 3, 10, 8, tzinfo=LONDON)


def _returned_child(world: World) -> uuid.UUID:
    """Referred to the council, then missing for a night by the police's record."""
    council, police = world.agencies[COUNCIL], world.agencies[POLICE]
    named = PersonDetails(forename="Ada", surname="Example")
    child = make_child((council, PersonDetails()), (police, named))
    referred = datetime(2026, 3, 2, tzinfo=LONDON)
    make_event(child, council, ReferralReceived(), occurred=referred)
    gone = RETURNED - timedelta(hours=11)
    make_event(child, police, MissingEpisode(category="missing"), occurred=gone, until=RETURNED)
    settle_scopes()
    with acting_as("batch"):
        reckon_obligations(by=TESTER)
    return child


def test_a_duty_to_a_child_of_whom_the_council_has_no_record_names_what_to_ask_about(
    database: None,
) -> None:
    """Only the police have met the child; the council owes the interview all the same."""
    world = make_world()
    police = world.agencies[POLICE]
    child = make_child((police, PersonDetails(forename="Ada", surname="Example")))
    gone = RETURNED - timedelta(hours=11)
    make_event(child, police, MissingEpisode(category="missing"), occurred=gone, until=RETURNED)
    settle_scopes()
    with acting_as("batch"):
        reckon_obligations(by=TESTER)
    with looking(world.people[COUNCIL]) as viewer:
        [line] = obligations_due(viewer)
        assert (line.duty, line.child_name) == ("return_home_interview", "")
        assert line.reference


def test_an_overdue_interview_says_why_and_recording_it_closes_the_clock(database: None) -> None:
    world = make_world()
    child = _returned_child(world)
    worker = world.people[COUNCIL]
    with looking(worker) as viewer:
        due = {line.duty: line for line in obligations_due(viewer)}
        overdue = due["return_home_interview"]
        assert (overdue.state, overdue.child_name) == ("overdue", "Ada Example")
        assert "no return home interview has been recorded" in overdue.why
        assert overdue.due == RETURNED + timedelta(hours=72)

    with looking(worker) as viewer:
        record_return_interview_offer(
            by=viewer, child_id=child, offered_at=RETURNED, declined=True, reason="not today"
        )
        [line] = _interviews(viewer, child)
        assert (line.state, "declined" in line.why) == ("overdue", True)

    with looking(worker) as viewer:
        record_return_interview(
            by=viewer,
            child_id=child,
            held_at=RETURNED + timedelta(days=4),
            independent=True,
            summary="Stayed with a friend.",
        )
        [line] = _interviews(viewer, child)
        assert line.state == "late"
        assert "return_interview_held" in {entry.kind for entry in timeline(viewer, child)}


@pytest.mark.parametrize(
    ("kind", "said"),
    [(AgencyKind.INSPECTORATE, "reads only"), (POLICE, "neither this child at its front door")],
)
def test_who_may_not_record_is_told_why_and_nothing_is_written(
    database: None, kind: AgencyKind, said: str
) -> None:
    world = make_world()
    child = _returned_child(world)
    with looking(world.people[kind]) as viewer, pytest.raises(CaseworkRefused, match=said):
        record_return_interview(
            by=viewer, child_id=child, held_at=RETURNED, independent=True, summary=""
        )
    with looking(world.people[COUNCIL]) as viewer:
        assert [line.state for line in _interviews(viewer, child)] == ["overdue"]


def test_what_is_in_the_future_is_not_recorded(database: None) -> None:
    world = make_world()
    child = _returned_child(world)
    with looking(world.people[COUNCIL]) as viewer, pytest.raises(CaseworkRefused, match="future"):
        record_return_interview(
            by=viewer,
            child_id=child,
            held_at=datetime(2027, 1, 1, tzinfo=LONDON),
            independent=True,
            summary="",
        )


def test_an_alert_is_read_by_the_front_door_and_decided_with_a_reason(database: None) -> None:
    world = make_world()
    police = world.agencies[POLICE]
    child = make_child((police, PersonDetails(forename="Ada", surname="Example")))
    event = make_event(child, police, MissingEpisode(category="missing"), occurred=RETURNED)
    make_alert(child, world.area, "repeat_missing", [str(event)])

    with looking(world.people[COUNCIL]) as viewer:
        [line] = alerts_to_read(viewer)
        assert (line.child_name, line.events) == ("Ada Example", 1)
        with pytest.raises(TriageRefused, match="Say why"):
            decide(by=viewer, alert_id=line.alert_id, decided=Decided("refer", " "))
        assert decide(by=viewer, alert_id=line.alert_id, decided=Decided("refer", "Third time."))
        [alert] = alerts_of(viewer, child)
        [decision] = alert.decisions
        assert (decision.decision, decision.reason) == ("refer", "Third time.")
        assert alerts_to_read(viewer) == []
        kinds = {entry.kind for entry in timeline(viewer, child)}
        assert {"alert_considered", "referral_received"} <= kinds
        owed = {line.duty for line in obligations_of(viewer, child)}
        assert "referral_decision" in owed, "a referral made here starts its clock"
    with looking(world.people[POLICE]) as viewer:
        assert alerts_of(viewer, child) == []
        with pytest.raises(TriageRefused, match="no such alert"):
            decide(by=viewer, alert_id=line.alert_id, decided=Decided("refer", "x"))
    with acting_as("batch"):
        assert Alert.objects.get().decision == "refer"


def test_an_earlier_day_shows_what_was_known_and_nothing_later(database: None) -> None:
    world = make_world()
    council, police = world.agencies[COUNCIL], world.agencies[POLICE]
    child = make_child((council, PersonDetails()), (police, PersonDetails(surname="Example")))
    for day in (1, 5, 9):
        gone = datetime(2026, 2, day, 21, tzinfo=LONDON)
        make_event(
            child,
            police,
            MissingEpisode(category="missing"),
            occurred=gone,
            until=gone + timedelta(hours=9),
            received=gone + timedelta(days=1),
        )
    make_event(child, council, ReferralReceived(), occurred=datetime(2026, 2, 2, tzinfo=LONDON))
    settle_scopes()
    with acting_as("batch"):
        reckon_obligations(by=TESTER)
    with looking(world.people[COUNCIL]) as viewer:
        assert len(_interviews(viewer, child)) == 3
        then = obligations_of(viewer, child, known_on=date(2026, 2, 6))
        assert {(line.duty, line.state) for line in then} == {
            ("return_home_interview", "due"),
            ("return_home_interview", "overdue"),
            ("referral_decision", "overdue"),
        }
        before = _met(alerts_of(viewer, child, date(2026, 2, 6)))
        after = alerts_of(viewer, child, date(2026, 2, 10))
        assert "repeat_missing" not in before
        assert not any(alert.alerted for alert in after)
        assert len(_met(after)["repeat_missing"]) == 3
    with looking(world.people[POLICE]) as viewer:
        assert alerts_of(viewer, child, date(2026, 2, 10)) == []


def _met(alerts: Sequence[AlertView]) -> dict[str, tuple[str, ...]]:
    return {met.indicator: met.evidence for alert in alerts for met in alert.met}


def _interviews(viewer: Viewer, child: uuid.UUID) -> list[object]:
    lines = obligations_of(viewer, child)
    return [line for line in lines if line.duty == "return_home_interview"]
