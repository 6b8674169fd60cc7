"""Opening and closing a viewer's session, and telling the database whose it is."""

import hashlib
import secrets
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action

SESSION_HOURS = 8
"""A working day; the token then opens nothing."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@action
def open_session(*, by: Actor, person_id: int) -> str:
    """Open a session and return its token: the only copy, of which we keep the hash."""
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(hours=SESSION_HOURS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_open_session(%s, %s, %s)", [_hash(token), person_id, until])
    record(by=by, notes=[Note(act=Act.SIGN_IN, what="session")])
    return token


@action
def close_session(*, by: Actor, token: str) -> None:
    """Close a session: from now on its token opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_close_session(%s)", [_hash(token)])
    record(by=by, notes=[Note(act=Act.SIGN_OUT, what="session")])


@action
def present_token(*, by: Viewer, token: str) -> None:
    """Tell the database who is looking, until the transaction in course ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('keepsight.token', %s, true)", [token])
