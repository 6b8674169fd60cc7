"""The audit entry, never changed, and the tamper-evident log over entries and events."""

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
    SEARCH = "search", "searched"
    ERASE = "erase", "erased, by law"


class AuditEntry(ActionModel):
    """One sight, write or refusal. Plain ids, no relations: it outlives what it speaks of.

    Its leaf, over its own words and a random salt, goes into the log's inbox with it.
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

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "at"]),
            models.Index(fields=["person_id", "at"]),
        ]


class Inbox(ActionModel):
    """A leaf that has no place yet, pushed in the transaction that wrote its row."""

    source = models.CharField(max_length=16)
    ref = models.TextField()
    leaf = models.BinaryField(max_length=32)


class Leaf(ActionModel):
    """A leaf in its place: `ref` is the id of its row, and `source` says in which table."""

    tree_index = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=16)
    ref = models.TextField()
    leaf = models.BinaryField(max_length=32)


class Tile(ActionModel):
    """256 hashes of the tree that stand side by side, once all are there, and the root over them.

    Level 0 has the hashes of leaves, and each other level the roots of the tiles below.
    """

    pk = models.CompositePrimaryKey("level", "position")
    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField(max_length=32)


class Checkpoint(ActionModel):
    """What we signed when the log had so many leaves; `verifier_key` says with which key."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    verifier_key = models.TextField()
