"""CSV, one line at a time: any order of columns, either case of their names."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from keepsight.intake.files import HEAD_BYTES, text_encoding
from keepsight.intake.rows import FileRefused, Refused
from keepsight.kernel.formats.schema import Table

MOST_COLUMNS = 150
OLDER_ENCODING = "The file is not in UTF-8; this row was read as Windows-1252."


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number in the file (the heading is 1) and its values in table order."""

    number: int
    values: tuple[str, ...]
    older_encoding: bool = False

    @property
    def row(self) -> str:
        return f"row {self.number}"


def heading(head: bytes) -> list[str]:
    """The column names in a file's first bytes; empty where they are not those of a CSV."""
    first = head[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    try:
        return next(csv.reader([first.decode("cp1252").strip()]), [])
    except (csv.Error, UnicodeDecodeError):
        return []


def lines(stream: BinaryIO, table: Table) -> Iterator[Line | Refused]:
    """The file's lines in the table's own order of columns; raises `FileRefused`.

    A blank line states nothing and is passed over.
    """
    encoding = text_encoding(stream, older_allowed=True, by_line=True)
    older = encoding == "cp1252"
    for number, values in numbered(stream, encoding, table):
        if isinstance(values, Refused):
            yield values
        else:
            yield Line(number, values, older and not "".join(values).isascii())


def numbered(
    stream: BinaryIO, encoding: str, table: Table
) -> Iterator[tuple[int, tuple[str, ...] | Refused]]:
    """Each line's number and values, without a `Line` made: for the largest files."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, strict=True)
    try:
        names = [name.strip() for name in next(reader)]
        order = order_of(names, table)
        straight = order == list(range(len(names)))
        for number, found in enumerate(reader, start=2):
            if len(found) != len(names):
                if found:
                    yield number, _wrong_width(number, found, names)
            elif straight:
                yield number, tuple(found)
            else:
                yield number, tuple([found[place] for place in order])
    except csv.Error as error:
        raise FileRefused(
            f"Line {reader.line_num} cannot be read as CSV ({error}); check its quotation marks."
        ) from error
    finally:
        text.detach()


def other_columns(table: Table, names: list[str]) -> str:
    """A sentence on how a heading differs from the table’s own."""
    wanted = {name.casefold(): name for name in table.names}
    found = {name.strip().casefold(): name.strip() for name in names}
    lacks = [name for folded, name in wanted.items() if folded not in found]
    more = [name for folded, name in found.items() if folded not in wanted]
    said = [f"It lacks {', '.join(lacks)}."] if lacks else []
    said += [f"It has {', '.join(more)}, which the mapping does not know."] if more else []
    said += [] if said else ["One of them stands there twice."]
    return f"The columns are not those of {table.title}. {' '.join(said)}"


def order_of(names: list[str], table: Table) -> list[int]:
    """Where each column of the table stands in a heading; raises `FileRefused`."""
    if len(names) > MOST_COLUMNS:
        raise FileRefused(f"The file has {len(names)} columns, more than any that Keepsight takes.")
    if not table.has_heading(names):
        raise FileRefused(f"The columns are not those of {table.title}: {', '.join(table.names)}.")
    places = {name.casefold(): place for place, name in enumerate(names)}
    return [places[column.name.casefold()] for column in table.columns]


def _wrong_width(number: int, found: list[str], names: list[str]) -> Refused:
    raw = dict(zip(names, found, strict=False))
    raw |= {f"value {i + 1}": found[i] for i in range(len(names), len(found))}
    reason = f"The row has {len(found)} values where the heading has {len(names)}."
    return Refused(f"row {number}", "", "", reason, raw)
