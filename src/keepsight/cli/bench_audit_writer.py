"""One of the writers of `keepsight bench audit`: a process that logs in as the pages do."""

import uuid
from time import monotonic

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act

WRITER = Actor(name="A Made-up Person", person_id=1, agency_id=2, area_id=3, role="practitioner")


def write(seconds: float, entries: int, together: int) -> None:
    """Once told to on the standard input, write until the time or the number is reached.

    Each transaction is a real one: it has `together` entries, and counts when it is on disk.
    """
    print("ready", flush=True)
    input()
    begun, written = monotonic(), 0
    while monotonic() - begun < seconds and written < entries:
        record(by=WRITER, notes=[_note() for _ in range(together)])
        written += together
    print(written, flush=True)


def _note() -> Note:
    return Note(
        act=Act.SEE,
        what="timeline",
        child_id=uuid.uuid4(),
        where="child",
        request_id=uuid.uuid4(),
    )
