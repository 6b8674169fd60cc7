"""What the log says of itself: for anybody, because none of it is about a child."""

from dataclasses import dataclass

from django.db import connection

from keepsight.audit.models import Checkpoint
from keepsight.audit.tree import StoredTree
from keepsight.kernel.merkle import consistency_proof


@dataclass(frozen=True, slots=True)
class Published:
    """A signed checkpoint, and the key that whoever keeps it can check it with."""

    size: int
    note: str
    verifier_key: str


def latest_checkpoint() -> Published | None:
    """The checkpoint of the most leaves, if any was signed yet."""
    found = Checkpoint.objects.order_by("-size").first()
    return found and Published(found.size, found.note, found.verifier_key)


def consistency(old: int, new: int) -> list[bytes] | None:
    """What shows that the log of `new` leaves begins with the one of `old`.

    Nothing where no checkpoint of so many is signed, or `old` is none or the more.
    """
    latest = latest_checkpoint()
    if latest is None or not 0 < old <= new <= latest.size:
        return None
    with connection.cursor() as cursor:
        return consistency_proof(old, new, StoredTree(cursor).node)
