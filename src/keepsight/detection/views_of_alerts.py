"""Alerts as plain values for pages: each rule in the open, its evidence, and what was decided."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from keepsight.agencies.models import Person
from keepsight.detection.catalogue import indicator_in
from keepsight.detection.models import Alert, AlertDecision
from keepsight.kernel.calendar import day_in_london, end_of_day
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.oracle import Finding
from keepsight.kernel.indicators.triage import Decision, Second
from keepsight.kernel.indicators.whose_data import whose_data
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Standing

UNCONFIRMED = frozenset({Mark.UNCONFIRMED, Mark.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert in a worklist. `asks` says what is waited for."""

    alert_id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    title: str
    standing: str
    waiting_since: date
    asks: str
    events: int

    @classmethod
    def of(cls, alert: Alert, name: str, events: int) -> "AlertLine":
        return cls(
            alert_id=alert.pk,
            child_id=alert.child_id,
            child_name=name,
            title=Concern(alert.concern).in_words,
            standing=(Standing.HARM if alert.harm else Standing.CONCERN).in_words,
            waiting_since=alert.waiting_since,
            asks=_asks(alert),
            events=events,
        )


@dataclass(frozen=True, slots=True)
class MetView:
    """An indicator that met an alert: the rule in the open, and the events that met it."""

    indicator: str
    version: int
    title: str
    question: str
    reason: str
    source: str
    mark: str
    standing: str
    changes: str
    reads: tuple[str, ...]
    first_met: date
    no_longer_met: date | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What one person decided about an alert, and what a second said, if one was asked."""

    decision: str
    title: str
    reason: str
    asked: str
    until: date | None
    decided_by: str
    decided_by_id: int
    decided_at: datetime
    second: str
    agreed: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody must still agree."""
        return self.second != Second.NOBODY and self.answered_at is None


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert on a child's page. `new` are the events that met it since it was last decided."""

    alert_id: uuid.UUID
    concern: str
    title: str
    harm: bool
    standing: str
    state: str
    first_met: date
    last_met: date
    no_longer_met: date | None
    until: date | None
    met: tuple[MetView, ...]
    decisions: tuple[DecisionView, ...]
    new: frozenset[str]
    alerted: bool

    @property
    def evidence(self) -> frozenset[str]:
        return frozenset(ref for each in self.met for ref in each.evidence)

    @property
    def decided(self) -> bool:
        return self.state == Alert.State.DECIDED

    @property
    def dismissed(self) -> bool:
        """Whether it was last decided that it is no concern."""
        return self.decided and self.decisions[-1].decision == Decision.NOTHING

    @property
    def waiting(self) -> DecisionView | None:
        """The decision to which somebody must still agree."""
        last = self.decisions[-1] if self.decisions else None
        return last if self.state == Alert.State.TO_AGREE and last and last.waits else None


def view_of(alert: Alert) -> AlertView:
    """An alert with all that stands under it, which was fetched with it."""
    decisions = sorted(alert.decisions.all(), key=lambda each: (each.decided_at, each.pk))
    names = _names(decisions)
    evidence = [(each.indicator, each.event_ref, each.noted) for each in alert.evidence.all()]
    last = day_in_london(decisions[-1].decided_at) if decisions else None
    return AlertView(
        alert_id=alert.pk,
        concern=alert.concern,
        title=Concern(alert.concern).in_words,
        harm=alert.harm,
        standing=(Standing.HARM if alert.harm else Standing.CONCERN).in_words,
        state=alert.state,
        first_met=alert.first_met,
        last_met=alert.last_met,
        no_longer_met=alert.no_longer_met,
        until=alert.until,
        met=tuple(
            _met(
                indicator_in(each.indicator, each.version),
                each.first_met,
                each.no_longer_met,
                sorted(ref for code, ref, _ in evidence if code == each.indicator),
            )
            for each in sorted(alert.met.all(), key=lambda each: (each.first_met, each.indicator))
        ),
        decisions=tuple(_decision(each, names) for each in decisions),
        new=_new(evidence, last),
        alerted=True,
    )


def as_known(view: AlertView, day: date) -> AlertView:
    """What came later than the day is not said: no indicator, end or decision."""
    decisions = tuple(
        _answered_by(each, day) for each in view.decisions if each.decided_at <= end_of_day(day)
    )
    met = tuple(
        replace(each, no_longer_met=_by(each.no_longer_met, day))
        for each in view.met
        if each.first_met <= day
    )
    stands = [each for each in decisions if not each.waits and each.agreed is not False]
    waits = bool(decisions) and decisions[-1].waits
    state = Alert.State.DECIDED if stands else Alert.State.TO_READ
    return replace(
        view,
        state=Alert.State.TO_AGREE if waits else state,
        no_longer_met=_by(view.no_longer_met, day),
        met=met,
        decisions=decisions,
        new=frozenset(),
    )


def unseen(child_id: uuid.UUID, concern: Concern, met: Sequence[Finding]) -> AlertView:
    """What was met by what was known, and of which nobody was told at the time."""
    day = met[0].as_of
    indicators = [indicator_in(each.code, each.version) for each in met]
    harm = any(each.standing is Standing.HARM for each in indicators)
    return AlertView(
        alert_id=uuid.uuid5(child_id, f"{concern.value} {day}"),
        concern=concern.value,
        title=concern.in_words,
        harm=harm,
        standing=(Standing.HARM if harm else Standing.CONCERN).in_words,
        state=Alert.State.TO_READ,
        first_met=day,
        last_met=day,
        no_longer_met=None,
        until=None,
        met=tuple(
            _met(indicator, day, None, each.evidence)
            for indicator, each in zip(indicators, met, strict=True)
        ),
        decisions=(),
        new=frozenset(),
        alerted=False,
    )


def _new(evidence: Sequence[tuple[str, str, date]], decided: date | None) -> frozenset[str]:
    """The events that first met the alert after it was last decided."""
    if decided is None:
        return frozenset()
    before = {ref for _, ref, noted in evidence if noted <= decided}
    return frozenset(ref for _, ref, _ in evidence) - before


def _asks(alert: Alert) -> str:
    if alert.state == Alert.State.TO_AGREE:
        return "Decided: somebody else must agree"
    return "Back since something new came or its day is over" if alert.decision else "To be read"


def _met(
    indicator: Indicator, first_met: date, no_longer_met: date | None, evidence: Sequence[str]
) -> MetView:
    return MetView(
        indicator=indicator.code,
        version=indicator.version,
        title=indicator.title,
        question=indicator.question,
        reason=indicator.reason,
        source=indicator.source,
        mark="M" if indicator.mark in UNCONFIRMED else indicator.mark.value,
        standing=indicator.standing.in_words,
        changes=indicator.changes,
        reads=tuple(whose_data(indicator)),
        first_met=first_met,
        no_longer_met=no_longer_met,
        evidence=tuple(evidence),
    )


def _decision(each: AlertDecision, names: dict[int, str]) -> DecisionView:
    return DecisionView(
        decision=each.decision,
        title=Decision(each.decision).way.title,
        reason=each.reason,
        asked=AgencyKind(each.asked).in_words if each.asked else "",
        until=each.until,
        decided_by=names.get(each.decided_by_id, ""),
        decided_by_id=each.decided_by_id,
        decided_at=each.decided_at,
        second=each.second,
        agreed=each.agreed,
        answer=each.answer,
        answered_by=names.get(each.answered_by_id, "") if each.answered_by_id else "",
        answered_at=each.answered_at,
    )


def _names(decisions: Sequence[AlertDecision]) -> dict[int, str]:
    people = {each.decided_by_id for each in decisions} | {
        each.answered_by_id for each in decisions if each.answered_by_id
    }
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def _answered_by(each: DecisionView, day: date) -> DecisionView:
    if each.answered_at is None or each.answered_at <= end_of_day(day):
        return each
    return replace(each, agreed=None, answer="", answered_by="", answered_at=None)


def _by(moment: date | None, day: date) -> date | None:
    return moment if moment is not None and moment <= day else None
