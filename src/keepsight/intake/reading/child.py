"""The process that reads files: asked on standard input, answering on standard output.

It has no password, no connection and no settings, and is given a limit of memory and of its own
time for each file. It is run by `reader`, never by hand.
"""

import contextlib
import os
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import duckdb

from keepsight.intake.files import head_of, refuse_unreadable
from keepsight.intake.mapping import MappedCSV
from keepsight.intake.proposing.sample import sample_of
from keepsight.intake.readers import workbook
from keepsight.intake.readers.csv import heading, other_columns
from keepsight.intake.readers.json_values import holds_no_text
from keepsight.intake.readers.spreadsheet import BRITISH
from keepsight.intake.reading.limits import READING
from keepsight.intake.reading.wire import Asked, pack_end, pack_parts, unpack_asked
from keepsight.intake.recognise import SOURCES, source_for
from keepsight.intake.rows import Fact, FileRefused, Refused, RegisterRow, Source, UnknownFormat
from keepsight.intake.sources.daily_register import DailyRegister
from keepsight.intake.sources.daily_register.small import SMALL, SmallRegister
from keepsight.intake.sources.daily_register.weeks import Register, register_of
from keepsight.intake.workbooks import source_in, table_in

PARTS_A_LINE = 1_000
TOO_MUCH = "Reading the file takes more memory than a file is given; send it in smaller parts."
NOT_TEXT = "The file holds a character that is no part of any text (a NUL, or half of a pair)."


def main() -> None:
    """Answer until nothing more is asked."""
    # Whatever a library prints must not come among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _write(answers, pack_end(ready=True))
    for line in sys.stdin.buffer:
        _answer(unpack_asked(line), answers)


def _answer(asked: Asked, answers: BinaryIO) -> None:
    _limit(asked)
    try:
        end = pack_end(done=_read(asked, answers))
    except UnknownFormat as refusal:
        end = pack_end(unknown=str(refusal))
    except FileRefused as refusal:
        end = pack_end(refused=str(refusal))
    except (MemoryError, duckdb.OutOfMemoryException):
        end = pack_end(refused=TOO_MUCH)
    _write(answers, end)


def _limit(asked: Asked) -> None:
    size = workbook.weight(asked.path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + READING.cpu_seconds(size)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    # macOS has no such limit.
    with contextlib.suppress(ValueError, OSError):
        memory = READING.memory_bytes(size)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))


def _read(asked: Asked, answers: BinaryIO) -> dict[str, Any]:
    if asked.looks or asked.mapping is not None:
        return _read_other(asked, answers)
    source, path = _found(asked)
    if source.name != asked.source:
        titles = [each.title for each in SOURCES if each.name == asked.source]
        expected = titles[0] if titles else f"“{asked.source}”, which Keepsight does not know"
        raise FileRefused(f"This feed takes {expected}, but the file is {source.title}.")
    if not isinstance(source, DailyRegister):
        with path.open("rb") as stream:
            parts = source.rows(stream, asked.context)
            _say((part for part in parts if not isinstance(part, RegisterRow)), answers)
        return {}
    if path.stat().st_size <= SMALL:
        return _marks(asked, SmallRegister(path, asked.context, reduces=asked.reduces), answers)
    with register_of(path, asked.context, asked.folder, reduces=asked.reduces) as register:
        return _marks(asked, register, answers)


def _marks(asked: Asked, register: Register | SmallRegister, answers: BinaryIO) -> dict[str, Any]:
    _say(register.people_and_refusals(), answers)
    weeks = asked.folder / "weeks.csv"
    register.write_weeks(weeks)
    return {"weeks": str(weeks), "days": register.marks, "again": register.again}


def _found(asked: Asked) -> tuple[Source, Path]:
    """The source of the file, and where what it reads lies: of a workbook of one table, the CSV."""
    with asked.path.open("rb") as stream:
        head = head_of(stream)
        if not workbook.begins_like_one(head):
            return source_for(asked.context.filename, head), asked.path
        source, table = source_in(asked.context.filename, stream, asked.folder)
        return source, table or asked.path


def _read_other(asked: Asked, answers: BinaryIO) -> dict[str, Any]:
    """A table of another system: its first lines, or what it says by its feed’s own mapping."""
    with asked.path.open("rb") as stream:
        if not workbook.begins_like_one(head_of(stream)):
            return _read_table(asked, stream, answers)
        days = BRITISH if asked.mapping is None else asked.mapping["days"]
        with TemporaryDirectory() as folder:
            table = table_in(stream, Path(folder), days)
            with table.open("rb") as lines:
                return _read_table(asked, lines, answers)


def _read_table(asked: Asked, stream: BinaryIO, answers: BinaryIO) -> dict[str, Any]:
    if asked.looks:
        return sample_of(stream)._asdict()
    _say(_mapped(asked, stream), answers)
    return {}


def _mapped(asked: Asked, stream: BinaryIO) -> Iterator[Fact | Refused]:
    """What a file says by its feed’s own mapping; raises `FileRefused` for other columns."""
    head = head_of(stream)
    refuse_unreadable(head)
    source = MappedCSV(asked.mapping or {})
    if not source.recognises(asked.context.filename, head):
        raise FileRefused(other_columns(source.table, heading(head)))
    parts = source.rows(stream, asked.context)
    return (part for part in parts if not isinstance(part, RegisterRow))


def _say(parts: Iterator[Fact | Refused], answers: BinaryIO) -> None:
    while some := list(islice(parts, PARTS_A_LINE)):
        line = pack_parts(some)
        if holds_no_text(line):
            raise FileRefused(NOT_TEXT)
        _write(answers, line)


def _write(answers: BinaryIO, line: bytes) -> None:
    """All of a line; nothing is kept back, so that nothing is left to say when nobody listens."""
    rest = memoryview(line)
    while rest:
        rest = rest[answers.write(rest) :]


if __name__ == "__main__":
    # Whoever asked is gone: there is nobody to tell.
    with contextlib.suppress(BrokenPipeError):
        main()
