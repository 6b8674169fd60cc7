"""Acting as another of the four database roles within one process, which only tests do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from keepsight.access.actions import open_session, present_token
from keepsight.access.viewer import Viewer, viewer_of
from keepsight.agencies.models import Person
from keepsight.audit.sights import recording


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Everything inside runs on the login of `role`, as a process of that role would."""
    app = connections["default"]
    connections["default"] = app if role == "app" else connections[role]
    try:
        yield
    finally:
        connections["default"] = app


@contextmanager
def looking(person: Person) -> Iterator[Viewer]:
    """A signed-in request of `person`: a transaction with their token, sights recorded."""
    viewer = viewer_of(person)
    token = open_session(by=viewer.actor, person_id=person.pk)
    with transaction.atomic():
        present_token(by=viewer, token=token)
        with recording("a test"):
            yield viewer
