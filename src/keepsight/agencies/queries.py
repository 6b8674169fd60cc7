"""Who takes part. None of this is about a child."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings

from keepsight.agencies.models import Agency, Area, Person
from keepsight.kernel.roles import Role
from keepsight.kernel.signing_in import dormant_since


def agencies_of(area_id: int) -> list[Agency]:
    """Every agency of an area, by name."""
    return list(Agency.objects.filter(area_id=area_id).order_by("name"))


def area_of(area_id: int) -> Area | None:
    """One area, or nothing."""
    return Area.objects.filter(pk=area_id).first()


def areas() -> list[Area]:
    """Every area, by name."""
    return list(Area.objects.order_by("name"))


def agency_by_key(key: str) -> Agency | None:
    """One agency by its key."""
    return Agency.objects.select_related("area").filter(key=key).first()


def agency_keys() -> list[str]:
    """The keys of all agencies, for messages that say what there is."""
    return list(Agency.objects.order_by("key").values_list("key", flat=True))


def person_by_email(email: str) -> Person | None:
    """Somebody who may sign in."""
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def people() -> list[Person]:
    """Everybody who has an account, open or closed, by agency and name."""
    found = Person.objects.select_related("agency")
    return list(found.order_by("agency__name", "name", "email"))


def account_by_email(email: str) -> Person | None:
    """Somebody's account, open or closed."""
    return Person.objects.select_related("agency").filter(email__iexact=email.strip()).first()


def person_by_id(person_id: int) -> Person | None:
    """One person."""
    return Person.objects.select_related("agency").filter(pk=person_id).first()


def may_sign_in(person: Person, now: datetime) -> bool:
    """Whether an account is open: neither suspended nor so long unused that it is dormant."""
    return person.is_active and now < dormant_since(
        active_since=person.active_since,
        last_sign_in=person.last_login,
        days=settings.KEEPSIGHT_DORMANT_DAYS,
    )


def second_factors(person_id: int) -> list[Authenticator]:
    """A person's authenticator app, passkeys and recovery codes, in that order of age."""
    return list(Authenticator.objects.filter(user_id=person_id).order_by("created_at", "pk"))


def second_factor(person_id: int, factor_id: int) -> Authenticator | None:
    """One second factor of this person, or nothing: recovery codes go with the last other one."""
    mine = Authenticator.objects.filter(user_id=person_id, pk=factor_id)
    return mine.exclude(type=Authenticator.Type.RECOVERY_CODES).first()


def has_second_factor(person_id: int) -> bool:
    """Whether a person has an app or a passkey; recovery codes alone are none."""
    mine = Authenticator.objects.filter(user_id=person_id)
    return mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def workers_at(agency_id: int, roles: frozenset[Role]) -> list[Person]:
    """The people of an agency who may sign in, in these roles, by name."""
    wanted = [role.value for role in roles]
    people = Person.objects.filter(agency_id=agency_id, is_active=True, role__in=wanted)
    return list(people.select_related("team").order_by("name", "pk"))


def workers_in(area_id: int, roles: frozenset[Role]) -> list[Person]:
    """The same of every agency of an area, by agency and name."""
    wanted = [role.value for role in roles]
    people = Person.objects.filter(agency__area_id=area_id, is_active=True, role__in=wanted)
    return list(people.select_related("agency").order_by("agency__name", "name", "pk"))


def people_of(agency_id: int) -> list[Person]:
    """Everybody who has an account at an agency, open or closed, by name."""
    people = Person.objects.filter(agency_id=agency_id).select_related("team")
    return list(people.order_by("name", "pk"))
