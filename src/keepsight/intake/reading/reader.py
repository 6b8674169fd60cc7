"""A reader of files at hand: started when needed, kept for the next, killed if it must be."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from keepsight.intake.proposing.sample import Sample
from keepsight.intake.readers.workbook import weight
from keepsight.intake.reading.limits import READING
from keepsight.intake.reading.wire import (
    Asked,
    Marks,
    pack_asked,
    unpack,
    unpack_parts,
    unpack_sample,
)
from keepsight.intake.rows import Context, FileRefused, Part, UnknownFormat

STARTING = 60
"""Seconds in which a reader has to be ready."""

_BLOCK = 1 << 16
LONGEST_ANSWER = 256 << 20
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
"""All of the environment that a reader is given: no password is among it."""

STOPPED = (
    "Reading the file took too long or too much memory, and was stopped; check how it was "
    "exported, and send it in smaller parts."
)


class ReaderGone(Exception):
    """The reader died or was killed while it read."""


class Reader:
    """Reads files, one at a time, in a process of its own; closed at the end of a `with`."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process, whatever it is doing."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe:
                    pipe.close()
        self._child, self._rest = None, b""

    def read(self, asked: Asked) -> Iterator[list[Part] | Marks]:
        """The file's parts in lists, and at the end of a register its marks.

        Raises `FileRefused` for a file that cannot be read, or that costs more than it may.
        """
        yield from self._guarded(asked)

    def look(self, path: Path, filename: str, today: date) -> Sample:
        """The headings and first lines of an unknown table; raises `FileRefused` likewise."""
        context = Context(filename, "", today, today)
        asked = Asked(path=path, source="", context=context, folder=path.parent, looks=True)
        [sample] = self._guarded(asked)
        return sample

    def _guarded(self, asked: Asked) -> Iterator[Any]:
        ended = False
        try:
            yield from self._answers(asked)
            ended = True
        except ReaderGone as gone:
            raise FileRefused(STOPPED) from gone
        except FileRefused:
            ended = True
            raise
        finally:
            if not ended:
                self.close()

    def _answers(self, asked: Asked) -> Iterator[Any]:
        child = self._ready()
        silence = READING.silent_seconds(weight(asked.path))
        _write(child, pack_asked(asked))
        while True:
            said = unpack(self._line(child, silence))
            if "parts" in said:
                yield unpack_parts(said["parts"])
            elif "unknown" in said:
                raise UnknownFormat(said["unknown"])
            elif "refused" in said:
                raise FileRefused(said["refused"])
            else:
                if asked.looks:
                    yield unpack_sample(said["done"])
                elif came_to := said["done"]:
                    yield Marks(asked.folder / "weeks.csv", came_to["days"], came_to["again"])
                return

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "keepsight.intake.reading.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={name: os.environ[name] for name in KEPT if name in os.environ},
                cwd="/",
            )
            self._line(self._child, STARTING)
        return self._child

    def _line(self, child: subprocess.Popen[bytes], silence: float) -> bytes:
        """The reader's next line; raises `ReaderGone` where none comes in time."""
        assert child.stdout is not None  # noqa: S101 - it was opened as a pipe
        found = [self._rest]
        size, until = len(self._rest), time.monotonic() + silence
        while b"\n" not in found[-1]:
            readable, _, _ = select.select([child.stdout], [], [], max(0, until - time.monotonic()))
            block = os.read(child.stdout.fileno(), _BLOCK) if readable else b""
            size += len(block)
            if not block or size > LONGEST_ANSWER:
                raise ReaderGone
            found.append(block)
            until = time.monotonic() + silence
        line, _, self._rest = b"".join(found).partition(b"\n")
        return line


def _write(child: subprocess.Popen[bytes], line: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - it was opened as a pipe
    try:
        child.stdin.write(line)
        child.stdin.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
