"""The flat tables that every row-level policy reads, and the session behind its token."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from keepsight.audit.writing import ActionModel


class AccessSession(ActionModel):
    """An opened session: only the hash of its token is kept, and only the owner can read it."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    person_id = models.BigIntegerField()
    opened = models.DateTimeField()
    expires = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    seen = models.DateTimeField(default=timezone.now)
    idle = models.DurationField(default=timedelta(minutes=30))


class SubjectScope(ActionModel):
    """An agency may see one subject record's ordinary events: their content or existence."""

    class Level(models.TextChoices):
        EXISTENCE = "existence"
        CONTENT = "content"

    subject_record_id = models.BigIntegerField()
    of_agency_id = models.BigIntegerField()
    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    level = models.CharField(max_length=16, choices=Level)
    because = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "level", "subject_record_id"],
                condition=models.Q(until=None),
                name="access_subjectscope_one_in_force",
            )
        ]
        indexes = [models.Index(fields=["child_id", "agency_id"])]


class ChildScope(ActionModel):
    """An agency's relation to a child: it may see what is said of the child as a whole."""

    class Relation(models.TextChoices):
        FRONT_DOOR = "front_door", "the front door is looking at this child"
        CASE = "case", "children’s social care has an open case"

    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    relation = models.CharField(max_length=16, choices=Relation)
    because = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "child_id", "relation"],
                condition=models.Q(until=None),
                name="access_childscope_one_in_force",
            )
        ]
