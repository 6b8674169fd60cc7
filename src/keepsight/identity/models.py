"""Subject records, children, and dated links between them: never a merge."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Collate, Now

from keepsight.agencies.models import Agency, Area
from keepsight.audit.writing import ActionModel
from keepsight.identity.matched import AgencyCare, FormerDetail, LinkedPair, NameCount, Unmatched
from keepsight.identity.traced import Tracing

__all__ = ["AgencyCare", "FormerDetail", "LinkedPair", "NameCount", "Tracing", "Unmatched"]

TIERS = [("ordinary", "ordinary"), ("confidential", "confidential"), ("sealed", "sealed")]


class Severance(ActionModel):
    """An old identity was cut from a new one, for good: nothing undoes it, and no page reads it.

    The subject records of the old identity name it, and so are compared with one another only.
    `links` are the ids of past links that would lead across; no page reads them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded = models.DateTimeField()
    severed_by_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    reason = models.TextField()
    links = models.JSONField(default=list)


class SubjectRecord(ActionModel):
    """What one agency calls a person, with the details it sent last, normalised for linking.

    Identifiers stand here only if valid; details as sent are events. Of one that is `forgotten`
    only its id is left. Records of one `severance`, or of none, are compared with no others.
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
    details_changed = models.DateTimeField(null=True, db_default=Now())
    severance = models.ForeignKey(
        Severance, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

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
    """The belief that a subject record is a child, from when until when it was held.

    One that is stated again, because what ended it was undone, says when it was `first_held`.
    """

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
    first_held = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_record"],
                condition=models.Q(recorded_until=None),
                name="identity_one_link_in_force",
            )
        ]

    @property
    def held_since(self) -> datetime:
        return self.first_held or self.recorded_from


class Decision(ActionModel):
    """What one person decided about some records at once, and what it changed; it can be lifted.

    `groups` says which child each record is of, by numbers that mean nothing elsewhere. A
    `restricted` decision does nothing until a second person confirms it. `moves` are the links
    that it ended and began, so that lifting it states again exactly what was.
    """

    question = models.ForeignKey(
        "LinkQuestion", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    groups = models.JSONField(default=dict)
    sure = models.BooleanField(default=True)
    restricted = models.BooleanField(default=False)
    reason = models.TextField()
    recorded = models.DateTimeField()
    decided_by_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    in_force = models.DateTimeField(null=True)
    seconded_by_id = models.BigIntegerField(null=True)
    moves = models.JSONField(default=dict)
    lifted = models.DateTimeField(null=True)
    lifted_by_id = models.BigIntegerField(null=True)
    lifted_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(lifted=None),
                name="identity_one_decision_a_question",
            )
        ]


class Judgement(ActionModel):
    """What a person said of two subject records; it binds the model until a person lifts it."""

    class Verdict(models.TextChoices):
        SAME = "same", "one child"
        NOT_SAME = "not_same", "two children"
        UNSURE = "unsure", "not sure"

    one = models.ForeignKey(SubjectRecord, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(SubjectRecord, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="judgements"
    )
    decided_by_id = models.BigIntegerField(null=True)
    seconded_by_id = models.BigIntegerField(null=True)
    reason = models.TextField()
    recorded = models.DateTimeField()
    lifted = models.DateTimeField(null=True)
    lifted_by_id = models.BigIntegerField(null=True)
    lifted_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=models.Q(lifted=None),
                name="identity_one_judgement_a_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="identity_lower_record_first"
            ),
        ]


class LinkQuestion(ActionModel):
    """Something that the model may not decide about two to eight subject records.

    `weight` is in bits, of the pair that speaks most for one child. `reasons` are an object a pair:
    its records `one` and `other`, `weight`, and `levels`, what was found in words with its bits.
    """

    class Kind(models.TextChoices):
        BETWEEN = "between", "may be one child: the evidence lies between"
        EITHER = "either", "one record may be of either of two children"
        TWO_NUMBERS = "two_numbers", "alike, but with two different valid numbers"
        ONE_NUMBER_TWO_NAMES = "one_number_two_names", "one number on two different names"
        DOES_NOT_HOLD = "does_not_hold", "held as one child, but the records do not hold together"
        POSSIBLE_DUPLICATE = "possible_duplicate", "one agency may have one child twice"

    class Outcome(models.TextChoices):
        DECIDED = "decided", "a person decided"
        GONE = "gone", "no longer in question"

    kind = models.CharField(max_length=24, choices=Kind)
    records_key = models.TextField()
    weight = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    model_version = models.TextField()
    raised = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "records_key"],
                condition=models.Q(closed=None),
                name="identity_one_question_of_records",
            )
        ]


class LinkQuestionRecord(ActionModel):
    """One of the subject records that a question is about."""

    question = models.ForeignKey(LinkQuestion, on_delete=models.PROTECT, related_name="records")
    subject_record = models.ForeignKey(
        SubjectRecord, on_delete=models.PROTECT, related_name="questions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "subject_record"], name="identity_record_once_a_question"
            )
        ]


class LinkAsk(ActionModel):
    """A question waits for an agency to look at its own record, and what the agency answered."""

    class Answer(models.TextChoices):
        RIGHT = "right", "It is right as it stands"
        MENDED = "mended", "It was wrong, and we are putting it right"
        UNKNOWN = "unknown", "We cannot tell"

    question = models.ForeignKey(LinkQuestion, on_delete=models.PROTECT, related_name="asks")
    subject_record = models.ForeignKey(SubjectRecord, on_delete=models.PROTECT, related_name="+")
    agency_id = models.BigIntegerField()
    asked_by_id = models.BigIntegerField()
    asked = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    answered = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "subject_record"],
                condition=models.Q(answered=None),
                name="identity_asked_once",
            )
        ]
