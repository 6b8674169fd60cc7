"""What keeps a feed within what was agreed: its clocks, its purges, and what a hold keeps."""

import uuid

from django.db import models

from keepsight.audit.writing import ActionModel


class FeedWeek(ActionModel):
    """A week, by its Monday, for which a feed of registers has brought a mark. Of no child."""

    feed = models.ForeignKey("chronology.Feed", on_delete=models.PROTECT, related_name="weeks")
    week = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "week"], name="chronology_one_feed_week")
        ]


class Rule(models.TextChoices):
    """By which rule something may not stay."""

    UNMATCHED = "unmatched", "it matched no child who is known, for longer than it may wait"
    EXISTENCE = "existence", "the feed is for existence only, and this was content"
    QUARANTINE = "quarantine", "it could not be used, and nobody put it right in time"


class CohortClock(ActionModel):
    """Since when a subject record has stood outside its feed's cohort, and until when it may.

    Only the database's own function writes it, and `due` is never brought forward.
    """

    feed = models.ForeignKey("chronology.Feed", on_delete=models.PROTECT, related_name="+")
    subject_record = models.ForeignKey(
        "identity.SubjectRecord", on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField(max_length=16, choices=Rule)
    since = models.DateTimeField()
    due = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "subject_record", "rule"], name="chronology_one_cohort_clock"
            )
        ]


class Purge(ActionModel):
    """What was purged of one feed at once, by which rule: in numbers, of no child."""

    feed = models.ForeignKey("chronology.Feed", on_delete=models.PROTECT, related_name="purges")
    rule = models.CharField(max_length=16, choices=Rule)
    at = models.DateTimeField()
    records = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    weeks = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)


class Tombstone(ActionModel):
    """That an event's content, or a week of attendance, was erased. It is never taken away."""

    class Of(models.TextChoices):
        EVENT = "event", "event"
        WEEK = "week", "week of attendance"

    of = models.CharField(max_length=8, choices=Of)
    ref = models.BigIntegerField()
    purge = models.ForeignKey(Purge, on_delete=models.PROTECT, related_name="tombstones")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "ref"], name="chronology_one_tombstone")
        ]


class LegalHold(ActionModel):
    """Nothing within it is erased while it stands. What it does not name, it does not narrow to.

    A hold that names nothing holds everything. It is lifted once, with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.TextField()
    because = models.TextField()
    placed = models.DateTimeField()
    placed_by = models.TextField()
    area_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    feed_id = models.BigIntegerField(null=True)
    child_id = models.UUIDField(null=True)
    lifted = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True, default="")
