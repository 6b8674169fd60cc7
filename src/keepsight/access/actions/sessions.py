"""Opening and closing a viewer's session, and telling the database whose it is."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.signing_in import SESSION_HOURS


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@action
def open_session(*, by: Actor, person_id: int) -> str:
    """Open a session and return its token: the only copy, of which we keep the hash.

    It ends by itself after a working day, or sooner when it is left unused.
    """
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(hours=SESSION_HOURS.value)
    idle = timedelta(minutes=settings.KEEPSIGHT_IDLE_MINUTES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_open_session(%s, %s, %s, %s)", [_hash(token), person_id, until, idle]
        )
    record(by=by, notes=[Note(act=Act.SIGN_IN, what="session")])
    return token


@action
def close_session(*, by: Actor, token: str) -> None:
    """Close a session: from now on its token opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_close_session(%s)", [_hash(token)])
    record(by=by, notes=[Note(act=Act.SIGN_OUT, what="session")])


@action
def present_token(*, by: Viewer, token: str) -> bool:
    """Tell the database who is looking, until the transaction in course ends.

    Returns whether the token opens anything: its session is then in use again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('keepsight.token', %s, true), access_touch_session(%s)",
            [token, _hash(token)],
        )
        _, opens = cursor.fetchone()
    return bool(opens)
