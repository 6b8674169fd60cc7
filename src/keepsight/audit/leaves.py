"""What has leaves in the log: audit entries here, and other rooms' rows as those rooms say."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.db import models

from keepsight.audit.models import AuditEntry
from keepsight.audit.words import NOTHING, Column, Kind, copied, hash_of

KINDS: dict[type[models.Field], Kind] = {
    models.TextField: "text",
    models.CharField: "text",
    models.DateTimeField: "moment",
    models.BinaryField: "bytes",
    models.JSONField: "json",
}
COLUMNS = tuple(
    Column(each.attname, KINDS.get(type(each), "plain"))
    for each in AuditEntry._meta.concrete_fields
)
LATER_AND_EMPTY = f"\t{NOTHING}".encode()
"""A column that a later version adds comes last, and is left out of the leaf while it is empty."""

Own = Callable[[bytes], tuple[bytes, str]]
"""From the words of a row: the leaf that they give, and what is wrong within the row, if anything.

No leaf at all (`b""`) means that there is no row.
"""
GONE = "content gone"
"""The remark on a row whose content is not there: erased by law, or else deleted."""
EDITED = "content edited"
"""The remark on a row whose content is not the one that its header was written for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that have leaves in the log. `rows` selects their ids as `ref`, then the columns."""

    name: str
    title: str
    tables: tuple[str, ...]
    rows: str
    own: Own


def leaf_of(entry: AuditEntry) -> bytes:
    """SHA-256 over every word of the entry and its salt.

    It is the same before the entry is written and after it is read back, by whatever client and
    in whatever time zone.
    """
    values = [getattr(entry, column.name) for column in COLUMNS]
    while values[-1] is None:
        values.pop()
    return hash_of(values)


def _own(words: bytes) -> tuple[bytes, str]:
    if words.startswith(NOTHING.encode()):
        return b"", ""
    while words.endswith(LATER_AND_EMPTY):
        words = words[: -len(LATER_AND_EMPTY)]
    return sha256(words).digest(), ""


ENTRIES = Source(
    name="entry",
    title="audit entry",
    tables=("audit_auditentry",),
    rows=f"SELECT a.id::text AS ref, {copied(COLUMNS, 'a')} FROM audit_auditentry a",
    own=_own,
)
