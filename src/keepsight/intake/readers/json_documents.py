"""JSON documents out of a file: one alone, or one a line, each with the name of its row."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from keepsight.intake.files import LONGEST_LINE, text_encoding
from keepsight.intake.rows import FileRefused

DEEPEST = 100
NOT_TEXT = re.compile("[\\0\ud800-\udfff]")
"""A NUL, or half of a pair of characters: JSON can say them, and no database keeps them."""

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
    for depth, value in _values(found):
        if depth > DEEPEST:
            raise FileRefused(f"{what} is nested too deeply to be read.")
        if isinstance(value, str) and NOT_TEXT.search(value):
            raise FileRefused(f"{what} holds a character that is no part of any text; take it out.")
    return found


def _values(whole: object) -> Iterator[tuple[int, object]]:
    """Every value in it, names among them, with its depth."""
    waiting: list[tuple[int, object]] = [(0, whole)]
    while waiting:
        depth, value = waiting.pop()
        yield depth, value
        inner: Iterable[object] = ()
        if isinstance(value, dict):
            inner = (*value, *value.values())
        elif isinstance(value, list):
            inner = value
        waiting += ((depth + 1, each) for each in inner)
