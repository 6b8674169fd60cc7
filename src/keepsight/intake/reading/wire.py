"""What passes between the process that reads a file and the one that writes to the database.

It is JSON, a line each, so that a reader that a hostile file took over can say false things of that
file but run nothing here.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

from keepsight.intake.proposing.sample import Sample
from keepsight.intake.rows import Context, Fact, Part, Refused, Remark
from keepsight.kernel.vocabulary.events import BY_KIND

FACT, REFUSED = "fact", "refused"


class Asked(NamedTuple):
    """One file to read: where it lies, as which source, and a folder for what does not fit memory.

    `mapping` is the mapping of a feed that has its own; `reduces` says that the marks of a register
    come in reduced. With `looks` only a sample of an unknown table is wanted.
    """

    path: Path
    source: str
    context: Context
    folder: Path
    mapping: dict[str, Any] | None = None
    reduces: bool = False
    looks: bool = False


class Marks(NamedTuple):
    """What a register came to: a CSV of pupil-weeks, the days in it, and lines said twice."""

    weeks: Path
    days: int
    again: int


def pack_asked(asked: Asked) -> bytes:
    context = asked.context
    said = {
        "path": str(asked.path),
        "source": asked.source,
        "folder": str(asked.folder),
        "mapping": asked.mapping,
        "reduces": asked.reduces,
        "looks": asked.looks,
        "filename": context.filename,
        "agency_key": context.agency_key,
        "received": context.received.isoformat(),
        "today": context.today.isoformat(),
    }
    return _line(said)


def unpack_asked(line: bytes) -> Asked:
    said = json.loads(line)
    context = Context(
        filename=said["filename"],
        agency_key=said["agency_key"],
        received=date.fromisoformat(said["received"]),
        today=date.fromisoformat(said["today"]),
    )
    return Asked(
        path=Path(said["path"]),
        source=said["source"],
        context=context,
        folder=Path(said["folder"]),
        mapping=said["mapping"],
        reduces=said["reduces"],
        looks=said["looks"],
    )


def pack_parts(parts: list[Fact | Refused]) -> bytes:
    return _line({"parts": [_packed(part) for part in parts]})


def unpack_parts(packed: list[list[Any]]) -> list[Part]:
    """The reverse; raises what the content classes raise for what they cannot hold."""
    return [_unpacked(part) for part in packed]


def unpack_sample(packed: dict[str, Any]) -> Sample:
    """A sample as it was read, each line as wide as the heading."""
    return Sample(tuple(packed["headings"]), tuple(tuple(line) for line in packed["lines"]))


def pack_end(**said: Any) -> bytes:
    """How the reading of a file ended: `done`, `refused` or `unknown`, with what belongs to it."""
    return _line(said)


def _packed(part: Fact | Refused) -> list[Any]:
    if isinstance(part, Refused):
        return [REFUSED, part.row, part.field, part.value, part.reason, part.raw]
    return [
        FACT,
        part.row,
        part.subject_key,
        part.source_key,
        part.occurred.isoformat(),
        part.occurred_until.isoformat() if part.occurred_until else None,
        part.day_only,
        part.content.kind,
        part.content.to_json(),
        part.remarks,
        part.withdrawn,
        part.retold,
    ]


def _unpacked(packed: list[Any]) -> Part:
    what, *said = packed
    if what == REFUSED:
        return Refused(*said)
    row, subject, key, occurred, until, day_only, kind, content, remarks, *marks = said
    withdrawn, retold = marks
    return Fact(
        row=row,
        subject_key=subject,
        source_key=key,
        occurred=datetime.fromisoformat(occurred),
        occurred_until=datetime.fromisoformat(until) if until else None,
        day_only=day_only,
        content=BY_KIND[kind].from_json(content),
        remarks=tuple(Remark(*remark) for remark in remarks),
        withdrawn=withdrawn,
        retold=retold,
    )


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def unpack(line: bytes) -> dict[str, Any]:
    """One line from the reader."""
    return cast("dict[str, Any]", json.loads(line))
