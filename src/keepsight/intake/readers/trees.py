"""A census return as plain trees, one child at a time, for the checks: nothing in it is lost."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from lxml import etree

from keepsight.intake.readers.xml import elements, local_name
from keepsight.intake.rows import FileRefused
from keepsight.kernel.formats.tree import Node

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


class Piece(NamedTuple):
    """A header, a child, or, at the end, the message with what stands around those."""

    kind: str
    node: Node


def tree(element: etree._Element) -> Node:
    """An element as plain values; comments and attributes of the schema's instance are left out."""
    node = Node(
        local_name(element),
        element.text or "",
        [tree(child) for child in element],
        [text for child in element if (text := (child.tail or "").strip())],
    )
    if element.attrib:
        names = (str(name) for name in element.attrib)
        node.attributes = tuple(name for name in names if not name.startswith(_INSTANCE))
    return node


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """Each header and child of a message as it ends, then what is left; raises `FileRefused`.

    Memory stays flat: what has been given is emptied.
    """
    root: etree._Element | None = None
    for element in elements(stream, "Header", "Child", "Message"):
        name, above = local_name(element), _above(element)
        if name == "Message" and not above:
            root = element
        elif (name, above) in PLACES:
            yield Piece(name, tree(element))
            _forget(element, name)
    if root is None:
        raise FileRefused("The XML has no Message element, so it is not a census return.")
    yield Piece("Message", tree(root))


PLACES = {("Header", ("Message",)), ("Child", ("Children", "Message"))}
"""Where a header and a child belong; anywhere else they are strangers to what they stand in."""


def _above(element: etree._Element) -> tuple[str, ...]:
    return tuple(local_name(each) for each in element.iterancestors())


def _forget(element: etree._Element, name: str) -> None:
    """Empty what was given. A child goes altogether once the next has come, but for loose text."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]
    earlier = element.getprevious()
    if name != "Child" or earlier is None or local_name(earlier) != name:
        return
    parent = element.getparent()
    if parent is not None and not (earlier.tail or "").strip():
        parent.remove(earlier)
