"""One alert a concern: what is new joins it, nothing raises it twice, and how it comes back."""

from datetime import date, timedelta

import pytest

from keepsight.chronology.actions.holding import lift_hold, place_hold
from keepsight.detection.actions import open_front_doors
from keepsight.detection.deciding import Decided, answer_decision, decide_alert, set_ways
from keepsight.detection.forgetting import forget_dismissed
from keepsight.detection.models import Alert, AlertDecision
from keepsight.detection.queries import alerts_of, alerts_to_read
from keepsight.detection.writing import Written, write_alerts
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.triage import AreaWays, TriageRefused
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as, looking
from tests.factories.world import (
    NOW,
    TESTER,
    World,
    make_child,
    make_event,
    make_person,
    make_world,
)

TODAY = NOW.date()
COUNCIL, POLICE = AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE
GOING_MISSING = [each.code for each in CATALOGUE if each.concern is Concern.GOING_MISSING]
HARM = next(each.code for each in CATALOGUE if each.concern is Concern.HARM_RECORDED)
FIRST, SECOND = GOING_MISSING[:2]


class Known:
    """A child with events, whom a worker, a colleague and a manager of the council may read of."""

    def __init__(self) -> None:
        self.world: World = make_world()
        police, council = self.world.agencies[POLICE], self.world.agencies[COUNCIL]
        self.child = make_child((police, PersonDetails(forename="Ada", surname="Example")))
        self.refs = [
            str(make_event(self.child, police, MissingEpisode(category="missing"), occurred=when))
            for when in (NOW - timedelta(days=day) for day in (1, 2, 3, 4))
        ]
        self.worker = self.world.people[COUNCIL]
        self.colleague = make_person(council, Role.SOCIAL_WORKER, "colleague")
        self.manager = make_person(council, Role.TEAM_MANAGER, "manager")

    def found(self, day: date, *met: tuple[str, list[str]]) -> Written:
        """What the rules find of the child on a day."""
        findings = [ChildFinding(str(self.child), code, 1, day, tuple(refs)) for code, refs in met]
        with acting_as("batch"):
            written = write_alerts(by=TESTER, met=findings, day=day)
            open_front_doors(by=TESTER)
        return written

    def decide(self, decision: str, **said: object) -> bool:
        with looking(self.worker) as viewer:
            [line] = alerts_to_read(viewer)
            decided = Decided(decision, "Because.", **said)  # type: ignore[arg-type]
            return decide_alert(by=viewer, alert_id=line.alert_id, decided=decided)

    def waits(self) -> int:
        with looking(self.worker) as viewer:
            return len(alerts_to_read(viewer))


@pytest.fixture
def known(database: None) -> Known:
    return Known()


def counted(written: Written) -> tuple[int, int, int]:
    return written.begun, written.returned, written.ended


def test_a_child_has_one_open_alert_a_concern_and_what_is_new_joins_it(known: Known) -> None:
    refs = known.refs
    assert counted(known.found(TODAY, (FIRST, refs[:1]), (SECOND, refs[:2]))) == (1, 0, 0)
    assert counted(known.found(TODAY + timedelta(1), (FIRST, refs[:3]))) == (0, 0, 0)
    with looking(known.worker) as viewer:
        [alert] = alerts_of(viewer, known.child)
    met = {each.indicator: (each.no_longer_met, set(each.evidence)) for each in alert.met}
    assert met == {
        FIRST: (None, set(refs[:3])),
        SECOND: (TODAY + timedelta(1), set(refs[:2])),
    }
    assert counted(known.found(TODAY + timedelta(1), (FIRST, refs[:3]), (HARM, refs[:1]))) == (
        1,
        0,
        0,
    )
    assert known.waits() == 2


def test_a_dismissal_comes_back_only_for_something_new(known: Known) -> None:
    refs = known.refs
    known.found(TODAY, (FIRST, refs[:2]))
    assert known.decide("no_concern")
    assert known.waits() == 0
    assert counted(known.found(TODAY + timedelta(1), (FIRST, refs[:2]))) == (0, 0, 0)
    assert counted(known.found(TODAY + timedelta(2), (SECOND, refs[:1]))) == (0, 0, 0), (
        "another rule that is met by the same events says nothing new"
    )
    assert counted(known.found(TODAY + timedelta(3), (FIRST, refs[:3]))) == (0, 1, 0)
    assert known.waits() == 1
    with looking(known.worker) as viewer:
        [alert] = alerts_of(viewer, known.child)
        assert [each.reason for each in alert.decisions] == ["Because."]
        assert alert.new == {refs[2]}


def test_the_same_evidence_never_raises_a_second_alert(known: Known) -> None:
    refs = known.refs
    known.found(TODAY, (FIRST, refs[:2]))
    known.decide("no_concern")
    assert counted(known.found(TODAY + timedelta(1))) == (0, 0, 1)
    assert counted(known.found(TODAY + timedelta(2), (FIRST, refs[:2]))) == (0, 0, 0)
    assert known.waits() == 0
    assert counted(known.found(TODAY + timedelta(3))) == (0, 0, 1)
    assert counted(known.found(TODAY + timedelta(4), (FIRST, refs[1:3]))) == (1, 0, 0)
    with looking(known.worker) as viewer:
        earlier, later = alerts_of(viewer, known.child)
        assert (len(earlier.decisions), later.decisions) == (1, ())


def test_a_referral_is_not_asked_for_again_by_more_of_the_same(known: Known) -> None:
    refs = known.refs
    known.found(TODAY, (FIRST, refs[:1]))
    assert known.decide("refer")
    assert counted(known.found(TODAY + timedelta(1), (FIRST, refs))) == (0, 0, 0)
    assert counted(known.found(TODAY + timedelta(2), (FIRST, refs), (SECOND, refs))) == (0, 1, 0)


def test_what_is_watched_comes_back_on_its_day(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    assert not known.decide("watch", until=TODAY + timedelta(7)), "a manager must agree"
    assert known.waits() == 1
    _answer(known, known.manager, agreed=True)
    assert known.waits() == 0
    assert counted(known.found(TODAY + timedelta(6), (FIRST, known.refs))) == (0, 0, 0)
    assert counted(known.found(TODAY + timedelta(7), (FIRST, known.refs))) == (0, 1, 0)


def test_nobody_agrees_with_themselves_and_only_a_manager_agrees_to_watch(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    known.decide("watch", until=TODAY + timedelta(7))
    with pytest.raises(TriageRefused, match="somebody else must read it"):
        _answer(known, known.worker, agreed=True)
    with pytest.raises(TriageRefused, match="A manager must agree"):
        _answer(known, known.colleague, agreed=True)
    with pytest.raises(TriageRefused, match="Say why you agree"):
        _answer(known, known.manager, agreed=True, answer=" ")
    _answer(known, known.manager, agreed=False)
    with acting_as("batch"):
        assert Alert.objects.get().state == Alert.State.TO_READ


def test_a_decision_that_was_replaced_waits_for_nobody(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    known.decide("watch", until=TODAY + timedelta(7))
    assert known.decide("refer"), "it stands at once"
    with looking(known.manager) as viewer:
        [alert] = alerts_of(viewer, known.child)
        assert (alert.state, alert.waiting) == ("decided", None)
        assert [each.waits for each in alert.decisions] == [True, False]
        with pytest.raises(TriageRefused, match="Nothing waits"):
            answer_decision(by=viewer, alert_id=alert.alert_id, agreed=True, answer="Yes.")


def test_where_harm_is_recorded_somebody_else_reads_it_too(known: Known) -> None:
    known.found(TODAY, (HARM, known.refs))
    with pytest.raises(TriageRefused, match="not left to be watched"):
        known.decide("watch", until=TODAY + timedelta(7))
    assert not known.decide("no_concern")
    assert known.waits() == 1
    _answer(known, known.colleague, agreed=True)
    assert known.waits() == 0


def test_an_alert_is_added_to_a_case_only_where_one_is_open(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    with pytest.raises(TriageRefused, match="No open case"):
        known.decide("add")


def test_whoever_is_asked_is_of_a_kind_that_tells_nothing(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    for asked in ("", "refuge", "sexual_health"):
        with pytest.raises(TriageRefused, match="Choose whom you ask"):
            known.decide("ask", asked=asked)
    assert known.decide("ask", asked="police")


def test_what_was_dismissed_is_forgotten_when_it_is_over_unless_it_is_held(known: Known) -> None:
    known.found(TODAY, (FIRST, known.refs))
    known.decide("no_concern")
    long_after = TODAY + timedelta(91)
    assert _forget(long_after) == 0, "it is still met, so that it would be raised again"
    known.found(TODAY + timedelta(1))
    assert _forget(TODAY + timedelta(91)) == 0, "ninety days from when it was no longer met"
    with acting_as("batch"):
        hold = place_hold(by=TESTER, title="Inquiry", because="asked", child_id=known.child)
    assert _forget(TODAY + timedelta(92)) == 0
    with acting_as("batch"):
        lift_hold(by=TESTER, hold_id=hold.pk, because="It is over.")
    assert _forget(TODAY + timedelta(92)) == 1
    with acting_as("batch"):
        assert not Alert.objects.exists()
        assert not AlertDecision.objects.exists()


def test_an_area_sets_how_long_it_watches(known: Known) -> None:
    lead = make_person(known.world.agencies[COUNCIL], Role.PARTNERSHIP_LEAD)
    with looking(known.worker) as viewer, pytest.raises(TriageRefused, match="may not change"):
        set_ways(by=viewer, ways=AreaWays(watch_days=3), because="x")
    with looking(lead) as viewer:
        set_ways(by=viewer, ways=AreaWays(30, watch_days=3), because="Agreed on 2 March.")
    known.found(TODAY, (FIRST, known.refs))
    with pytest.raises(TriageRefused, match="3 days"):
        known.decide("watch", until=TODAY + timedelta(4))


def _answer(known: Known, who: object, *, agreed: bool, answer: str = "Read it.") -> None:
    with looking(who) as viewer:  # type: ignore[arg-type]
        [line] = alerts_to_read(viewer)
        answer_decision(by=viewer, alert_id=line.alert_id, agreed=agreed, answer=answer)


def _forget(day: date) -> int:
    with acting_as("batch"):
        return forget_dismissed(by=TESTER, day=day)
