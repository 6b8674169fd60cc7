"""Links with which a person chooses a password. There is no e-mail: somebody hands them over."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from keepsight.agencies.models import PasswordLink
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action

LINK_HOURS = 24
"""Long enough to be handed over, short enough to be of no use to whoever finds it later."""


@action
def issue_link(*, by: Actor, person_id: int) -> str:
    """A link's token, good once and for a day; any earlier one of the person is void."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    PasswordLink.objects.filter(person_id=person_id, used=None).update(expires=now)
    PasswordLink.objects.create(
        token_hash=_hash(token),
        person_id=person_id,
        issued=now,
        expires=now + timedelta(hours=LINK_HOURS),
    )
    note = Note(act=Act.WRITE, what=f"link to choose a password for person {person_id}")
    record(by=by, notes=[note])
    return token


@action
def choose_password(*, by: Actor, token: str, password: str) -> int | None:
    """Set the password of whoever the link is for, once; nothing where it is not good any more.

    The database ends the sessions that were opened with the old password.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agencies_choose_password(%s, %s)", [_hash(token), make_password(password)]
        )
        (person_id,) = cursor.fetchone()
    if person_id is not None:
        record(by=by, notes=[Note(act=Act.WRITE, what=f"password of person {person_id}")])
    return person_id


def is_good(token: str) -> bool:
    """Whether a link can still be used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_link_of(%s)", [_hash(token)])
        (person_id,) = cursor.fetchone()
    return person_id is not None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
