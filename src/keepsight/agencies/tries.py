"""Wrong tries, counted in the database, so that every worker counts the same ones."""

import ipaddress
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import connection
from django.utils.crypto import salted_hmac

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.signing_in import TRIES_OF_AN_ACCOUNT, TRIES_OF_AN_ADDRESS, TRY_MINUTES

T = TypeVar("T")
SALT = "keepsight.tries"


def counted(*, by: Actor, account: str, address: str, check: Callable[[], T | None]) -> T | None:
    """What `check` finds, unless there were too many wrong tries; a right one is not counted.

    The try is counted before it is judged, so that many at once are not more than one by one.
    It is judged even when it cannot count, so that a locked account takes the time of any other.
    """
    begun = begin_try(by=by, account=account, address=address)
    found = check()
    if begun is None or found is None:
        return None
    forget_try(by=by, which=begun)
    return found


@action
def begin_try(*, by: Actor, account: str, address: str) -> int | None:
    """Count a try; nothing where there have been too many of the account or from the address."""
    values = [
        _key("account", account.strip().casefold()),
        _key("address", network_of(address)),
        TRIES_OF_AN_ACCOUNT.value,
        TRIES_OF_AN_ADDRESS.value,
        timedelta(minutes=TRY_MINUTES.value),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_begin_try(%s, %s, %s, %s, %s)", values)
        (begun,) = cursor.fetchone()
    return begun if begun is None else int(begun)


@action
def forget_try(*, by: Actor, which: int) -> None:
    """Take back a try that was right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_forget_try(%s)", [which])


def network_of(address: str) -> str:
    """An address as it is counted: of IPv6 the /64, which one household has to itself."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _key(kind: str, value: str) -> bytes:
    return salted_hmac(SALT, f"{kind} {value}", algorithm="sha256").digest()
