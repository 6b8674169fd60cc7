"""School Census CSV groups: the roll, who left it, sessions, exclusions, needs and addresses.

A line of pupils states two facts, so it counts as two rows: “row 12” for who the pupil is
and “row 12, enrolment” for being on the roll.
"""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.files import head_of
from keepsight.intake.readers.csv import heading
from keepsight.intake.rows import Context, FileRefused, Part
from keepsight.intake.sources.school_census.checks import refuse_without_term
from keepsight.intake.sources.school_census.mapping import PARTS
from keepsight.intake.tabular import parts_of_table
from keepsight.intake.values import census_day
from keepsight.kernel.formats import school_census
from keepsight.kernel.formats.schema import Table


class SchoolCensus:
    """The pupil's own key is the school's id and the pupil's id in the table, as “SCH7/0002e8”."""

    name = "school_census"
    title = "School Census groups (CSV)"
    days = "yyyy-Mon-dd"

    def recognises(self, filename: str, head: bytes) -> bool:
        return _table(head) is not None

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        table = _table(head_of(stream))
        if table is None:
            raise FileRefused("The columns are those of no School Census group that is taken.")
        if table is school_census.SESSION_DETAILS:
            refuse_without_term(context.filename)
        return parts_of_table(stream, context, table, census_day, PARTS[table.name])


def _table(head: bytes) -> Table | None:
    names = heading(head)
    return next((table for table in school_census.TABLES if table.has_heading(names)), None)
