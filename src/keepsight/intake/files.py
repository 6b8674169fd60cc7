"""Looking at a file before any of its rows is read, so that a bad file leaves nothing behind."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile

from keepsight.intake.readers import archive, workbook
from keepsight.intake.rows import FileRefused

HEAD_BYTES = 65_536
"""How much of a file is read to recognise its format."""

LONGEST_LINE = 1_000_000
"""Bytes: a longer line is no row that an agency's system writes."""

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK = workbook.ZIP_MARK
_BLOCK = 1 << 16


def open_files(filename: str, stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """The file itself, or each file inside it when it is a zip; raises `FileRefused`.

    A workbook is a file, though it is a zip: only the reading process looks into it.
    """
    if is_zip(stream):
        yield from archive.members(filename, stream)
    else:
        yield filename, stream


def is_zip(stream: BinaryIO) -> bool:
    """Whether a file is a zip of files: one that is not a workbook."""
    return head_of(stream)[:4] == ZIP_MARK and not workbook.is_workbook(stream)


def head_of(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, which is left at its start."""
    stream.seek(0)
    head = read_block(stream, HEAD_BYTES)
    stream.seek(0)
    return head


def refuse_unreadable(head: bytes) -> None:
    """Raise `FileRefused` for what no text format can be: empty, a zip, UTF-16 or binary."""
    if not head.removeprefix(UTF8_MARK).strip():
        raise FileRefused("The file is empty.")
    if head[:4] == ZIP_MARK:
        raise FileRefused(
            "The file is a zip inside another file, or a damaged workbook; send the files that it "
            "holds, or save the workbook again."
        )
    if head.startswith(workbook.OLDER_MARK):
        raise FileRefused(
            "The file is a workbook of an older form, or is locked with a password; save it as "
            ".xlsx without one."
        )
    if head[:2] in UTF16_MARKS:
        raise FileRefused("The file is written in UTF-16; save it as UTF-8 and send it again.")
    if b"\0" in head:
        raise _holds_nul(head.index(b"\0"))


def text_encoding(stream: BinaryIO, *, older_allowed: bool = False, by_line: bool = False) -> str:
    """Read the file once for its encoding, and leave it at its start.

    UTF-8, with or without its mark; where `older_allowed`, also Windows-1252. Raises
    `FileRefused` for another encoding (naming the byte), a NUL byte, a damaged zip and, where
    rows are lines (`by_line`), for an endless one.
    """
    refuse_unreadable(head_of(stream))
    try:
        fault = _first_fault(stream, "utf-8", by_line)
        if fault is None:
            return "utf-8-sig"
        if older_allowed and _first_fault(stream, "cp1252", by_line) is None:
            return "cp1252"
    finally:
        stream.seek(0)
    raise FileRefused(
        f"The file is not written in UTF-8: byte {fault:,} cannot be read; save it as UTF-8 and "
        "send it again."
    )


def read_block(stream: BinaryIO, size: int) -> bytes:
    """So many bytes; raises `FileRefused` where a zip breaks off or is damaged."""
    try:
        return stream.read(size)
    except (BadZipFile, EOFError, zlib.error) as error:
        raise FileRefused(f"The file is damaged inside its zip: {error}.") from error


def _first_fault(stream: BinaryIO, encoding: str, by_line: bool) -> int | None:
    """Where the file stops being text in this encoding; checks NUL bytes and line length."""
    stream.seek(0)
    offset = 0
    line = 0
    rest = b""
    while block := read_block(stream, _BLOCK):
        if (nul := block.find(b"\0")) >= 0:
            raise _holds_nul(offset + nul)
        line = _line_length(line, block) if by_line else 0
        text = rest + block
        try:
            text.decode(encoding)
            rest = b""
        except UnicodeDecodeError as error:
            if error.end < len(text) or len(text) - error.start >= 4 or encoding != "utf-8":
                return offset - len(rest) + error.start
            rest = text[error.start :]
        offset += len(block)
    return offset - len(rest) if rest else None


def _line_length(carried: int, block: bytes) -> int:
    first = block.find(b"\n")
    longest = carried + (first if first >= 0 else len(block))
    if longest > LONGEST_LINE:
        raise FileRefused(
            "The file has a line longer than 1 MB, which no row is; check how it was exported."
        )
    return longest if first < 0 else len(block) - 1 - block.rfind(b"\n")


def _holds_nul(offset: int) -> FileRefused:
    return FileRefused(
        f"The file is not text: byte {offset:,} is a NUL; export it as CSV, XML or JSON."
    )
