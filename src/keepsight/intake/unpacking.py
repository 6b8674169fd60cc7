"""A file on disk, or each file inside it when it is a zip, as files on disk."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from keepsight.intake import files
from keepsight.intake.files import open_files, read_block
from keepsight.intake.rows import FileRefused
from keepsight.intake.spool import scratch

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class OnDisk:
    """One file with its name as sent, where it lies, what its bytes hash to and how many."""

    name: str
    path: Path
    sha256: bytes
    size: int


def on_disk(name: str, path: Path) -> OnDisk:
    """A file as it lies there."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
    return OnDisk(name, path, digest, path.stat().st_size)


def is_zip(path: Path) -> bool:
    """Whether a file is a zip of files; a workbook is read as it is."""
    with path.open("rb") as stream:
        return files.is_zip(stream)


def files_of(name: str, path: Path) -> Iterator[OnDisk | FileRefused]:
    """Each file to read; where a zip is not sane, or breaks off, its refusal comes last.

    What is unpacked is removed when the next one is asked for.
    """
    if not is_zip(path):
        yield on_disk(name, path)
        return
    with path.open("rb") as stream:
        try:
            for member, opened in open_files(name, stream):
                with _unpacked(opened) as lying:
                    yield on_disk(member, lying)
        except FileRefused as refusal:
            yield refusal


@contextmanager
def _unpacked(stream: BinaryIO) -> Iterator[Path]:
    with scratch() as folder:
        path = folder / "unpacked"
        with path.open("wb") as kept:
            while block := read_block(stream, _BLOCK):
                kept.write(block)
        yield path
