"""Alerts, the indicators and events that met them, and what people decided about them."""

import uuid

from django.db import models

from keepsight.agencies.models import Area
from keepsight.audit.writing import ActionModel
from keepsight.identity.models import Child
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.triage import WAYS, Second

DECISIONS = [(each.value, way.title) for each, way in WAYS.items()]


class Alert(ActionModel):
    """A concern about a child that one indicator or several met: one in force at a time.

    `harm` says that one of them means harm. `decision` is the last that stands, and `until` the day
    on which the alert is read again in any case. `waiting_since` is when it last began to wait.
    """

    class State(models.TextChoices):
        TO_READ = "to_read", "To be read"
        TO_AGREE = "to_agree", "Decided, and waiting for somebody to agree"
        DECIDED = "decided", "Decided"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="alerts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    concern = models.CharField(
        max_length=40, choices=[(each.value, each.in_words) for each in Concern]
    )
    harm = models.BooleanField(default=False)
    first_met = models.DateField()
    last_met = models.DateField()
    waiting_since = models.DateField()
    recorded = models.DateTimeField()
    no_longer_met = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=State, default=State.TO_READ)
    decision = models.CharField(max_length=16, choices=DECISIONS, blank=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "concern"],
                condition=models.Q(no_longer_met=None),
                name="detection_one_alert_a_concern",
            )
        ]


class AlertMet(ActionModel):
    """One indicator that is or was met for an alert, in the version that met it."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="met")
    child_id = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    first_met = models.DateField()
    last_met = models.DateField()
    no_longer_met = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "indicator"], name="detection_met_once")
        ]


class AlertEvidence(ActionModel):
    """One event by which an indicator was met for an alert; `event_ref` is an event's id or `week:`
    and a week's.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="evidence")
    child_id = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    event_ref = models.CharField(max_length=40)
    noted = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "indicator", "event_ref"], name="detection_evidence_once"
            )
        ]


class AlertDecision(ActionModel):
    """What one person decided about an alert and why; nothing of it is changed later but whether
    the second person agreed.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="decisions")
    child_id = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16, choices=DECISIONS)
    reason = models.TextField()
    asked = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    decided_by_id = models.BigIntegerField()
    decided_at = models.DateTimeField()
    second = models.CharField(max_length=10, choices=[(each.value, each.name) for each in Second],
                              blank=True)  # fmt: skip
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by_id=None)
                | ~models.Q(answered_by_id=models.F("decided_by_id")),
                name="detection_nobody_agrees_with_themselves",
            )
        ]


class AlertSetting(ActionModel):
    """How many alerts an area can read in a week, and its limits; the row in force has no end."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    readable_a_week = models.PositiveIntegerField(null=True)
    watch_days = models.PositiveIntegerField()
    dismissed_days = models.PositiveIntegerField()
    because = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=models.Q(until=None),
                name="detection_one_setting_in_force",
            )
        ]


class SettingWeighed(ActionModel):
    """How many alerts a week the catalogue would have raised in the past; it names no child."""

    recorded = models.DateTimeField()
    last_week = models.DateField()
    weeks = models.PositiveIntegerField()
    concern = models.CharField(max_length=40)
    raised = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
