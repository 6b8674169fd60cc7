"""A workbook’s zip, before anything is unpacked: whether it is one, and whether it is sane.

What is inside is XML. A part that declares a document type or entities is refused, as in
`readers.xml`, and so is one that is not UTF-8, in which such a thing could hide. openpyxl itself
reads parts with lxml, which is told to resolve no entity, and with defusedxml.
"""

import re
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from keepsight.intake.readers.archive import LARGEST_RATIO
from keepsight.intake.rows import FileRefused

ZIP_MARK = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
MACROS = "xl/vbaProject.bin"
FIRST_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/")
"""With what the first name in an Office file begins."""

OLDER_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an .xls begins with, and an .xlsx that is locked with a password."""

LARGEST_WORKBOOK = 256 << 20
"""Bytes, unpacked, of all parts together: ample for a million rows."""

SMALL_PART = 1 << 20
"""A part that unpacks to less than this may be packed as tightly as it likes."""

MOST_PARTS = 2_000
_TEXT = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OVERLAP = 16
_NAME_WITHIN = 512
"""Bytes in which the first name of a zip stands."""

_BLOCK = 1 << 18


def begins_like_one(head: bytes) -> bool:
    """Whether a file’s first bytes are those of an Office file; it may be a document yet."""
    length = int.from_bytes(head[26:28], "little")
    return head[:4] == ZIP_MARK and head[30 : 30 + length].startswith(FIRST_PARTS)


def is_workbook(stream: BinaryIO) -> bool:
    """Whether a zip is a workbook by its directory; the stream is left at its start."""
    try:
        with ZipFile(stream) as parts:
            return WORKBOOK in parts.namelist()
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return False
    finally:
        stream.seek(0)


def weight(path: Path) -> int:
    """The size by which the cost of reading a file goes: a workbook’s is what it unpacks to.

    That is what its directory says, and no more than any workbook may unpack to.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        if not begins_like_one(stream.read(_NAME_WITHIN)):
            return size
        try:
            with ZipFile(stream) as parts:
                unpacked = sum(part.file_size for part in parts.infolist())
        except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
            return size
    return max(size, min(unpacked, LARGEST_WORKBOOK))


def refuse_insane(stream: BinaryIO) -> None:
    """Raise `FileRefused` for what no spreadsheet program writes; the stream is left at its start.

    Sizes are those of the directory; no more than it says is unpacked of any part.
    """
    try:
        with ZipFile(stream) as parts:
            found = parts.infolist()
            _refuse_directory(found)
            for part in found:
                if part.filename.lower().endswith(_TEXT):
                    _refuse_text(parts, part)
    except (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise FileRefused(f"The workbook cannot be opened: {error}.") from error
    except zlib.error as error:
        raise FileRefused(f"The workbook is damaged: {error}.") from error
    finally:
        stream.seek(0)


def _refuse_directory(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if WORKBOOK not in names:
        raise FileRefused("The file is no workbook; save its table as .xlsx or CSV.")
    if MACROS in names:
        raise FileRefused("The workbook holds macros; save it as .xlsx, without any.")
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise FileRefused("The workbook has more parts than any has, or one of them twice.")
    if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
        raise FileRefused("The workbook would unpack to more than 256 MiB; send a smaller one.")
    for part in parts:
        tight = part.file_size > LARGEST_RATIO * max(part.compress_size, 1)
        if part.file_size > SMALL_PART and tight:
            raise FileRefused(f"The workbook’s part “{part.filename}” is packed over 100 to 1.")


def _refuse_text(parts: ZipFile, part: ZipInfo) -> None:
    rest = b""
    with parts.open(part) as opened:
        while block := opened.read(_BLOCK):
            if b"\0" in block:
                raise FileRefused(f"The workbook’s part “{part.filename}” is not written in UTF-8.")
            text = rest + block
            if _DECLARED.search(text):
                raise FileRefused(
                    "The workbook declares a document type or entities, which none needs and an "
                    "attack uses; save it again."
                )
            rest = text[-_OVERLAP:]
