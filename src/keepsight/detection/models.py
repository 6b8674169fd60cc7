"""Alerts, and the events that met them."""

import uuid

from django.db import models

from keepsight.agencies.models import Area
from keepsight.audit.writing import ActionModel
from keepsight.identity.models import Child


class Alert(ActionModel):
    """An indicator met by a child, and what a person decided about it."""

    class Decision(models.TextChoices):
        REFER = "refer", "Make a referral or add this to an open case"
        DISCUSS = "discuss", "Call a strategy discussion or multi-agency meeting"
        WATCH = "known", "Already known and being acted on"
        NOTHING = "no_action", "No action, for the reason given"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="alerts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    first_met = models.DateField()
    last_met = models.DateField()
    recorded = models.DateTimeField()
    no_longer_met = models.DateField(null=True)
    decision = models.CharField(max_length=16, choices=Decision, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "indicator"],
                condition=models.Q(no_longer_met=None),
                name="detection_one_alert_in_force",
            )
        ]


class AlertEvidence(ActionModel):
    """One event that met an alert; `event_ref` is an event's id or `week:` and a week's."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="evidence")
    child_id = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    event_ref = models.CharField(max_length=40)
    noted = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "event_ref"], name="detection_evidence_once")
        ]
