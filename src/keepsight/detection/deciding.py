"""What people decide about alerts: who decided, who agreed, and the area’s own limits."""

import uuid
from dataclasses import dataclass
from datetime import date

from keepsight.access.clock import now, today
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.own import record_own_event
from keepsight.chronology.queries import events_of
from keepsight.detection.models import Alert, AlertDecision, AlertSetting
from keepsight.detection.settings import ways_of
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.open_case import has_open_case
from keepsight.kernel.indicators.triage import (
    MAY_BE_ASKED,
    AreaWays,
    Decision,
    Second,
    TriageRefused,
    comes_back_on,
    second_for,
)
from keepsight.kernel.roles import Permission
from keepsight.kernel.vocabulary.content.social_care import AlertConsidered

READS_ONLY = "An inspector reads only: nothing was recorded."
NO_SUCH = "There is no such alert for you to decide."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, by a person: `asked` is the kind of agency that is asked, `until` a day to
    watch until.
    """

    decision: str
    reason: str
    asked: str = ""
    until: date | None = None


@action
def decide_alert(*, by: Viewer, alert_id: uuid.UUID, decided: Decided) -> bool:
    """Record what a person decided about an alert, and why; it can be decided again.

    Says whether it stands at once, or waits until somebody else agrees. Raises `TriageRefused`.
    """
    decision = _checked(by, decided)
    alert = _alert(by, alert_id)
    until = comes_back_on(decision, alert.harm, today(), decided.until, ways_of(alert.area_id))
    if decision is Decision.ADD and not _has_open_case(by, alert.child_id):
        raise TriageRefused(
            "No open case of children’s social care is on record: make a referral, so that"
            " somebody decides about it."
        )
    second = second_for(decision, alert.harm)
    AlertDecision.objects.create(
        alert=alert,
        child_id=alert.child_id,
        area_id=alert.area_id,
        decision=decision.value,
        reason=decided.reason.strip(),
        asked=_asked(decided.asked) if decision is Decision.ASK else "",
        until=until,
        decided_by_id=by.person_id,
        decided_at=now(),
        second=second.value,
    )
    if second is Second.NOBODY:
        _stands(by, alert, decision, decided.reason.strip(), until)
    else:
        _update(alert, state=Alert.State.TO_AGREE)
        _noted(by, alert, f"alert decided, {second.value} to agree: {decision.value}")
    return second is Second.NOBODY


@action
def answer_decision(*, by: Viewer, alert_id: uuid.UUID, agreed: bool, answer: str) -> None:
    """A second person agrees with a decision, which then stands, or does not, and the alert is to
    be read again. Raises `TriageRefused`.
    """
    if by.role.reads_only:
        raise TriageRefused(READS_ONLY)
    alert = _alert(by, alert_id)
    waiting = AlertDecision.objects.filter(alert=alert, answered_at=None).exclude(second="")
    asked = waiting.order_by("-decided_at", "-pk").first()
    if asked is None or alert.state != Alert.State.TO_AGREE:
        raise TriageRefused("Nothing waits for you to agree.")
    if asked.decided_by_id == by.person_id:
        raise TriageRefused("You decided this: somebody else must read it.")
    if asked.second == Second.MANAGER and not by.may(Permission.AGREE_TO_WATCH):
        raise TriageRefused("A manager must agree that an alert is watched.")
    if not answer.strip():
        raise TriageRefused("Say why you agree or do not.")
    asked.agreed, asked.answer = agreed, answer.strip()
    asked.answered_by_id, asked.answered_at = by.person_id, now()
    asked.save(update_fields=["agreed", "answer", "answered_by_id", "answered_at"])
    if agreed:
        _stands(by, alert, Decision(asked.decision), asked.reason, asked.until)
    else:
        _update(alert, state=Alert.State.TO_READ)
        _noted(by, alert, f"alert: not agreed to {asked.decision}")


@action
def set_ways(*, by: Viewer, ways: AreaWays, because: str) -> None:
    """From now on the area has these limits; what it had before stays on record."""
    if by.role.reads_only or not by.may(Permission.SET_ALERTS) or by.area_id is None:
        raise TriageRefused("You may not change how the area reads alerts.")
    if not because.strip():
        raise TriageRefused("Say why: who agreed it, and when.")
    AlertSetting.objects.filter(area_id=by.area_id, until=None).update(until=now())
    AlertSetting.objects.create(
        area_id=by.area_id,
        readable_a_week=ways.readable_a_week,
        watch_days=ways.watch_days,
        dismissed_days=ways.dismissed_days,
        because=because.strip(),
        since=now(),
    )
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"alert settings of area {by.area_id}")])


def _checked(by: Viewer, decided: Decided) -> Decision:
    if by.role.reads_only:
        raise TriageRefused(READS_ONLY)
    if decided.decision not in set(Decision):
        raise TriageRefused("Choose what you decided.")
    if not decided.reason.strip():
        raise TriageRefused("Say why: a decision without a reason cannot be followed.")
    return Decision(decided.decision)


def _alert(by: Viewer, alert_id: uuid.UUID) -> Alert:
    """The alert, locked for writing: the database locks no row that the viewer may not change."""
    alert = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise TriageRefused(NO_SUCH)
    return alert


def _asked(kind: str) -> str:
    if kind not in MAY_BE_ASKED:
        raise TriageRefused("Choose whom you ask.")
    return kind


def _has_open_case(by: Viewer, child_id: uuid.UUID) -> bool:
    return has_open_case((known.event for known in events_of(by, child_id)), today())


def _stands(by: Viewer, alert: Alert, decision: Decision, reason: str, until: date | None) -> None:
    _update(alert, state=Alert.State.DECIDED, decision=decision.value, until=until)
    _noted(by, alert, f"alert decided: {decision.value}")
    if not decision.way.in_story:
        return
    record_own_event(
        by=by.actor,
        agency=Agency.objects.get(pk=by.agency_id),
        child_id=alert.child_id,
        occurred=now(),
        content=AlertConsidered(
            concern=Concern(alert.concern).in_words, decision=decision.way.title, reason=reason
        ),
    )


def _update(alert: Alert, **changes: object) -> None:
    if not Alert.objects.filter(pk=alert.pk).update(**changes):
        raise TriageRefused(NO_SUCH)


def _noted(by: Viewer, alert: Alert, what: str) -> None:
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=what, child_id=alert.child_id)])
