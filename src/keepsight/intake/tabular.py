"""Taking in a table: one line after another, each giving one or more parts."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.csv import OLDER_ENCODING, Line, lines
from keepsight.intake.rows import Context, Fact, Part, Refused, Remark
from keepsight.intake.values import ReadDay
from keepsight.kernel.formats.schema import Table
from keepsight.kernel.vocabulary.content.base import ContentError


class PartOfLine(NamedTuple):
    """How one part of a line is built; `name` is empty for a line's only or main part.

    `build` gets the line's fields and the row's name, raises `Unfit` for a line that cannot
    stand, and gives `None` where the line does not state this part.
    """

    name: str
    build: Callable[[Fields, str], Fact | None]


def parts_of_table(
    stream: BinaryIO,
    context: Context,
    table: Table,
    read_day: ReadDay,
    parts: Sequence[PartOfLine],
) -> Iterator[Part]:
    """Every part of every line, each in exactly one place; raises `FileRefused`."""
    seen = KeysSeen()
    names, codes = table.names, table.codes
    for line in lines(stream, table):
        if isinstance(line, Refused):
            yield line
            continue
        values = dict(zip(names, line.values, strict=True))
        for part in parts:
            stated = _stated(part, line, Fields(values, context, read_day, codes))
            if isinstance(stated, Fact):
                stated = seen.distinct(stated)
            if stated is not None:
                yield stated


def _stated(part: PartOfLine, line: Line, fields: Fields) -> Fact | Refused | None:
    row = f"{line.row}, {part.name}" if part.name else line.row
    if line.older_encoding:
        fields.remarks.append(Remark("", "", OLDER_ENCODING))
    try:
        return part.build(fields, row)
    except Unfit as unfit:
        return fields.refused(row, unfit)
    except ContentError as error:
        return fields.refused(row, Unfit("", "", str(error)))
