"""What a tracing service answered about a subject record, and when."""

from django.db import models

from keepsight.audit.writing import ActionModel
from keepsight.kernel.tracing.reconciling import Standing
from keepsight.kernel.tracing.tracing import Outcome

OUTCOMES = [(each, each) for each in dict.fromkeys(str(each) for each in (*Outcome, *Standing))]


class Tracing(ActionModel):
    """One answer: a number found for a record without one, or how the number of one stands.

    It holds for the details that the record had (`details_received`). What was asked is not kept
    again, only a hash of it and of a random salt. A number in it is traced: no agency sent it.
    """

    subject_record = models.ForeignKey(
        "identity.SubjectRecord", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    service = models.TextField()
    details_received = models.DateTimeField(null=True)
    salt = models.BinaryField(max_length=16)
    asked = models.BinaryField(max_length=32)
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    nhs_number = models.CharField(max_length=10, null=True)
    score = models.FloatField(null=True)
    restricted = models.BooleanField(default=False)
    differ = models.JSONField(default=list)
    step = models.TextField(blank=True)
    searches = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["subject_record", "id"], name="identity_tracing_of")]
