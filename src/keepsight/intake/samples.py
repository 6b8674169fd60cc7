"""A sample that somebody sends to make a mapping from: it lies in the spool until that is done.

Nothing of it comes into the database. The spool is swept of it after an hour.
"""

from typing import Any, BinaryIO

from keepsight.access.clock import today
from keepsight.intake.proposing.propose import Proposal, propose
from keepsight.intake.reading.reader import Reader
from keepsight.intake.rows import FileRefused, Part
from keepsight.intake.spool import forget, spool, spooled
from keepsight.intake.trying import first_parts

GONE = "The file is no longer kept here. Send it again."


def keep_sample(filename: str, stream: BinaryIO) -> str:
    """Keep a sample whose columns can be told; returns its name in the spool.

    Raises `FileRefused` for one that is no table, of which nothing is kept.
    """
    name = spool(stream).name
    try:
        propose_from(name, filename)
    except FileRefused:
        forget(name)
        raise
    return name


def propose_from(name: str, filename: str, kind: str = "") -> Proposal:
    """What a sample’s columns are proposed to be; raises `FileRefused` where it is gone."""
    _refuse_gone(name)
    with Reader() as reader:
        return propose(reader.look(spooled(name), filename, today()), filename, kind)


def preview(name: str, filename: str, mapping: dict[str, Any]) -> list[Part]:
    """The first rows of a sample as they would come in by a mapping."""
    _refuse_gone(name)
    with Reader() as reader:
        return first_parts(reader, mapping, spooled(name), filename, today())


def _refuse_gone(name: str) -> None:
    if not spooled(name).is_file():
        raise FileRefused(GONE)
