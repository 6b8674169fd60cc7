"""A whole children in need return, written child by child so that memory stays flat."""

from collections.abc import Iterable, Iterator

from keepsight.kernel.formats import cin_census, xml_text
from keepsight.kernel.formats.blocks import Block, written


def pieces(header: Block, children: Iterable[Block]) -> Iterator[str]:
    """The text of a return, from its header and its children; the file is written in UTF-8.

    Each is a block as `keepsight.kernel.formats.blocks` has it. Raises `NotOfSchema`, and
    `NotXML` for text that no XML file may hold, at the block that cannot be written.
    """
    yield f"{xml_text.DECLARATION}<Message>\n"
    yield from xml_text.lines(written(cin_census.HEADER, header), 1)
    yield f"{xml_text.INDENT}<Children>\n"
    for child in children:
        yield from xml_text.lines(written(cin_census.CHILD, child), 2)
    yield f"{xml_text.INDENT}</Children>\n</Message>\n"
