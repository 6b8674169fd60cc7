"""The daily register CSV: one register row a line, and who the pupil is when that is new.

A line where a pupil appears first, or with other details than before, also states who the pupil
is, as a row part “row 2, pupil”. What was last said of each pupil is remembered as one number a
pupil, for at most a million pupils, so that memory stays flat; beyond it details may be stated
again, which is an unchanged duplicate.
"""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.fields import Fields
from keepsight.intake.files import text_encoding
from keepsight.intake.readers.csv import OLDER_ENCODING, heading, numbered
from keepsight.intake.rows import Context, Fact, Part, Refused, RegisterRow, Remark
from keepsight.intake.sources.daily_register.mapping import person
from keepsight.intake.sources.daily_register.marks import (
    AM,
    DATE,
    PM,
    PUPIL,
    Meanings,
    pupil_missing,
    refused_line,
)
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.daily_register import DAILY_REGISTER

MOST_PUPILS = 1_000_000
DETAILS = slice(6)
"""The columns that say who the pupil is."""


class DailyRegister:
    """Marks are kept as sent; a line with one that is not in force on its day is refused."""

    name = "daily_register"
    title = "Daily school register (CSV)"
    days = "yyyy-mm-dd"

    def recognises(self, filename: str, head: bytes) -> bool:
        return DAILY_REGISTER.has_heading(heading(head))

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        encoding = text_encoding(stream, older_allowed=True, by_line=True)
        said: dict[str, int] = {}
        meanings = Meanings(context)
        for number, values in numbered(stream, encoding, DAILY_REGISTER):
            if isinstance(values, Refused):
                yield values
                continue
            pupil = values[PUPIL].strip()
            meaning = meanings.of(values[DATE], values[AM], values[PM])
            fault = meaning.fault if pupil else pupil_missing()
            if pupil and meaning.day and said.get(pupil) != (details := hash(values[DETAILS])):
                if len(said) >= MOST_PUPILS:
                    said.clear()
                yield pupil_of(number, values, context, pupil not in said, encoding == "cp1252")
                said[pupil] = details
            if fault or meaning.day is None:
                yield refused_line(number, values, fault or pupil_missing())
            else:
                morning, afternoon = values[AM].strip(), values[PM].strip()
                yield RegisterRow(f"row {number}", pupil, meaning.day, morning, afternoon)


def pupil_of(
    number: int, values: tuple[str, ...], context: Context, first: bool, older: bool = False
) -> Fact:
    """Who the pupil is, as a line with a readable day says it."""
    named = dict(zip(DAILY_REGISTER.names, values, strict=True))
    fields = Fields(named, context, iso_day, {})
    if older and not "".join(values).isascii():
        fields.remarks.append(Remark("", "", OLDER_ENCODING))
    return person(fields, f"row {number}, pupil", fields.required_day("Date"), first)
