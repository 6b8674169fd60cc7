"""Quarantine: a row that could not become an event, kept whole with the reason."""

from django.db import models

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.receipts import Receipt

__all__ = ["QuarantinedRow", "Receipt"]


class QuarantinedRow(ActionModel):
    """File, row, field, value and reason, in words that a data officer can act on.

    `retried_in` is the delivery in which the row, put right, was sent again.
    One that nobody put right in time is `emptied`: its value and the rest of the row are gone.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="quarantine")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="quarantine")
    row = models.TextField()
    field = models.TextField()
    value = models.TextField()
    reason = models.TextField()
    raw = models.JSONField()
    fingerprint = models.BinaryField(max_length=32)
    times_seen = models.PositiveIntegerField(default=1)
    retried_in = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="retried"
    )
    emptied = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "fingerprint"], name="intake_one_quarantined_row"
            )
        ]


class FeedMapping(ActionModel):
    """How the files of an agency’s own feed are read: one version, never changed.

    `key` is what the feed names as its source. The latest version is the one in use; `mapping` is
    what a mapping file says (`mapping.py`).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField()
    version = models.PositiveIntegerField()
    mapping = models.JSONField()
    made = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key", "version"], name="intake_one_mapping_version"
            )
        ]
