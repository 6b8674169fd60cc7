"""XML, one block at a time, with no way to reach out or to blow up.

As defusedxml rules: a document type declaration is refused, entities are never resolved, nothing
is fetched, and the parser's own limits stay on. (lxml is used because defusedxml's own lxml
wrapper is deprecated and does not stream.)
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from keepsight.intake.files import head_of, refuse_unreadable, text_encoding
from keepsight.intake.rows import FileRefused

_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[^<>]*>")
OLDER_ENCODINGS = frozenset({b"iso-8859-1", b"windows-1252"})


def root_name(head: bytes) -> str:
    """The local name of the first element in a file's first bytes; empty if it is not XML."""
    text = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", head, flags=re.DOTALL)
    if not text.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return ""
    found = _ROOT.search(text)
    return found[1].decode("ascii", "replace") if found else ""


def elements(stream: BinaryIO, *names: str) -> Iterator[etree._Element]:
    """Each finished element of these names, in any namespace; raises `FileRefused`.

    The caller empties what it has read (`clear`), so that memory stays flat.
    """
    _refuse_hostile(stream)
    parsed = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parsed:
            if element.getroottree().docinfo.internalDTD is not None:
                raise _holds_declaration()
            yield element
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise FileRefused(
            f"The XML is broken or ends too early at line {line}; export it again ({error.msg})."
        ) from error


def local_name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def _refuse_hostile(stream: BinaryIO) -> None:
    head = head_of(stream)
    if _DOCTYPE.search(head):
        raise _holds_declaration()
    declared = _DECLARED.search(head[:200])
    if declared and declared[1].lower() in OLDER_ENCODINGS:
        refuse_unreadable(head)
        return
    text_encoding(stream)


def _holds_declaration() -> FileRefused:
    return FileRefused(
        "The XML declares a document type or entities, which no return needs and an attack uses; "
        "export it without."
    )
