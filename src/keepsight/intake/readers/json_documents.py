"""JSON documents out of a file: one alone, or one a line, each with the name of its row."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from keepsight.intake.files import LONGEST_LINE, text_encoding
from keepsight.intake.readers.json_values import values_of
from keepsight.intake.rows import FileRefused

DEEPEST = 100
LARGEST = 64 * 1024**2
"""Bytes of one JSON document; a longer feed is sent with one document a line."""


def documents(stream: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each document, which is a JSON object; raises `FileRefused`."""
    text_encoding(stream)
    first = stream.readline(LONGEST_LINE)
    alone = not (_is_whole(first) and stream.read(1 << 12).strip())
    stream.seek(0)
    if alone:
        yield "document 1", _object(_all(stream), "The file")
        return
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FileRefused(f"Line {number} is longer than 1 MB, which no document is.")
        if line.strip():
            yield f"line {number}", _object(line, f"Line {number}")


def _all(stream: BinaryIO) -> bytes:
    found = stream.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise FileRefused("The JSON is larger than 64 MB; send it with one document a line.")
    return found


def _is_whole(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _object(document: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(document.decode("utf-8-sig"))
    except RecursionError as error:
        raise FileRefused(f"{what} is nested too deeply to be read.") from error
    except ValueError as error:
        raise FileRefused(
            f"{what} is not JSON, or ends too early ({error}); export it again."
        ) from error
    if not isinstance(found, dict):
        raise FileRefused(f"{what} is not a JSON object.")
    if any(depth > DEEPEST for depth, _ in values_of(found)):
        raise FileRefused(f"{what} is nested too deeply to be read.")
    return found
