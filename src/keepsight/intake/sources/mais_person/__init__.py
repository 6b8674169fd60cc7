"""People in the Multi-Agency Information Standards, as JSON-LD: one, a list, or a @graph.

The context is not looked up: a document is read by the names that the standard’s own context gives.
Whoever is related to the person is left out.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from keepsight.intake.files import text_encoding
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.fhir import LARGEST_JSON
from keepsight.intake.rows import Context, Fact, FileRefused, Part, Refused
from keepsight.intake.sources.mais_person.person import person_part

MARKS = (b'"dateOfBirth"', b'"familyName"', b'"isDeceased"')
NOT_A_PERSON = "This is no Person of the Multi-Agency Information Standards."


class MAISPerson:
    """One fact a person, by the @id that the sender gives."""

    name = "mais_person"
    title = "People in the Multi-Agency Information Standards (JSON-LD)"

    def recognises(self, filename: str, head: bytes) -> bool:
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        is_json = start.startswith((b"{", b"["))
        return is_json and b'"@type"' in head and any(mark in head for mark in MARKS)

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen = KeysSeen()
        for number, person in enumerate(_people(stream), start=1):
            part = _part(person, f"person {number}", context)
            yield seen.distinct(part) if isinstance(part, Fact) else part


def _part(person: Any, row: str, context: Context) -> Part:
    if not isinstance(person, dict) or person.get("@type") != "Person":
        said = json.dumps(person, ensure_ascii=False)
        return Refused(row, "@type", "", NOT_A_PERSON, {"json": said})
    return person_part(person, row, context)


def _people(stream: BinaryIO) -> list[Any]:
    text_encoding(stream)
    whole = stream.read(LARGEST_JSON + 1)
    if len(whole) > LARGEST_JSON:
        raise FileRefused("The JSON is larger than 64 MB; send it in smaller parts.")
    try:
        found = json.loads(whole.decode("utf-8-sig"))
    except RecursionError as error:
        raise FileRefused("The JSON is nested too deeply to be a person.") from error
    except ValueError as error:
        raise FileRefused(
            f"The file is not JSON, or ends too early ({error}); export it again."
        ) from error
    if isinstance(found, dict):
        found = found.get("@graph", found)
    people = found if isinstance(found, list) else [found]
    if not people:
        raise FileRefused("The file has no person in it.")
    return people
