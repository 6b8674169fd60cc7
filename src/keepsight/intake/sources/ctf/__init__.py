"""Common transfer files (CTF): what a school sends when a pupil goes to another.

Each pupil states who it is, that it left, and a school year’s attendance where that is told. A
transfer file holds no safeguarding records: those travel apart. It has no id of a pupil but the
UPN, so a pupil without one is known by a mark made of name and day of birth.
"""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.trees import tree
from keepsight.intake.readers.xml import elements, local_name, root_name
from keepsight.intake.rows import Context, Fact, FileRefused, Part
from keepsight.intake.sources.ctf.pupil import Header, header_of, parts_of_pupil


class CommonTransferFile:
    """Versions since 20, with Sex or the older Gender. What tells of parents or marks is left."""

    name = "ctf"
    title = "Common transfer file (XML)"

    def recognises(self, filename: str, head: bytes) -> bool:
        return root_name(head) == "CTfile"

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        seen, number, header, root = KeysSeen(), 0, Header(), None
        for element in elements(stream, "Header", "Pupil", "CTfile"):
            if local_name(element) == "CTfile":
                root = element
            elif local_name(element) == "Header":
                header = header_of(tree(element))
            else:
                number += 1
                for part in parts_of_pupil(tree(element), number, header, context):
                    yield seen.distinct(part) if isinstance(part, Fact) else part
                _forget(element)
        if root is None:
            raise FileRefused("The XML has no CTfile element, so it is no common transfer file.")
        if not number:
            raise FileRefused("The transfer file has no Pupil in it.")


def _forget(pupil: etree._Element) -> None:
    """Drop what has been read, so that memory stays flat."""
    pupil.clear()
    parent = pupil.getparent()
    while parent is not None and (earlier := pupil.getprevious()) is not None:
        parent.remove(earlier)
