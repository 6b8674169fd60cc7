"""The flat tables that every row-level policy reads, and the session behind its token.

They hold plain ids: no table of another room is looked into when access is decided.
"""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from keepsight.audit.writing import ActionModel
from keepsight.kernel.looking import Purpose, Reach, Relation, Serves


def _choices(words: type) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in words]  # type: ignore[attr-defined]


class AccessSession(ActionModel):
    """An opened session: only the hash of its token is kept, and only the owner can read it."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    person_id = models.BigIntegerField()
    opened = models.DateTimeField()
    expires = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    seen = models.DateTimeField(default=timezone.now)
    idle = models.DurationField(default=timedelta(minutes=30))


class InForce(ActionModel):
    """Base of what holds from a moment until another, or still.

    The id is ours and not the database's: PostgreSQL would give a row back only to whoever may
    read it, and some of these may be written by people who may not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    because = models.TextField()

    class Meta:
        abstract = True


class KeptApart(InForce):
    """Base of what keeps people from a record, or a record from telling; ended with a reason.

    One that stands because a record came from another child `follows` what stands at that child.
    """

    ended_because = models.TextField(blank=True, default="")
    follows = models.UUIDField(null=True)

    class Meta:
        abstract = True


class SubjectPlace(ActionModel):
    """Where a subject record stands now: whose it is, and which child it is believed to be.

    `involved` says whether the agency has recorded something of the child lately, by the area's
    own setting; `withheld` that the agency said the address is.
    """

    subject_record_id = models.BigIntegerField(primary_key=True)
    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    area_id = models.BigIntegerField()
    tier = models.CharField(max_length=16)
    withheld = models.BooleanField(default=False)
    last_contact = models.DateTimeField(null=True)
    involved = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["child_id"],
                include=["subject_record_id", "agency_id", "tier"],
                name="access_place_of_child",
            ),
            models.Index(
                fields=["child_id"],
                condition=models.Q(withheld=True),
                name="access_place_withheld",
            ),
        ]


class Tie(InForce):
    """A relation of an agency, or of one team or person of it, to a child."""

    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    relation = models.CharField(max_length=16, choices=_choices(Relation))

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "relation", "child_id"], name="access_tie_of_agency"),
            models.Index(fields=["child_id"], name="access_tie_of_child"),
            models.Index(
                fields=["person_id"],
                condition=models.Q(person_id__isnull=False),
                name="access_tie_of_person",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child_id", "agency_id", "relation", "team_id", "person_id"],
                condition=models.Q(until=None),
                nulls_distinct=False,
                name="access_one_tie_in_force",
            )
        ]


class Party(ActionModel):
    """An agency that has signed an information-sharing agreement, as policies read it."""

    agreement_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "agreement_id"], name="access_party_of_agency")
        ]


class Term(ActionModel):
    """One line of an agreement: what its parties of one kind give to its parties of another."""

    agreement_id = models.BigIntegerField()
    giver_kind = models.CharField(max_length=32)
    receiver_kind = models.CharField(max_length=32)
    serves = models.CharField(max_length=16, choices=_choices(Serves))
    category = models.PositiveSmallIntegerField()
    sight = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=16, choices=_choices(Purpose))

    class Meta:
        indexes = [
            models.Index(
                fields=["agreement_id", "receiver_kind", "giver_kind", "serves"],
                name="access_term_of_kinds",
            )
        ]


class AreaSetting(InForce):
    """An area's own settings of access, dated; the latest in force counts."""

    area_id = models.BigIntegerField()
    involved_days = models.PositiveIntegerField(default=365)
    involved_may_know = models.BooleanField(default=True)
    reach = models.CharField(max_length=16, choices=_choices(Reach), default=Reach.TEAM.value)


class Exclusion(KeptApart):
    """A person is kept from a child's record, and never learns that there is one.

    After `review_by` somebody ought to ask whether it is still needed; it does not end by itself.
    """

    class Ground(models.TextChoices):
        FAMILY = "family", "family"
        ACQUAINTANCE = "acquaintance", "declared acquaintance"
        SUSPECT = "suspect", "recorded as a suspect"
        ADULT_OF_CONCERN = "adult_of_concern", "recorded as an adult of concern"
        ALLEGATION = "allegation", "subject of an allegation"
        HOUSEHOLD = "household", "member of the household"

    person_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    child_id = models.UUIDField()
    ground = models.CharField(max_length=20, choices=Ground)
    declared_by_id = models.BigIntegerField(null=True)
    review_by = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="access_exclusion_of_person"),
            models.Index(fields=["child_id"], name="access_exclusion_of_child"),
        ]


class Seal(KeptApart):
    """A child's records are sealed: for named people only."""

    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["child_id"], name="access_seal_of_child")]


class SealName(ActionModel):
    """One person whom a seal names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="names")
    agency_id = models.BigIntegerField()
    person_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="access_sealname_of_person")]


class Protection(KeptApart):
    """Where a child is must not be told; and how the family may safely be reached."""

    child_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    safe_way = models.TextField(blank=True)
    never_use = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["child_id"], name="access_protection_of_child")]


class BreakGlass(ActionModel):
    """One emergency look without a relation: its reason, its end, and its review."""

    class Outcome(models.TextChoices):
        JUSTIFIED = "justified", "It was justified"
        NOT_JUSTIFIED = "not_justified", "It was not justified, and is being acted on"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    child_id = models.UUIDField(null=True)
    reason = models.TextField()
    opened = models.DateTimeField()
    until = models.DateTimeField()
    review_due = models.DateTimeField()
    reviewed = models.DateTimeField(null=True)
    reviewed_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    review_reason = models.TextField(blank=True)


class StaffHome(ActionModel):
    """The postcode of a person’s own home, which only the nightly look for snooping reads."""

    person_id = models.BigIntegerField(primary_key=True)
    postcode = models.CharField(max_length=8)


class Client(ActionModel):
    """An agency’s system that sends what cannot wait, by one feed of that agency.

    Its id is its name at the door and no secret; of the secret only a hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    agency_id = models.BigIntegerField()
    feed_id = models.BigIntegerField()
    secret_hash = models.BinaryField(max_length=32)
    created = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True, default="")


class ClientSession(ActionModel):
    """A client’s token while it lasts: only its hash is kept, and only the owner can read it."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    opened = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires"], name="access_clientsession_expires")]
