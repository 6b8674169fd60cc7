"""Zip files, opened only when their directory is sane.

Nothing is written to disk, and reading stops at the size that the directory declares.
"""

import stat
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from keepsight.intake.rows import FileRefused, UnknownFormat

LARGEST_TOTAL = 2 * 1024**3
"""Bytes, uncompressed, of all files together."""

LARGEST_RATIO = 100
"""Uncompressed to compressed; text that agencies send stays below 30."""

MOST_FILES = 1_000
ARCHIVES = frozenset({".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".jar"})


def members(filename: str, stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Each file in the zip with its name; raises `FileRefused` before any is opened."""
    try:
        with ZipFile(stream) as zipped:
            files = [info for info in zipped.infolist() if not info.is_dir()]
            _refuse_insane(filename, files)
            for info in files:
                with zipped.open(info) as opened:
                    yield info.filename, cast("BinaryIO", opened)
    except (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:
        raise FileRefused(f"“{filename}” is not a zip that can be read: {error}.") from error


def _refuse_insane(filename: str, files: list[ZipInfo]) -> None:
    if not files:
        raise FileRefused(f"“{filename}” is a zip with no file in it.")
    if len(files) > MOST_FILES:
        raise FileRefused(f"“{filename}” holds {len(files):,} files; send at most {MOST_FILES:,}.")
    if any(info.filename == "[Content_Types].xml" for info in files):
        raise UnknownFormat(
            f"“{filename}” is a document, or a workbook of a binary form; save its table as .xlsx "
            "or CSV and send it."
        )
    if sum(info.file_size for info in files) > LARGEST_TOTAL:
        raise FileRefused(f"“{filename}” would unpack to more than 2 GiB; send smaller files.")
    for info in files:
        _refuse_member(filename, info)


def _refuse_member(filename: str, info: ZipInfo) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    faults = (
        (path.is_absolute() or ".." in path.parts or ":" in path.parts[0], "has an unsafe path"),
        (stat.S_ISLNK(info.external_attr >> 16), "is a link, not a file"),
        (path.suffix.lower() in ARCHIVES, "is an archive inside an archive"),
        (bool(info.flag_bits & 0x1), "is locked with a password"),
        (info.file_size > LARGEST_RATIO * max(info.compress_size, 1), "is packed over 100 to 1"),
    )
    for faulty, what in faults:
        if faulty:
            raise FileRefused(f"“{filename}” is refused: “{info.filename}” in it {what}.")
