"""One delivery on its way in: parts of a file, in chunks, to events, marks and quarantine."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from keepsight.audit.actor import Actor
from keepsight.chronology.actions.attendance import record_weeks
from keepsight.chronology.actions.deliveries import RowCounts
from keepsight.chronology.actions.events import NewEvent, record_events
from keepsight.chronology.actions.spells import record_spells
from keepsight.chronology.actions.weeks import note_weeks
from keepsight.chronology.models import Delivery, Feed
from keepsight.identity.actions import (
    LatestDetails,
    register_subjects,
    tier_of,
    update_details,
)
from keepsight.identity.details import latest_details
from keepsight.intake.door import Door
from keepsight.intake.findings import Findings
from keepsight.intake.quarantine import quarantine
from keepsight.intake.reading.wire import Marks
from keepsight.intake.rows import Fact, Part, Refused
from keepsight.kernel.vocabulary.content.base import Tier
from keepsight.kernel.vocabulary.content.person import PersonDetails

MOST_SUBJECTS = 100_000
"""Records remembered by key; beyond it the memory starts afresh, so that it stays flat."""


class Landing:
    """Takes a delivery's parts and keeps count: each row read is counted in one place only."""

    def __init__(self, *, by: Actor, feed: Feed, delivery: Delivery) -> None:
        self.by = by
        self.feed = feed
        self.delivery = delivery
        self.new = self.unchanged = self.superseded = self.quarantined = self.left_out = 0
        self.events = self.remarks = 0
        self.reasons: Counter[str] = Counter()
        self.findings = Findings(feed.source)
        self._subjects: dict[str, int] = {}
        self._door = Door(feed)

    @property
    def counts(self) -> RowCounts:
        return RowCounts(
            new=self.new,
            unchanged=self.unchanged,
            superseded=self.superseded,
            quarantined=self.quarantined,
            left_out=self.left_out,
        )

    def take(self, parts: Sequence[Part]) -> None:
        """Land one chunk, as far as the feed's door lets it in."""
        admitted = self._door.admit(parts)
        self.left_out += len(parts) - len(admitted)
        self.findings.take(admitted)
        facts = [part for part in admitted if isinstance(part, Fact)]
        keys = {part.subject_key for part in parts if not isinstance(part, Refused)}
        self._resolve(keys, _details(facts))
        self._take_facts(facts)
        self._set_aside([part for part in admitted if isinstance(part, Refused)])

    def take_marks(self, marks: Marks) -> None:
        """Land a register's weeks, and the spells that they begin, change or undo."""
        if self._door.shut_to_marks:
            self.left_out += marks.days + marks.again
            return
        place = {
            "by": self.by,
            "agency": self.feed.agency,
            "received": self.delivery.received,
            "delivery_id": self.delivery.pk,
        }
        with marks.weeks.open("rb") as weeks:
            done = record_weeks(**place, weeks=weeks)
        note_weeks(by=self.by, feed=self.feed, mondays=done.mondays)
        self.new += done.new
        self.unchanged += done.unchanged + marks.again
        self.superseded += done.superseded
        self.events += done.weeks + record_spells(**place)

    def _resolve(self, keys: set[str], details: dict[str, LatestDetails]) -> None:
        """Learn the id of each key, and keep what was sent of whom."""
        if len(self._subjects) > MOST_SUBJECTS:
            self._subjects.clear()
        unknown = sorted(keys - self._subjects.keys())
        again = [
            replace(said, subject_record_id=self._subjects[key])
            for key, said in details.items()
            if key in self._subjects
        ]
        received = self.delivery.received
        if unknown:
            self._subjects |= register_subjects(
                by=self.by,
                agency=self.feed.agency,
                keys=unknown,
                received=received,
                details={key: details[key] for key in unknown if key in details},
            )
        if again:
            update_details(by=self.by, details=again, received=received)

    def _take_facts(self, facts: Sequence[Fact]) -> None:
        if not facts:
            return
        recorded = record_events(
            by=self.by,
            agency=self.feed.agency,
            events=[self._event(fact) for fact in facts],
            received=self.delivery.received,
            delivery_id=self.delivery.pk,
        )
        self.unchanged += recorded.unchanged
        self.superseded += recorded.superseded
        self.new += len(recorded.ids) - recorded.superseded
        self.events += len(recorded.ids)
        self.remarks += sum(len(fact.remarks) for fact in facts)

    def _event(self, fact: Fact) -> NewEvent:
        held = tier_of(self.feed.agency)
        return NewEvent(
            subject_record_id=self._subjects[fact.subject_key],
            source_key=self._source_key(fact),
            occurred=fact.occurred,
            occurred_until=fact.occurred_until,
            day_only=fact.day_only,
            content=fact.content,
            tier=held if fact.content.held is Tier.ORDINARY else fact.content.held.value,
            row=fact.row,
            remarks=tuple(remark._asdict() for remark in fact.remarks),
            withdrawn=fact.withdrawn,
            retold=fact.retold,
        )

    def _source_key(self, fact: Fact) -> str:
        """Who somebody is, each format of an agency says for itself.

        The agency's formats name the same person by the same key, and one that says less would
        else supersede one that says more.
        """
        if isinstance(fact.content, PersonDetails):
            return f"{fact.source_key}|{self.feed.source}"
        return fact.source_key

    def _set_aside(self, refused: Sequence[Refused]) -> None:
        if not refused:
            return
        quarantine(by=self.by, feed=self.feed, delivery=self.delivery, rows=refused)
        self.quarantined += len(refused)
        self.reasons.update(f"{row.field}: {row.reason}" for row in refused)


def _details(facts: Iterable[Fact]) -> dict[str, LatestDetails]:
    """Who each person is whom the facts say that of, what comes later over what comes first."""
    latest: dict[str, LatestDetails] = {}
    for fact in facts:
        if isinstance(fact.content, PersonDetails) and not fact.withdrawn:
            said = latest_details(None, fact.content)
            before = latest.get(fact.subject_key)
            latest[fact.subject_key] = before.under(said) if before else said
    return latest
