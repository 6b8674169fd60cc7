"""What JSON can say that no database keeps: characters that are no part of any text."""

import json
import re
from collections.abc import Iterable, Iterator

_NOT_TEXT = re.compile("[\\0\\ud800-\\udfff]")
"""A NUL, or half of a pair of characters."""

_PERHAPS = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)
"""As JSON writes them; a whole pair is written so as well, and a backslash before a word."""


def holds_no_text(written: bytes) -> bool:
    """Whether JSON that was written in ASCII holds such a character in any of its texts."""
    if not _PERHAPS.search(written):
        return False
    texts = (value for _, value in values_of(json.loads(written)) if isinstance(value, str))
    return any(_NOT_TEXT.search(text) for text in texts)


def values_of(whole: object) -> Iterator[tuple[int, object]]:
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
