"""What an area and an agency answer for: plans and counts, inspections, and how people looked."""

import uuid

from django.db import models

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.kernel.releasing import Ground, Recipient


class ActionPlan(ActionModel):
    """A partnership's plan against exploitation; published or not, and reviewed when."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans")
    title = models.TextField()
    written = models.DateField()
    review_by = models.DateField()
    published = models.DateField(null=True)


class PlanAction(ActionModel):
    """One thing that one agency has said it will do, by when, and the evidence that it did."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="actions")
    title = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.TextField()
    due = models.DateField()
    done = models.DateField(null=True)
    evidence = models.TextField(blank=True)


class AreaFigure(ActionModel):
    """One count for an area as of a day, written by the nightly pass; it names no child."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    figure = models.CharField(max_length=60)
    as_of = models.DateField()
    value = models.PositiveIntegerField()
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "agency", "figure", "as_of"],
                nulls_distinct=False,
                name="oversight_one_figure_a_day",
            )
        ]


class Inspection(ActionModel):
    """An inspection of an area: open for a time, over a sample of cases."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    cases = models.PositiveIntegerField()


class SnoopingSign(ActionModel):
    """Looks of one person on one day that met a sign, and what a person found. Never of whom."""

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", "It is explained"
        ACTED_ON = "acted_on", "It is not explained, and is being acted on"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    sign = models.CharField(max_length=20)
    day = models.DateField()
    many = models.PositiveIntegerField()
    recorded = models.DateTimeField()
    reviewed = models.DateTimeField(null=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    review_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "agency_id", "sign", "day"], name="oversight_one_sign_a_day"
            )
        ]
        indexes = [models.Index(fields=["agency_id", "day"], name="oversight_sign_of_agency")]


class LookRelease(ActionModel):
    """A person's decision whether to tell somebody who looked at a child's record, and why.

    `covers` is the moment up to which entries were before the person who decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child_id = models.UUIDField(db_index=True)
    agency_id = models.BigIntegerField()
    recipient = models.CharField(max_length=16, choices=[(r.value, r.in_words) for r in Recipient])
    purpose = models.TextField()
    wishes = models.TextField()
    competence = models.TextField()
    gives = models.BooleanField()
    reason = models.TextField()
    interest = models.TextField(blank=True)
    covers = models.DateTimeField()
    decided = models.DateTimeField()
    decided_by_id = models.BigIntegerField()


class ReleaseEntry(ActionModel):
    """One entry of the log in a release: told where no ground is said, else kept inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(LookRelease, on_delete=models.PROTECT, related_name="entries")
    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    entry_id = models.UUIDField()
    ground = models.CharField(
        max_length=16, choices=[(g.value, g.in_words) for g in Ground], blank=True
    )


class Release(ActionModel):
    """What an area's analysts may read for a month: made once, by night, and never changed.

    It holds only what may be said: a count that is suppressed is not kept, nor is the key of the
    pseudonyms.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    as_of = models.DateField()
    least = models.PositiveIntegerField()
    children_left_out = models.BooleanField()
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="oversight_one_release_a_month")
        ]


class ReleasedCount(ActionModel):
    """One cell of a release's table, or a total where indicator or month is not given."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="counts")
    area_id = models.BigIntegerField()
    indicator = models.CharField(max_length=60, blank=True)
    month = models.DateField(null=True)
    value = models.PositiveIntegerField(null=True)


class ReleasedChild(ActionModel):
    """One child under a pseudonym: an age band, and which indicators were met."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="children")
    area_id = models.BigIntegerField()
    pseudonym = models.CharField(max_length=16)
    age_band = models.CharField(max_length=16)
    indicators = models.JSONField()
