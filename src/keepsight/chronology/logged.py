"""What of an event has a leaf in the tamper-evident log, and how it is made again from the rows.

Two hashes, one in the other, so that erasure by law leaves the log whole. The header's `leaf`
column is over the content row, its salt, and the row of whereabouts if there is one. The leaf in
the log is over the header, that column with it. When those rows go, the header still gives the
leaf that stands in the log.
"""

from hashlib import sha256

from keepsight.audit.leaves import EDITED, GONE, Source
from keepsight.audit.words import NOTHING, Column, copied, hash_in_sql

HEADER = (
    *(Column("id"), Column("subject_record_id"), Column("agency_id"), Column("area_id")),
    *(Column("tier"), Column("category"), Column("kind"), Column("occurred", "moment")),
    *(Column("occurred_until", "moment"), Column("day_only", "flag")),
    *(Column("received", "moment"), Column("recorded", "moment"), Column("delivery_id")),
    *(Column("row", "text"), Column("source_key", "text"), Column("revision")),
    *(Column("withdrawn", "flag"), Column("leaf", "bytes")),
)
CONTENT = (
    *(Column("subject_record_id"), Column("agency_id"), Column("area_id"), Column("tier")),
    *(Column("category"), Column("content", "json"), Column("remarks", "json")),
    *(Column("fingerprint", "bytes"), Column("salt", "bytes")),
)
PLACE = (
    *(Column("subject_record_id"), Column("agency_id"), Column("area_id"), Column("tier")),
    *(Column("category"), Column("whereabouts", "json")),
)
PLACED = ", ".join(
    f'CASE WHEN whereabouts IS NOT NULL THEN "{each.name}" END AS "placed_{each.name}"'
    for each in PLACE
)
"""The columns of a row of whereabouts, before it is written: nothing where there will be none."""

CONTENT_HASH = hash_in_sql(
    (*CONTENT, *(Column(f"placed_{each.name}", each.kind) for each in PLACE))
)
HEADER_HASH = hash_in_sql(HEADER)
INSIDE = len(CONTENT) + len(PLACE)
NOTHING_AT_ALL = b"\t".join([NOTHING.encode()] * INSIDE)


def _own(words: bytes) -> tuple[bytes, str]:
    if words.startswith(NOTHING.encode()):
        return b"", ""
    header = words.rsplit(b"\t", INSIDE)[0]
    content = words[len(header) + 1 :]
    leaf = sha256(header).digest()
    if content == NOTHING_AT_ALL:
        return leaf, GONE
    written = header.rsplit(b"\t", 1)[1]
    return leaf, "" if sha256(content).hexdigest().encode() == written else EDITED


EVENTS = Source(
    name="event",
    title="event",
    tables=("chronology_event", "chronology_eventcontent", "chronology_eventplace"),
    rows=(
        f"SELECT e.id::text AS ref, {copied(HEADER, 'e')}, {copied(CONTENT, 'c')},"
        f" {copied(PLACE, 'w')}"
        " FROM chronology_event e LEFT JOIN chronology_eventcontent c ON c.event_id = e.id"
        " LEFT JOIN chronology_eventplace w ON w.event_id = e.id"
    ),
    own=_own,
)
