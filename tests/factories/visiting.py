"""One person with a browser in a known world."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from keepsight.agencies.models import Person
from keepsight.kernel.roles import Permission, Role
from tests.factories.deciding import content_rows
from tests.factories.known_world import KnownWorld, Row

ONCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
"""The mark of a form, which is another at each answer."""


@dataclass(frozen=True)
class Visit:
    """One person with a browser in one world."""

    world: KnownWorld
    person: Person
    client: Client

    def get(self, name: str, *args: object, query: str = "") -> tuple[int, str]:
        answer = self.client.get(f"{reverse(name, args=args)}{query}")
        return answer.status_code, ONCE.sub("", answer.content.decode())

    def may(self, permission: Permission) -> bool:
        return Role(self.person.role).may(permission)

    def content(self, table: str, child: uuid.UUID | None = None) -> list[Row]:
        rows = content_rows(self.world, self.person, table)
        return [row for row in rows if child is None or row.child == child]

    def named(self, child: uuid.UUID) -> bool:
        """Whether somebody's record of the child may be seen, so that there is a page at all."""
        return bool(self.content("identity_link", child))


Check = Callable[[Visit], Iterator[str]]


def wrongly_refused(visit: Visit, permission: Permission, name: str, *args: object) -> str | None:
    """What is wrong with the refusal of a page for which the role is not; none if it is for it."""
    if visit.may(permission):
        return None
    status, _ = visit.get(name, *args)
    return "" if status == 403 else f"answered {status} to a role that may not"
