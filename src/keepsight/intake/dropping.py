"""The drop folder: a file put into a feed’s own folder is accepted as if somebody had sent it.

It is `var/drop/<key of the feed>/`, or in the folder that `KEEPSIGHT_DROP` names. A file is taken
when nothing has been written to it for some seconds; at once, when an empty file of its name with
`.done` behind it lies beside it. Names that begin with a dot or end as half-sent files do are left
alone, so whoever can rename writes under such a name first. What was taken lies in `accepted` or
`refused`, each with a sentence beside it; what was accepted is removed there after some days.
"""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from keepsight.access.clock import now
from keepsight.audit.actor import Actor, system
from keepsight.chronology.governance import FeedRefused
from keepsight.chronology.queries import feed_by_key
from keepsight.engines.paths import var
from keepsight.intake.accepting import accept
from keepsight.intake.rows import FileRefused

DROPPER = system("drop folder")
ACCEPTED, REFUSED = "accepted", "refused"
DONE, SENTENCE = ".done", ".why.txt"
HALF_SENT = (".part", ".partial", ".filepart", ".tmp", ".crdownload", DONE, SENTENCE)

QUIET_SECONDS = 10
"""For so long nothing has been written to a file that is complete: our own setting."""

KEPT_SECONDS = 7 * 86_400
"""For so long what was accepted stays in the folder, in case somebody asks: our own setting."""


def drop_folder() -> Path:
    """Where the folders of feeds lie, made when it is first asked for."""
    folder = Path(os.environ.get("KEEPSIGHT_DROP") or var() / "drop").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def drain(*, by: Actor = DROPPER) -> bool:
    """Accept every complete file of every feed’s folder; whether there was any.

    A file that cannot be accepted is put aside with one sentence why.
    """
    found = False
    for folder in sorted(each for each in drop_folder().iterdir() if each.is_dir()):
        for path in _complete(folder):
            _take(by, folder, path)
            found = True
        _sweep(folder / ACCEPTED)
    return found


def _complete(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        half = path.name.startswith(".") or path.name.casefold().endswith(HALF_SENT)
        if not half and stat.S_ISREG(path.lstat().st_mode) and _is_whole(path):
            yield path


def _is_whole(path: Path) -> bool:
    """The time of the last change of the file itself is read: a copy may carry an old date."""
    return _marker(path).exists() or time.time() - path.lstat().st_ctime > QUIET_SECONDS


def _take(by: Actor, folder: Path, path: Path) -> None:
    feed = feed_by_key(folder.name)
    if feed is None:
        _put_aside(path, REFUSED, f"There is no feed “{folder.name}”, so this is nobody’s file.")
        return
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
            sent = accept(by=by, feed=feed, filename=path.name, stream=stream)
    except (FileRefused, FeedRefused) as refused:
        _put_aside(path, REFUSED, str(refused))
        return
    numbers = ", ".join(str(each.pk) for each in sent)
    _put_aside(path, ACCEPTED, f"Accepted for “{feed.title}” as delivery {numbers}.")


def _put_aside(path: Path, where: str, sentence: str) -> None:
    """The sentence first: a file that lies there always has one."""
    folder = path.parent / where
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = _free(folder / path.name)
    moment = now().isoformat(timespec="seconds")
    kept.with_name(kept.name + SENTENCE).write_text(f"{moment}\n{sentence}\n", encoding="utf-8")
    path.rename(kept)
    _marker(path).unlink(missing_ok=True)


def _free(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def _sweep(folder: Path) -> None:
    for path in folder.iterdir() if folder.exists() else ():
        if time.time() - path.lstat().st_ctime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _marker(path: Path) -> Path:
    return path.with_name(path.name + DONE)
