"""Obligations: running instances of what the law requires within a time."""

import uuid

from django.db import models

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.identity.models import Child


class Obligation(ActionModel):
    """One duty owed to one child: opened by an event, closed by another, always explained.

    `started_by` and `stopped_by` are an agency's id and source key, which outlive corrections.
    """

    class State(models.TextChoices):
        DUE = "due", "Due"
        OVERDUE = "overdue", "Overdue"
        MET = "met", "Met in time"
        LATE = "late", "Met late"
        MET_UNDATED = "met_undated", "Met, date not given"
        WITHDRAWN = "withdrawn", "Withdrawn: what started it was corrected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="obligations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    started_by = models.TextField()
    started = models.DateTimeField()
    due = models.DateTimeField()
    stopped_by = models.TextField(blank=True)
    stopped = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=State)
    why = models.TextField()
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "duty", "started_by"], name="casework_one_obligation_a_start"
            )
        ]
        indexes = [models.Index(fields=["state", "due"])]
