"""Setting up who takes part."""

from keepsight.agencies.models import Agency, Area, Person
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
