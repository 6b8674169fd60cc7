"""Children in need census XML, any year since 2022, with or without a namespace."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from lxml import etree

from keepsight.intake.fields import Unfit
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.xml import elements, local_name, root_name
from keepsight.intake.rows import Context, Fact, FileRefused, Part
from keepsight.intake.sources.cin.blocks import read_block, refused_element
from keepsight.intake.sources.cin.child import parts_of_child
from keepsight.kernel.formats import cin_census

MARKS = (b">CIN<", b"LAchildID", b"CINdetails")
"""One of these stands in the first bytes of every census return: other returns are Messages too."""


class CINCensus:
    """Per child: who it is; per case: referral, closure, assessments, enquiries, conferences,
    plans and reviews, each a fact of its own.
    """

    name = "cin"
    title = "Children in need census (XML)"

    def recognises(self, filename: str, head: bytes) -> bool:
        return root_name(head) == "Message" and any(mark in head for mark in MARKS)

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen = KeysSeen()
        for part in _parts(stream, context):
            yield seen.distinct(part) if isinstance(part, Fact) else part


def _parts(stream: BinaryIO, context: Context) -> Iterator[Part]:
    number = 0
    stated_on = context.received
    root = None
    for child in elements(stream, "Child", "Header", "Message"):
        if local_name(child) == "Message":
            root = child
        elif local_name(child) == "Header":
            stated_on = _reference_date(child, context)
            yield from read_block(child, cin_census.HEADER, context, "Header").refused
        else:
            number += 1
            yield from parts_of_child(child, number, stated_on, context)
            yield from _emptied(child, context)
    if root is None:
        raise FileRefused("The XML has no Message element, so it is not a census return.")
    yield from _left_over(root, context)
    if not number:
        raise FileRefused("The return has no Child in it.")


def _reference_date(header: etree._Element, context: Context) -> date:
    collection = header.find("{*}CollectionDetails")
    if collection is None:
        return context.received
    block = read_block(collection, cin_census.HEADER.child("CollectionDetails"), context, "Header")
    try:
        return block.fields().required_day("ReferenceDate")
    except Unfit:
        return context.received


def _emptied(child: etree._Element, context: Context) -> Iterator[Part]:
    """Drop what has been read, so that memory stays flat; what is not a child is refused."""
    child.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = child.getparent()
    while parent is not None and (earlier := child.getprevious()) is not None:
        yield from _stranger(earlier, "Child", context)
        parent.remove(earlier)


def _stranger(element: etree._Element, expected: str, context: Context) -> Iterator[Part]:
    if local_name(element) != expected:
        yield refused_element(element, element.getparent(), "Children")
    if element.tail and element.tail.strip():
        yield refused_element(element, element.getparent(), "Children", stray=element.tail.strip())


def _left_over(root: etree._Element, context: Context) -> Iterator[Part]:
    yield from read_block(root, cin_census.MESSAGE, context, "Message").refused
    children = root.find("{*}Children")
    for element in [] if children is None else list(children):
        yield from _stranger(element, "Child", context)
