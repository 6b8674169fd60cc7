"""The viewer: who is looking, from where, and in what part. Every query takes one first."""

from dataclasses import dataclass

from keepsight.agencies.models import Person
from keepsight.audit.actor import Actor
from keepsight.kernel.roles import Permission, Role
from keepsight.kernel.vocabulary.agencies import AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person, as access decisions see them."""

    person_id: int
    name: str
    agency_id: int
    agency_name: str
    agency_kind: AgencyKind
    area_id: int
    role: Role
    team_id: int | None = None

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)

    @property
    def actor(self) -> Actor:
        return Actor(
            name=self.name,
            person_id=self.person_id,
            agency_id=self.agency_id,
            area_id=self.area_id,
            role=self.role.value,
        )


def viewer_of(person: Person) -> Viewer:
    """The viewer that a signed-in person is."""
    return Viewer(
        person_id=person.pk,
        name=person.name,
        agency_id=person.agency_id,
        agency_name=person.agency.name,
        agency_kind=AgencyKind(person.agency.kind),
        area_id=person.area_id or person.agency.area_id,
        role=Role(person.role),
        team_id=person.team_id,
    )
