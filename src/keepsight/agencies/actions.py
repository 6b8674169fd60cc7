"""Setting up who takes part, and closing and opening their accounts."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from keepsight.agencies.models import Agency, Area, Person, Team
from keepsight.agencies.suspending import PersonRefused, suspension
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind


@action
def register_area(*, by: Actor, key: str, name: str) -> Area:
    """Make or rename an area."""
    area, _ = Area.objects.update_or_create(key=key, defaults={"name": name})
    record(by=by, notes=[Note(act=Act.WRITE, what=f"area {key}")])
    return area


@action
def register_agency(
    *, by: Actor, key: str, name: str, kind: AgencyKind, area: Area, phone: str
) -> Agency:
    """Make an agency or change its particulars."""
    agency, _ = Agency.objects.update_or_create(
        key=key, defaults={"name": name, "kind": kind, "area": area, "phone": phone}
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"agency {key}")])
    return agency


@action
def register_person(
    *,
    by: Actor,
    email: str,
    name: str,
    agency: Agency,
    role: Role,
    password: str,
    area: Area | None = None,
) -> Person:
    """Let a person sign in, or change what they may do."""
    person = Person.objects.filter(email=email).first() or Person(email=email)
    person.name, person.agency, person.role, person.area = name, agency, role.value, area
    person.set_password(password)
    person.save()
    record(by=by, notes=[Note(act=Act.WRITE, what=f"person {person.pk}")])
    return person


@action
def suspend_person(*, by: Actor, person_id: int, reason: str) -> Person:
    """Close an account at once: the database ends every session of the person as this is written.

    Raises PersonRefused where no reason is given or the account is closed already.
    """
    because = suspension(reason)
    person = _locked(person_id)
    if not person.is_active:
        raise PersonRefused(f"The account is closed already: {person.closed_because}")
    _close(by, person, because)
    return person


@action
def note_suspended(*, by: Actor, person_id: int, because: str) -> None:
    """Write down that an account was closed, and why."""
    note = Note(act=Act.WRITE, what=f"person {person_id} closed", reason=because)
    record(by=by, notes=[note])


@action
def note_restored(*, by: Actor, person_id: int) -> None:
    """Write down that an account was opened again."""
    record(by=by, notes=[Note(act=Act.WRITE, what=f"person {person_id} restored")])


@action
def restore_person(*, by: Actor, person_id: int) -> Person:
    """Open an account again. Sessions that were ended stay ended."""
    person = _locked(person_id)
    person.is_active, person.closed_because = True, ""
    person.active_since = timezone.now()
    person.save(update_fields=["is_active", "closed_because", "active_since"])
    note_restored(by=by, person_id=person.pk)
    return person


@action
def close_dormant(*, by: Actor, now: datetime) -> int:
    """Close every account that nobody has signed in with for too long; returns how many."""
    days = settings.KEEPSIGHT_DORMANT_DAYS
    used = Greatest("active_since", Coalesce("last_login", "active_since"))
    dormant = (
        Person.objects.select_for_update()
        .annotate(used=used)
        .filter(is_active=True, used__lte=now - timedelta(days=days))
    )
    closed = list(dormant.order_by("pk"))
    for person in closed:
        _close(by, person, f"dormant: not used for {days} days")
    return len(closed)


@action
def remove_second_factors(*, by: Actor, person_id: int) -> int:
    """Take away every second factor of a person who has lost theirs; returns how many.

    Sessions that are open stay open: they were opened with the factors that are now gone.
    """
    removed, _ = Authenticator.objects.filter(user_id=person_id).delete()
    note = Note(act=Act.WRITE, what=f"second factors of person {person_id} removed")
    record(by=by, notes=[note])
    return removed


@action
def know_elsewhere(*, by: Actor, person_id: int, provider: str, uid: str) -> bool:
    """Remember under which id an organisation's own sign-in knows a person: one, and for good."""
    same = Q(user_id=person_id) | Q(uid=uid)
    if SocialAccount.objects.filter(same, provider=provider).exists():
        return False
    SocialAccount.objects.create(user_id=person_id, provider=provider, uid=uid, extra_data={})
    note = Note(act=Act.WRITE, what=f"person {person_id} known to the sign-in {provider}")
    record(by=by, notes=[note])
    return True


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


def _close(by: Actor, person: Person, because: str) -> None:
    person.is_active, person.closed_because = False, because
    person.save(update_fields=["is_active", "closed_because"])
    note_suspended(by=by, person_id=person.pk, because=because)


@action
def join_team(*, by: Actor, email: str, team: str, front_door: bool = False) -> None:
    """Put a person into a team of their agency, which is made if there is none of this name."""
    person = Person.objects.get(email__iexact=email)
    found, _ = Team.objects.get_or_create(
        agency_id=person.agency_id, name=team, defaults={"front_door": front_door}
    )
    person.team = found
    person.save()
    record(by=by, notes=[Note(act=Act.WRITE, what=f"person {person.pk} in team {found.pk}")])
