"""Subject records, children, and dated links between them: never a merge."""

import uuid

from django.db import models
from django.db.models.functions import Collate

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.identity.traced import Tracing as Tracing

TIERS = [("ordinary", "ordinary"), ("confidential", "confidential"), ("sealed", "sealed")]


class SubjectRecord(ActionModel):
    """What one agency calls a person, with the details it sent last, normalised for linking.

    Identifiers stand here only if valid; the details as sent are events. Of one that is
    `forgotten` nothing is left but its id.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=16, choices=TIERS, default="ordinary")
    key = models.TextField()
    forename = models.TextField(null=True)
    surname = models.TextField(null=True)
    forename_sound = models.CharField(max_length=8, null=True)
    surname_sound = models.CharField(max_length=8, null=True)
    date_of_birth = models.DateField(null=True)
    sex = models.CharField(max_length=1, null=True)
    nhs_number = models.CharField(max_length=10, null=True)
    upn = models.CharField(max_length=13, null=True)
    postcode = models.CharField(max_length=8, null=True)
    address_withheld = models.BooleanField(default=False)
    first_received = models.DateTimeField()
    details_received = models.DateTimeField(null=True)
    forgotten = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="identity_one_record_a_key")
        ]
        indexes = [
            models.Index(
                models.F("agency"),
                Collate("surname", "C"),
                Collate("forename", "C"),
                name="identity_find_by_surname",
            ),
            models.Index(
                models.F("agency"),
                Collate("forename", "C"),
                Collate("surname", "C"),
                name="identity_find_by_forename",
            ),
            models.Index(
                models.F("agency"),
                models.F("surname_sound"),
                Collate("surname", "C"),
                Collate("forename", "C"),
                name="identity_find_by_sound",
            ),
            models.Index(
                fields=["agency", "surname_sound", "forename_sound"], name="identity_sound"
            ),
            models.Index(
                Collate("surname", "C"),
                Collate("forename", "C"),
                models.F("id"),
                name="identity_led_by_surname",
            ),
            models.Index(
                Collate("forename", "C"),
                Collate("surname", "C"),
                models.F("id"),
                name="identity_led_by_forename",
            ),
            models.Index(fields=["nhs_number"], name="identity_find_by_nhs"),
            models.Index(fields=["upn"], name="identity_find_by_upn"),
            models.Index(fields=["surname", "date_of_birth"], name="identity_find_by_birth"),
        ]


class Child(ActionModel):
    """The person whom we believe some subject records to be: an id and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded = models.DateTimeField()


class Link(ActionModel):
    """The belief that a subject record is a child, from when until when it was held."""

    subject_record = models.ForeignKey(
        SubjectRecord, on_delete=models.PROTECT, related_name="links"
    )
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="links")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=16, choices=TIERS)
    weight = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    model_version = models.TextField()
    decided_by = models.TextField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    recorded_from = models.DateTimeField()
    recorded_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_record"],
                condition=models.Q(recorded_until=None),
                name="identity_one_link_in_force",
            )
        ]


class NotTheSame(ActionModel):
    """A person's decision that two subject records are two people; it binds until lifted."""

    one = models.ForeignKey(SubjectRecord, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(SubjectRecord, on_delete=models.PROTECT, related_name="+")
    decided_by_id = models.BigIntegerField(null=True)
    reason = models.TextField()
    recorded = models.DateTimeField()
    lifted = models.DateTimeField(null=True)
