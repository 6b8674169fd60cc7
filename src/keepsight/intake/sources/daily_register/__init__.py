"""The daily register CSV: one register row a line, and who the pupil is when that is new.

A line where a pupil appears first, or with other details than before, also states who the pupil
is, as a row part “row 2, pupil”. What was last said of each pupil is remembered as one number a
pupil, for at most a million pupils, so that memory stays flat; beyond it details may be stated
again, which is an unchanged duplicate.
"""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.files import text_encoding
from keepsight.intake.readers.csv import OLDER_ENCODING, heading, numbered
from keepsight.intake.rows import Context, Part, Refused, RegisterRow, Remark
from keepsight.intake.sources.daily_register.checks import RegisterDay
from keepsight.intake.sources.daily_register.mapping import person
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.daily_register import DAILY_REGISTER

MOST_PUPILS = 1_000_000


class DailyRegister:
    """Marks are kept as sent; a code that is not in force on the day carries a remark."""

    name = "daily_register"
    title = "Daily school register (CSV)"

    def recognises(self, filename: str, head: bytes) -> bool:
        return DAILY_REGISTER.has_heading(heading(head))

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        encoding = text_encoding(stream, older_allowed=True, by_line=True)
        older = (Remark("", "", OLDER_ENCODING),) if encoding == "cp1252" else ()
        said: dict[str, int] = {}
        days: dict[str, RegisterDay] = {}
        for number, values in numbered(stream, encoding, DAILY_REGISTER):
            if isinstance(values, Refused):
                yield values
                continue
            pupil = values[1].strip()
            day = days.get(values[6])
            if day is None or not pupil:
                read = _first_of_day(number, values, context)
                if isinstance(read, Refused):
                    yield read
                    continue
                day = days[values[6]] = read
            row = f"row {number}"
            details = hash(values[:6])
            if said.get(pupil) != details:
                if len(said) >= MOST_PUPILS:
                    said.clear()
                yield person(_fields(values, context), f"{row}, pupil", day.day, pupil not in said)
                said[pupil] = details
            morning, afternoon = values[7].strip(), values[8].strip()
            remarks: tuple[Remark, ...] = older if older and not "".join(values).isascii() else ()
            if morning not in day.morning or afternoon not in day.afternoon:
                remarks += day.remarks(morning, afternoon)
            yield RegisterRow(row, pupil, day.day, morning, afternoon, remarks)


def _fields(values: tuple[str, ...], context: Context) -> Fields:
    named = dict(zip(DAILY_REGISTER.names, values, strict=True))
    return Fields(named, context, iso_day, {})


def _first_of_day(number: int, values: tuple[str, ...], context: Context) -> RegisterDay | Refused:
    """The codes of a day seen for the first time, or why the line cannot stand."""
    fields = _fields(values, context)
    try:
        fields.required("PupilID")
        return RegisterDay(fields.required_day("Date"), context.received)
    except Unfit as unfit:
        return fields.refused(f"row {number}", unfit)
