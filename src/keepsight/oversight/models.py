"""An area's action plan, and the counts that its people answer for. Nothing here names a child."""

import uuid

from django.db import models

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel


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
