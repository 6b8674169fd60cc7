"""Areas, agencies, and the people who sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from keepsight.audit.writing import ActionModel
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind


class Area(ActionModel):
    """A safeguarding partnership: one or more local authorities."""

    key = models.SlugField(unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Agency(ActionModel):
    """An organisation that holds records."""

    key = models.SlugField(unique=True, max_length=80)
    name = models.TextField()
    kind = models.CharField(max_length=32, choices=[(k.value, k.in_words) for k in AgencyKind])
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies")
    phone = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(ActionModel):
    """Some of an agency’s people who work with the same children. `front_door` takes alerts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.TextField()
    front_door = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="agencies_one_team_a_name"),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(front_door=True),
                name="agencies_one_front_door",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """People are found by the address that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. `area` is set where it is not the agency's (an inspector's)."""

    email = models.EmailField(unique=True)
    name = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, choices=[(r.value, r.in_words) for r in Role])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="people")
    line_manager = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="manages"
    )
    phone = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    active_since = models.DateTimeField(default=timezone.now)
    """When the person was registered or last restored: a dormant account is counted from here."""
    closed_because = models.TextField(blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class SignInTry(ActionModel):
    """A wrong try, or one in course. Keyed hashes only: the table does not tell whom of."""

    account = models.BinaryField(max_length=32)
    address = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account"], name="agencies_try_account"),
            models.Index(fields=["address"], name="agencies_try_address"),
            models.Index(fields=["at"], name="agencies_try_at"),
        ]


class PasswordLink(ActionModel):
    """A link with which one person chooses a password, once. Only its token's hash is kept."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    issued = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
