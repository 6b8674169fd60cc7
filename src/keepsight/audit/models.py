"""The audit entry: written in the same transaction as what it tells of, and never changed."""

import uuid

from django.db import models

from keepsight.audit.writing import ActionModel


class Act(models.TextChoices):
    SEE = "see", "saw"
    LIST = "list", "saw in a list"
    WRITE = "write", "wrote"
    REFUSE = "refuse", "was refused"
    SIGN_IN = "sign_in", "signed in"
    SIGN_OUT = "sign_out", "signed out"
    EXPORT = "export", "took out"
    BREAK_GLASS = "break_glass", "broke the glass"


class AuditEntry(ActionModel):
    """One sight, write or refusal. Plain ids, no relations: it outlives what it speaks of.

    `leaf` is SHA-256 over a random salt and the entry's own words; `tree_index` is its place
    in the tamper-evident log once that has taken it in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=16, choices=Act)
    actor_name = models.TextField()
    person_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=32)
    child_id = models.UUIDField(null=True)
    subject_record_id = models.BigIntegerField(null=True)
    what = models.TextField()
    where = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    known_on = models.DateField(null=True)
    request_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    tree_index = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "at"]),
            models.Index(fields=["person_id", "at"]),
        ]
