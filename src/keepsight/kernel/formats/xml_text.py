"""Writing a tree as XML text: two spaces a level, values on one line, nothing that is not XML."""

import re
from collections.abc import Iterator

from keepsight.kernel.formats.tree import Node

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class NotXML(ValueError):
    """Text with a character that no XML file may hold."""


def escaped(text: str) -> str:
    """Text as it stands inside an element; raises `NotXML` for what XML cannot hold."""
    if found := _NOT_XML.search(text):
        raise NotXML(f"The character U+{ord(found[0]):04X} cannot stand in an XML file.")
    return text.translate(_ESCAPES)


def lines(node: Node, depth: int = 0) -> Iterator[str]:
    """The lines of an element and all that is in it, each with its line break."""
    margin = INDENT * depth
    if not node.children:
        yield f"{margin}<{node.name}>{escaped(node.text)}</{node.name}>\n"
        return
    yield f"{margin}<{node.name}>\n"
    for child in node.children:
        yield from lines(child, depth + 1)
    yield f"{margin}</{node.name}>\n"
