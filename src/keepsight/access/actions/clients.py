"""Clients: agencies’ systems that send what cannot wait, their secrets and their tokens."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from keepsight.access.models import Client
from keepsight.access.sender import ROLE, Sender
from keepsight.agencies.tries import network_of
from keepsight.audit.actions import Note, record, record_refusal
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.sending import (
    TOKEN_MINUTES,
    TOKEN_REQUEST_MINUTES,
    TOKENS_OF_A_CLIENT,
    TOKENS_OF_AN_ADDRESS,
)

DOOR = Actor(name="keepsight push door", role=ROLE)
"""Who is written down where nobody is known yet."""

UNKNOWN = "There is no client with this id and this secret."
SALT = "keepsight.clients"


class ClientRefused(ValueError):
    """What cannot be done with a client; the message is for the person who tried."""


class TooManyTries(Exception):
    """So many tokens were asked for that nothing more is answered for a while."""


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client just made, with its secret: the only copy, of which we keep the hash."""

    client_id: uuid.UUID
    secret: str


@action
def add_client(*, by: Actor, name: str, agency_id: int, feed_id: int) -> NewClient:
    """Let a system of an agency send by one of the agency’s feeds."""
    if not name.strip():
        raise ClientRefused("Say what the system is called.")
    secret = secrets.token_urlsafe(32)
    client = Client.objects.create(
        name=name.strip(),
        agency_id=agency_id,
        feed_id=feed_id,
        secret_hash=_hash(secret),
        created=timezone.now(),
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"client {client.pk} for feed {feed_id}")])
    return NewClient(client.pk, secret)


@action
def end_client(*, by: Actor, client_id: uuid.UUID, reason: str) -> None:
    """Shut a system out at once: its secret and every token that it holds open nothing any more."""
    if not reason.strip():
        raise ClientRefused("Say why: it is written down.")
    ended = Client.objects.filter(pk=client_id, ended=None).update(
        ended=timezone.now(), ended_because=reason.strip()
    )
    if not ended:
        raise ClientRefused("There is no client with this id that has not ended already.")
    note = Note(act=Act.WRITE, what=f"client {client_id} ended", reason=reason.strip())
    record(by=by, notes=[note])


@action
def count_token_request(*, by: Actor, client: str, address: str) -> None:
    """Count a request for a token, before it is judged; raises `TooManyTries`.

    Granted and refused count alike, of clients that are there and of those that are not.
    """
    _count(f"client {client.casefold()}", address, TOKENS_OF_A_CLIENT.value)


@action
def count_wrong_token(*, by: Actor, address: str) -> None:
    """Count a token that is not good, by where it came from; raises `TooManyTries`."""
    _count(f"tokens of {network_of(address)}", address, TOKENS_OF_AN_ADDRESS.value)


def _count(which: str, address: str, most: int) -> None:
    values = [
        salted_hmac(SALT, which, algorithm="sha256").digest(),
        salted_hmac(SALT, f"address {network_of(address)}", algorithm="sha256").digest(),
        most,
        TOKENS_OF_AN_ADDRESS.value,
        timedelta(minutes=TOKEN_REQUEST_MINUTES.value),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_begin_try(%s, %s, %s, %s, %s)", values)
        (begun,) = cursor.fetchone()
    if begun is None:
        raise TooManyTries


@action
def open_client(*, by: Actor, client: str, secret: str) -> str | None:
    """A token for a client that shows its secret, or nothing; either is written down.

    A client that is not there, another secret and one that ended are the same answer.
    """
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(minutes=TOKEN_MINUTES.value)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, agency_id, area_id FROM access_open_client(%s, %s, %s, %s)",
            [_as_id(client), _hash(secret), _hash(token), until],
        )
        found = cursor.fetchone()
    if found is None:
        note = Note(act=Act.REFUSE, what="client token", reason=UNKNOWN)
        record_refusal(by=by, note=note)
        return None
    name, agency_id, area_id = found
    client_itself = Actor(name=name, agency_id=agency_id, area_id=area_id, role=ROLE)
    record(by=client_itself, notes=[Note(act=Act.SIGN_IN, what="client token")])
    return token


@action
def present_client_token(*, by: Actor, token: str) -> Sender | None:
    """Tell the database which client is sending, until the transaction in course ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('keepsight.sender', %s, true)", [token])
        cursor.execute("SELECT client_id, name, agency_id, area_id, feed_id FROM access_sender()")
        found = cursor.fetchone()
    if found is None:
        return None
    client_id, name, agency_id, area_id, feed_id = found
    return Sender(
        client_id=client_id, name=name, agency_id=agency_id, area_id=area_id, feed_id=feed_id
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _as_id(text: str) -> uuid.UUID:
    """The id that was shown; where it is none, one that no client has."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
