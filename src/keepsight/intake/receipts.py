"""What a client was told of a report, kept so that the same key gives the same answer."""

import uuid

from django.db import models

from keepsight.audit.writing import ActionModel


class Receipt(ActionModel):
    """The acknowledgement of one report, by the key that the client gave it.

    `body` is a keyed hash of what was sent: the receipt itself says nothing about a child.
    `duplicate` is whether the fact stood already, in the same words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField()
    key = models.TextField()
    body = models.BinaryField(max_length=32)
    event_id = models.BigIntegerField()
    received = models.DateTimeField()
    duplicate = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_id", "key"], name="intake_one_receipt_a_key")
        ]
