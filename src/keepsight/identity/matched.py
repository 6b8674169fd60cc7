"""What matching keeps for itself. Only those who link read it, and no page does."""

from django.db import models

from keepsight.audit.writing import ActionModel


class LinkedPair(ActionModel):
    """Two records of one child that are linked by their own weight, as of the last run.

    Such a pair is kept a little below the weight that joins, so that links do not come and go.
    """

    one = models.ForeignKey("identity.SubjectRecord", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("identity.SubjectRecord", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="identity_linked_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="identity_linked_lower_first"
            ),
        ]


class FormerDetail(ActionModel):
    """A number, surname or postcode that a record’s person had before.

    `until` is when another was sent in its place; empty where the agency said only that it is a
    former one. No former postcode outlives its record’s address being withheld.
    """

    class Column(models.TextChoices):
        NHS_NUMBER = "nhs_number", "NHS number"
        UPN = "upn", "UPN"
        SURNAME = "surname", "surname"
        POSTCODE = "postcode", "postcode"

    subject_record = models.ForeignKey(
        "identity.SubjectRecord", on_delete=models.PROTECT, related_name="+"
    )
    column = models.CharField(max_length=10, choices=Column.choices)
    value = models.TextField()
    until = models.DateTimeField(null=True)
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_record", "column", "value"], name="identity_former_once"
            )
        ]


class NameCount(ActionModel):
    """How many records had a name at the last run: a rare one weighs more.

    Without a value, how many had any; `RECORDS` without one, how many there were.
    """

    RECORDS = "records"

    column = models.CharField(max_length=16)
    value = models.TextField(blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "value"], name="identity_name_counted_once")
        ]


class AgencyCare(ActionModel):
    """How often an agency’s records differ in a detail from others’ of the same child, at the last
    run; and whether that is often, so that a difference from it weighs less.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=16)
    differing = models.FloatField()
    often = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "column"], name="identity_care_once")
        ]


class Unmatched(ActionModel):
    """A record of which changed what linking compares, and which was not matched since."""

    subject_record = models.OneToOneField(
        "identity.SubjectRecord", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    since = models.DateTimeField()
