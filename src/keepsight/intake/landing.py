"""One delivery on its way in: parts of a file, in chunks, to events, marks and quarantine."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from keepsight.audit.actor import Actor
from keepsight.chronology.actions.attendance import (
    Contradiction,
    DayMarks,
    record_weeks,
    stage_marks,
)
from keepsight.chronology.actions.deliveries import RowCounts
from keepsight.chronology.actions.events import NewEvent, record_events
from keepsight.chronology.actions.spells import record_spells
from keepsight.chronology.actions.weeks import note_weeks
from keepsight.chronology.models import Delivery, Feed
from keepsight.identity.actions import register_subjects, tier_of, update_details
from keepsight.identity.details import latest_details
from keepsight.intake.door import Door
from keepsight.intake.quarantine import quarantine
from keepsight.intake.rows import Fact, Part, Refused, RegisterRow, Remark
from keepsight.kernel.vocabulary.content.base import Tier
from keepsight.kernel.vocabulary.content.person import PersonDetails

FRIDAY = 4
NO_SESSION = {"", "#"}
"""No mark, and the school closed: neither says that there was school."""


class Landing:
    """Takes a delivery's parts and keeps count: read is always the sum of what became of them."""

    def __init__(self, *, by: Actor, feed: Feed, delivery: Delivery, received: datetime) -> None:
        self.by = by
        self.feed = feed
        self.delivery = delivery
        self.received = received
        self.new = self.unchanged = self.quarantined = self.left_out = 0
        self.events = self.remarks = 0
        self.reasons: Counter[str] = Counter()
        self._subjects: dict[str, int] = {}
        self._marks = 0
        self._days: set[date] = set()
        self._door = Door(feed)

    @property
    def counts(self) -> RowCounts:
        return RowCounts(
            new=self.new,
            unchanged=self.unchanged,
            quarantined=self.quarantined,
            left_out=self.left_out,
        )

    def take(self, parts: Sequence[Part]) -> None:
        """Land one chunk, as far as the feed's door lets it in."""
        known = {part.subject_key for part in parts if not isinstance(part, Refused)}
        admitted = self._door.admit(parts)
        self.left_out += len(parts) - len(admitted)
        parts = admitted
        refused = [part for part in parts if isinstance(part, Refused)]
        facts = [part for part in parts if isinstance(part, Fact)]
        register = [part for part in parts if isinstance(part, RegisterRow)]
        unfit = [_unfit(row) for row in register if _fault(row)]
        self._resolve(known)
        self._take_facts(facts)
        self._take_marks([row for row in register if not _fault(row)])
        self._set_aside([*refused, *unfit])

    def finish(self) -> None:
        """Turn the marks put aside into pupil-weeks and spells."""
        if not self._marks:
            return
        agency = self.feed.agency
        note_weeks(by=self.by, feed=self.feed, days=self._days)
        done = record_weeks(
            by=self.by, agency=agency, received=self.received, delivery_id=self.delivery.pk
        )
        self._set_aside([_contradicts(each) for each in done.contradictions])
        self.unchanged += done.unchanged
        self.new += self._marks - done.unchanged - len(done.contradictions)
        self.events += done.weeks
        self.events += record_spells(
            by=self.by, agency=agency, received=self.received, delivery_id=self.delivery.pk
        )

    def _resolve(self, keys: set[str]) -> None:
        unknown = sorted(keys - self._subjects.keys())
        if unknown:
            self._subjects |= register_subjects(
                by=self.by, agency=self.feed.agency, keys=unknown, received=self.received
            )

    def _take_facts(self, facts: Sequence[Fact]) -> None:
        if not facts:
            return
        recorded = record_events(
            by=self.by,
            agency=self.feed.agency,
            events=[self._event(fact) for fact in facts],
            received=self.received,
            delivery_id=self.delivery.pk,
        )
        self.unchanged += recorded.unchanged
        self.new += len(recorded.ids)
        self.events += len(recorded.ids)
        self.remarks += sum(len(fact.remarks) for fact in facts)
        details = [
            latest_details(self._subjects[fact.subject_key], fact.content)
            for fact in facts
            if isinstance(fact.content, PersonDetails)
        ]
        if details:
            update_details(by=self.by, details=details, received=self.received)

    def _event(self, fact: Fact) -> NewEvent:
        held = tier_of(self.feed.agency)
        return NewEvent(
            subject_record_id=self._subjects[fact.subject_key],
            source_key=fact.source_key,
            occurred=fact.occurred,
            occurred_until=fact.occurred_until,
            day_only=fact.day_only,
            content=fact.content,
            tier=held if fact.content.held is Tier.ORDINARY else fact.content.held.value,
            row=fact.row,
            remarks=tuple(remark._asdict() for remark in fact.remarks),
        )

    def _take_marks(self, rows: Sequence[RegisterRow]) -> None:
        if not rows:
            return
        subjects = self._subjects
        stage_marks(
            by=self.by,
            rows=(
                DayMarks(row.row, subjects[row.subject_key], row.day, row.morning, row.afternoon)
                for row in rows
            ),
        )
        self._marks += len(rows)
        self._days.update(row.day for row in rows if {row.morning, row.afternoon} - NO_SESSION)

    def _set_aside(self, refused: Sequence[Refused]) -> None:
        if not refused:
            return
        quarantine(by=self.by, feed=self.feed, delivery=self.delivery, rows=refused)
        self.quarantined += len(refused)
        self.reasons.update(f"{row.field}: {row.reason}" for row in refused)


def _fault(row: RegisterRow) -> Remark | None:
    if row.day.weekday() > FRIDAY:
        return Remark("Date", row.day.isoformat(), "No register is taken at a weekend.")
    return row.remarks[0] if row.remarks else None


def _unfit(row: RegisterRow) -> Refused:
    fault = _fault(row)
    assert fault is not None  # noqa: S101 - callers pass rows with a fault only
    raw = {
        "pupil": row.subject_key,
        "date": row.day.isoformat(),
        "AM": row.morning,
        "PM": row.afternoon,
    }
    return Refused(row.row, fault.field, fault.value, fault.reason, raw)


def _contradicts(found: Contradiction) -> Refused:
    return Refused(
        row=found.row,
        field="AM, PM",
        value=found.marks,
        reason="An earlier row of this file gives other marks for this pupil and day.",
        raw={"marks": found.marks, found.first_row: found.first_marks},
    )
