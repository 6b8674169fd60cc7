"""The daily payload of children’s social care for the Department for Education, as JSON.

Per child: who it is; per episode: referral, closure, assessments, plans, enquiries, placements,
workers, adoption and leaving care. What a block is told to purge is withdrawn. Where the council’s
census or return tells of the same referral, plan or placement, its word stands.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from keepsight.intake.files import text_encoding
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.fhir import LARGEST_JSON
from keepsight.intake.rows import Context, Fact, FileRefused, Part, Refused
from keepsight.intake.sources.csc_daily.blocks import as_raw, block_of
from keepsight.intake.sources.csc_daily.child import parts_of_child

MARKS = (b'"la_child_id"', b'"social_care_episodes"')
NO_CHILD = "This is no child, which would be a JSON object."


class CSCDaily:
    """One child, a list of them, or an object with `Children`; the whole file is one JSON."""

    name = "csc_daily"
    title = "Daily children’s social care payload (JSON)"

    def recognises(self, filename: str, head: bytes) -> bool:
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return start.startswith((b"{", b"[")) and any(mark in head for mark in MARKS)

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen = KeysSeen()
        for number, child in enumerate(_children(_document(stream)), start=1):
            row = f"Child {number}"
            if not isinstance(child, dict):
                yield Refused(row, "", "", NO_CHILD, as_raw(child))
                continue
            for part in parts_of_child(block_of("child", child, row, context), number, context):
                yield seen.distinct(part) if isinstance(part, Fact) else part


def _document(stream: BinaryIO) -> Any:
    text_encoding(stream)
    whole = stream.read(LARGEST_JSON + 1)
    if len(whole) > LARGEST_JSON:
        raise FileRefused("The JSON is larger than 64 MB; send it in smaller parts.")
    try:
        return json.loads(whole.decode("utf-8-sig"))
    except RecursionError as error:
        raise FileRefused("The JSON is nested too deeply to be a payload.") from error
    except ValueError as error:
        raise FileRefused(
            f"The file is not JSON, or ends too early ({error}); export it again."
        ) from error


def _children(document: Any) -> list[Any]:
    if isinstance(document, dict):
        document = document.get("Children", document.get("children", document))
    found = document if isinstance(document, list) else [document]
    if not found:
        raise FileRefused("The payload has no child in it.")
    return found
