"""The first lines of an unknown table, as far as anybody needs them to see what it holds."""

import csv
import io
from itertools import islice
from typing import BinaryIO, NamedTuple

from keepsight.intake.files import ZIP_MARK, head_of, text_encoding
from keepsight.intake.readers.csv import MOST_COLUMNS
from keepsight.intake.rows import FileRefused

LINES = 200
"""How many lines are looked at."""

OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class Sample(NamedTuple):
    """A table’s headings and its first lines, each as wide as the heading."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    def column(self, place: int) -> list[str]:
        """The values of one column that are not empty, spaces at the ends off."""
        found = (line[place].strip() for line in self.lines)
        return [value for value in found if value]


def sample_of(stream: BinaryIO) -> Sample:
    """Read a sample; raises `FileRefused` for what is no table with one heading a column."""
    if head_of(stream)[:4] == ZIP_MARK:
        raise FileRefused("The file is a workbook or a zip. Save the sheet as CSV, and send that.")
    encoding = text_encoding(stream, older_allowed=True, by_line=True)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, strict=True)
    try:
        headings = tuple(name.strip() for name in next(reader, []))
        _refuse_unclear(headings)
        lines = [tuple(line) for line in islice(reader, LINES) if len(line) == len(headings)]
    except csv.Error as error:
        raise FileRefused(
            f"Line {reader.line_num} cannot be read as CSV ({error}); check its quotation marks."
        ) from error
    finally:
        text.detach()
    if not lines:
        raise FileRefused("There is no line below the headings, so nothing can be told from it.")
    return Sample(headings, tuple(lines))


def _refuse_unclear(headings: tuple[str, ...]) -> None:
    if len(headings) == 1:
        for mark, name in OTHER_SEPARATORS.items():
            if mark in headings[0]:
                raise FileRefused(
                    f"The columns are separated by {name}. Save the file with commas, and send "
                    "that."
                )
        raise FileRefused("The file has one column only, which is no table that can be read.")
    if len(headings) > MOST_COLUMNS:
        raise FileRefused(
            f"The file has {len(headings)} columns, more than any that Keepsight takes."
        )
    if "" in headings:
        place = headings.index("") + 1
        raise FileRefused(f"Column {place} has no heading. Give it one, and send the file again.")
    folded = [name.casefold() for name in headings]
    for name in headings:
        if folded.count(name.casefold()) > 1:
            raise FileRefused(
                f"Two columns are called “{name}”. Give each its own heading, and send it again."
            )
