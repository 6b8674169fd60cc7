"""Files that were accepted and wait to be taken in: on disk, for nobody else to read.

The pages that accept a file and the worker that takes it in share this folder. A file is removed
when what it says is in the database.
"""

import hashlib
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from keepsight.engines.paths import var

_BLOCK = 1 << 20
SEEN = ".seen"
SCRATCH = "scratch-"
FORGOTTEN_AFTER = 3_600
"""Seconds after which a file that no delivery names was not accepted after all."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file in the spool: its name there, what its bytes hash to, and how many there are."""

    name: str
    sha256: bytes
    size: int


def spool(stream: BinaryIO) -> Spooled:
    """Keep a copy of a stream, on disk for certain when this returns."""
    name = uuid.uuid4().hex
    digest, size = hashlib.sha256(), 0
    kept = os.open(folder_of_spool() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(kept, "wb") as file:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(folder_of_spool(), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Spooled(name, digest.digest(), size)


def spooled(name: str) -> Path:
    """Where a file waits."""
    return folder_of_spool() / name


def forget(name: str) -> None:
    """Remove a file and what is said of it; nothing happens if it is gone."""
    for path in (folder_of_spool() / name, folder_of_spool() / (name + SEEN)):
        with suppress(FileNotFoundError):
            path.unlink()


def say_seen(name: str, rows: int) -> None:
    """Say how many rows of a file have been read, for whoever waits for it."""
    (folder_of_spool() / (name + SEEN)).write_text(str(rows))


def seen(name: str) -> int:
    """How many rows of a waiting file have been read."""
    with suppress(FileNotFoundError, ValueError):
        return int((folder_of_spool() / (name + SEEN)).read_text())
    return 0


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what is unpacked or worked out of one file, gone at the end."""
    with tempfile.TemporaryDirectory(dir=folder_of_spool(), prefix=SCRATCH) as folder:
        yield Path(folder)


def sweep(waiting: Collection[str]) -> int:
    """Remove what no delivery waits for, left by a crash; returns how many."""
    removed = 0
    for path in folder_of_spool().iterdir():
        old = time.time() - path.stat().st_mtime > FORGOTTEN_AFTER
        if not old or path.name.removesuffix(SEEN) in waiting:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        removed += 1
    return removed


def folder_of_spool() -> Path:
    """Where files wait, and uploads on their way there: made when it is first asked for."""
    folder = var() / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
