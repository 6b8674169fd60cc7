"""FHIR R4 resources out of JSON, NDJSON and XML, alone or in a Bundle, one at a time.

A JSON file is read whole, so it may hold at most 64 MB; NDJSON and XML are streamed.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from lxml import etree

from keepsight.intake.files import LONGEST_LINE, text_encoding
from keepsight.intake.readers.xml import elements, local_name
from keepsight.intake.rows import FileRefused

LARGEST_JSON = 64 * 1024**2
"""Bytes of one JSON document; a longer feed is sent as NDJSON."""

FHIR_NAMESPACE = "http://hl7.org/fhir"


class Resource(NamedTuple):
    """One resource as it stands in the file: a JSON object or an XML element.

    `full_url` is the Bundle's name for it, empty elsewhere.
    """

    row: str
    type: str
    body: dict[str, Any] | etree._Element
    full_url: str = ""


def resources_of_json(stream: BinaryIO) -> Iterator[Resource]:
    """Each resource of a JSON or NDJSON file; raises `FileRefused`."""
    text_encoding(stream)
    if _is_by_line(stream):
        yield from _of_lines(stream)
        return
    document = stream.read(LARGEST_JSON + 1)
    if len(document) > LARGEST_JSON:
        raise FileRefused("The JSON is larger than 64 MB; send it as NDJSON, one resource a line.")
    whole = _object(document, "The file")
    if whole.get("resourceType") == "Bundle":
        yield from _of_bundle(whole)
    else:
        yield Resource("resource 1", _type_of(whole), whole)


def resources_of_xml(stream: BinaryIO, root: str) -> Iterator[Resource]:
    """Each resource of an XML file whose first element is `root`; raises `FileRefused`."""
    number = 0
    for element in elements(stream, "resource" if root == "Bundle" else root):
        entry = element.getparent()
        for resource in element if root == "Bundle" else [element]:
            number += 1
            named = entry.find("{*}fullUrl") if entry is not None else None
            url = named.get("value") if named is not None else None
            yield Resource(f"resource {number}", local_name(resource), resource, url or "")
        element.clear()
        _drop_earlier(entry)


def _drop_earlier(entry: etree._Element | None) -> None:
    bundle = entry.getparent() if entry is not None else None
    while entry is not None and (earlier := entry.getprevious()) is not None:
        if bundle is not None:
            bundle.remove(earlier)


def _is_by_line(stream: BinaryIO) -> bool:
    """Whether the first line alone is a JSON object and more follows it."""
    first = stream.readline(LONGEST_LINE)
    rest = stream.read(1 << 12)
    stream.seek(0)
    if not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _of_lines(stream: BinaryIO) -> Iterator[Resource]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FileRefused(f"Line {number} is longer than 1 MB, which no resource is.")
        if line.strip():
            body = _object(line, f"Line {number}")
            yield Resource(f"line {number}", _type_of(body), body)


def _of_bundle(bundle: dict[str, Any]) -> Iterator[Resource]:
    entries = bundle.get("entry", [])
    if not isinstance(entries, list):
        raise FileRefused("The Bundle’s entry is not a list, so the file is not FHIR R4.")
    for number, entry in enumerate(entries, start=1):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        url = entry.get("fullUrl") if isinstance(entry, dict) else None
        body = resource if isinstance(resource, dict) else {}
        yield Resource(f"entry {number}", _type_of(body), body, url if isinstance(url, str) else "")


def _object(document: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(document.decode("utf-8-sig"))
    except RecursionError as error:
        raise FileRefused(f"{what} is nested too deeply to be FHIR.") from error
    except ValueError as error:
        raise FileRefused(
            f"{what} is not JSON, or ends too early ({error}); export it again."
        ) from error
    if not isinstance(found, dict):
        raise FileRefused(f"{what} is not a FHIR resource, which is a JSON object.")
    return found


def _type_of(body: dict[str, Any]) -> str:
    found = body.get("resourceType")
    return found if isinstance(found, str) else ""
