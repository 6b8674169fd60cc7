"""Small files that are whole or not there: a reader, or a crash, never meets half of one."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of what `path` held, readable by this user only."""
    with _beside(path, text) as fresh:
        fresh.replace(path)


def made_once(path: Path, make: Callable[[], str]) -> str:
    """What `path` holds: made now, unless another process or an earlier start was there first."""
    if not path.exists():
        with _beside(path, make()) as fresh, suppress(FileExistsError):
            os.link(fresh, path)
    return path.read_text(encoding="utf-8")


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)
