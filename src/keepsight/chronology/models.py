"""Feeds, deliveries, and the events: an immutable header and a content row apart."""

from typing import Any

from django.db import models

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.chronology.arrived import DirtyChild
from keepsight.chronology.governed import CohortClock, FeedWeek, LegalHold, Purge, Rule, Tombstone
from keepsight.identity.models import TIERS, SubjectRecord
from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.feeds import LEAST_DAYS, Cohort

__all__ = [
    "AttendanceWeek",
    "CohortClock",
    "Delivery",
    "DirtyChild",
    "Event",
    "EventContent",
    "EventPlace",
    "Feed",
    "FeedWeek",
    "LegalHold",
    "Mention",
    "Purge",
    "Rule",
    "Tombstone",
]


class Feed(ActionModel):
    """One agency's stream of files in one format, its rhythm, and what governs it.

    `kernel.feeds` says what must be stated before it is switched on. A feed that is `holding` is
    one of files that nobody has assigned: taken in, and shown to nobody. `shortfalls` are sentences
    on what its last files lack, of which the whole area is told (`actions/weighing.py`).
    """

    class State(models.TextChoices):
        OFF = "off", "switched off"
        ON = "on", "switched on"
        HOLDING = "holding", "holding what nobody has assigned"

    class Children(models.TextChoices):
        KNOWN = "known", Cohort.KNOWN.in_words
        EXISTENCE = "existence", Cohort.EXISTENCE.in_words
        ALL = "all", Cohort.ALL.in_words

    key = models.SlugField(unique=True, max_length=80)
    title = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="feeds")
    source = models.SlugField()
    rhythm_days = models.PositiveIntegerField(null=True)
    gateway = models.TextField(blank=True)
    controller = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    necessity = models.TextField(blank=True)
    necessity_of_all = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    assessed = models.DateField(null=True)
    review_by = models.DateField(null=True)
    cohort = models.CharField(max_length=16, choices=Children, blank=True)
    vouches = models.BooleanField(default=False)
    unmatched_days = models.PositiveSmallIntegerField(default=28)
    reduces_codes = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State, default=State.OFF)
    switched = models.DateTimeField(null=True)
    switched_because = models.TextField(blank=True)
    shortfalls = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="on")
                | (
                    models.Q(assessed__isnull=False, review_by__isnull=False)
                    & ~models.Q(controller="")
                    & ~models.Q(gateway="")
                    & ~models.Q(purpose="")
                    & ~models.Q(necessity="")
                    & ~models.Q(assessment="")
                    & ~models.Q(cohort="")
                ),
                name="chronology_feed_governed",
            ),
            models.CheckConstraint(
                condition=models.Q(unmatched_days__gte=LEAST_DAYS),
                name="chronology_feed_waits",
            ),
        ]


class Delivery(ActionModel):
    """One file taken in, or waiting to be: what became of every row of it.

    `spooled` is the name under which its bytes wait; `corrects` the delivery whose quarantined
    rows it sends again; `reasons` why rows were quarantined, each with how many; `findings` what
    was found to be wrong, with where it was found first and what to do.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", "waiting to be taken in"
        IN_PROGRESS = "in_progress", "being taken in"
        DONE = "done", "taken in"
        REFUSED = "refused", "refused"

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="deliveries")
    filename = models.TextField()
    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State)
    received = models.DateTimeField()
    recorded = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    spooled = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    rows_read = models.BigIntegerField(default=0)
    rows_new = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    rows_superseded = models.BigIntegerField(default=0)
    rows_quarantined = models.BigIntegerField(default=0)
    remarks = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    rows_left_out = models.BigIntegerField(default=0)
    refusal = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["feed", "-received"], name="chronology_latest_delivery"),
            models.Index(
                fields=["feed", "id"],
                condition=models.Q(state__in=["accepted", "in_progress"]),
                name="chronology_waiting_delivery",
            ),
        ]


def _joined(model: type[models.Model], *, index: bool = False, **said: Any) -> Any:
    """A reference that is held by a trigger for all rows of a statement at once, or by a join."""
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=index,
        **{"related_name": "+"} | said,
    )


class Event(ActionModel):
    """One fact from one agency about one subject record; never updated, never deleted.

    The latest `revision` of a `source_key` received by a day is what was known on that day.
    `leaf` is SHA-256 over the content row and its salt; the log has one over this header.
    """

    subject_record = _joined(SubjectRecord, related_name="events")
    agency = _joined(Agency)
    area = _joined(Area)
    tier = models.CharField(max_length=16, choices=TIERS)
    category = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    occurred = models.DateTimeField()
    occurred_until = models.DateTimeField(null=True)
    day_only = models.BooleanField()
    received = models.DateTimeField()
    recorded = models.DateTimeField()
    delivery = _joined(Delivery, index=True, null=True, related_name="events")
    row = models.TextField(blank=True)
    source_key = models.TextField()
    revision = models.PositiveIntegerField()
    withdrawn = models.BooleanField(default=False)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "source_key", "revision"], name="chronology_one_revision"
            )
        ]
        indexes = [models.Index(fields=["subject_record", "occurred"])]


class EventContent(ActionModel):
    """What an event says. Apart from its header, so that erasure by law can leave a tombstone."""

    event = models.OneToOneField(
        Event,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="body",
        db_constraint=False,
    )
    subject_record_id = models.BigIntegerField()
    agency = _joined(Agency)
    area = _joined(Area)
    tier = models.CharField(max_length=16, choices=TIERS)
    category = models.PositiveSmallIntegerField()
    content = models.JSONField()
    remarks = models.JSONField(default=list)
    salt = models.BinaryField(max_length=16)
    fingerprint = models.BinaryField(max_length=32)


class EventPlace(ActionModel):
    """Where an event says that a child is or was: apart, so that it can be withheld by itself."""

    event = models.OneToOneField(
        Event,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="place",
        db_constraint=False,
    )
    subject_record_id = models.BigIntegerField()
    agency = _joined(Agency)
    area = _joined(Area)
    tier = models.CharField(max_length=16, choices=TIERS)
    category = models.PositiveSmallIntegerField()
    whereabouts = models.JSONField()


class Mention(ActionModel):
    """That an event names an entity: a claim of whoever sent it, never established fact.

    It is made of what the event says and goes with it. `entity` is by what others name the same,
    empty where nothing tells. Like a place it says where a child may be found, and is withheld so.
    """

    event = _joined(Event, index=True, related_name="mentions")
    subject_record_id = models.BigIntegerField(db_index=True)
    agency = _joined(Agency)
    area = _joined(Area)
    tier = models.CharField(max_length=16, choices=TIERS)
    category = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=[(each, each.in_words) for each in EntityKind])
    entity = models.TextField(blank=True)
    said = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "entity"],
                condition=~models.Q(entity=""),
                name="chronology_same_entity",
            )
        ]


class AttendanceWeek(ActionModel):
    """A pupil-week: ten marks, two characters each, Monday morning first; one bulk event.

    The counts are those of the statistical categories in force that week. What a week refers to
    is joined when it is written and is never deleted, so the database does not look again.
    """

    subject_record = _joined(SubjectRecord)
    agency = _joined(Agency)
    area = _joined(Area)
    tier = models.CharField(max_length=16, choices=TIERS)
    week = models.DateField()
    revision = models.PositiveIntegerField()
    marks = models.CharField(max_length=20)
    possible = models.PositiveSmallIntegerField()
    absent = models.PositiveSmallIntegerField()
    unauthorised = models.PositiveSmallIntegerField()
    unexplained = models.PositiveSmallIntegerField()
    late = models.PositiveSmallIntegerField()
    received = models.DateTimeField()
    delivery = _joined(Delivery, index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_record", "week", "revision"], name="chronology_one_week_revision"
            )
        ]
