"""Putting rows in quarantine right: the corrected lines are sent again as a delivery of their own.

A line can be put right here where its format is a table: its values are then written under their
headings as the agency’s system would write them. What stands in quarantine stays as it came.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from keepsight.access.viewer import Viewer
from keepsight.audit.writing import action
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake.accepting import accept
from keepsight.intake.models import QuarantinedRow
from keepsight.intake.rows import Source
from keepsight.intake.sources_of_feeds import source_of

PARTS_OF_A_LINE = 10
"""How many rows in quarantine one line of a file may have left, next to one another."""

LONGEST = 10_000
"""Characters of one value: a longer one is no value of a row."""

WAITS_STILL = Q(retried_in=None) | Q(retried_in__state=Delivery.State.REFUSED)
"""Rows that nobody has sent again, or whose sending again was refused."""


class CorrectionRefused(ValueError):
    """What cannot be sent again; the message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class LineToCorrect:
    """One line of a file, by its first row in quarantine, and what is wrong with each of its parts.

    `values` are by column. `faults` are pairs of column and reason; a column may be empty.
    """

    row_id: int
    row: str
    values: Mapping[str, str]
    faults: tuple[tuple[str, str], ...]
    rows: tuple[int, ...]


def lines_to_correct(rows: Iterable[QuarantinedRow], feed: Feed) -> list[LineToCorrect]:
    """Those of some rows that can be put right here, the parts of one line together."""
    source = source_of(feed)
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[QuarantinedRow]] = {}
    for row in rows:
        values = values_of(source, row)
        if values is not None:
            found.setdefault((line_of(row), tuple(values.items())), []).append(row)
    return [
        LineToCorrect(
            row_id=together[0].pk,
            row=line,
            values=dict(values),
            faults=tuple((each.field, each.reason) for each in together),
            rows=tuple(each.pk for each in together),
        )
        for (line, values), together in found.items()
    ]


def values_of(source: Source | None, row: QuarantinedRow) -> dict[str, str] | None:
    """A row’s values by column, if they make a line that its source reads."""
    if source is None or row.emptied or not row.raw:
        return None
    # The database keeps a row’s values without their order: a table’s own is shown where known.
    table = getattr(source, "table", None)
    if table is not None and set(row.raw) & set(table.names):
        return {name: row.raw.get(name, "") for name in table.names}
    reads = _reads(source, row.delivery.filename, tuple(row.raw))
    return dict(row.raw) if reads else None


def line_of(row: QuarantinedRow) -> str:
    """The line in which a row stood: “row 12” of “row 12, report”."""
    return row.row.partition(",")[0]


@action
def send_again(
    *, by: Viewer, delivery_id: int, corrections: Mapping[int, Mapping[str, str]]
) -> list[Delivery]:
    """Send lines again with other values, by the id of each line’s first row in quarantine.

    Lines of which nothing was changed are not sent. Raises `CorrectionRefused` where none is left,
    and what `accept` raises.
    """
    rows = waiting_rows(by, delivery_id, around=tuple(corrections)) if corrections else []
    feed = rows[0].feed if rows else None
    lines = lines_to_correct(rows, feed) if feed else []
    changed = [
        (line, _corrected(line, corrections[said]))
        for line in lines
        for said in [each for each in line.rows if each in corrections][:1]
    ]
    changed = [(line, values) for line, values in changed if values != line.values]
    if feed is None or not changed:
        raise CorrectionRefused("No value was changed. Change what is wrong, and send it again.")
    original = rows[0].delivery
    sent: list[Delivery] = []
    for names in dict.fromkeys(tuple(values) for _, values in changed):
        together = [(line, values) for line, values in changed if tuple(values) == names]
        [delivery] = accept(
            by=by.actor,
            feed=feed,
            filename=original.filename,
            stream=io.BytesIO(_as_csv(names, [values for _, values in together])),
            corrects=original,
        )
        ids = {each for line, _ in together for each in line.rows}
        _mark([row for row in rows if row.pk in ids], delivery)
        sent.append(delivery)
    return sent


def _mark(rows: Sequence[QuarantinedRow], delivery: Delivery) -> None:
    """Say in which delivery rows were sent again, unless somebody did so meanwhile."""
    marked = 0
    for before in {row.retried_in_id for row in rows}:
        ids = [row.pk for row in rows if row.retried_in_id == before]
        same = QuarantinedRow.objects.filter(pk__in=ids, retried_in_id=before)
        marked += same.update(retried_in=delivery)
    if marked < len(rows):
        raise CorrectionRefused("Somebody has just sent some of these rows again. Look once more.")


def waiting_rows(
    viewer: Viewer, delivery_id: int, *, around: Sequence[int] = ()
) -> models.QuerySet[QuarantinedRow]:
    """A delivery’s rows that wait to be put right, of the viewer’s own agency, in order.

    With `around`, those of the same lines as some rows and no more than are near them.
    """
    rows = QuarantinedRow.objects.filter(
        WAITS_STILL, delivery_id=delivery_id, agency_id=viewer.agency_id, emptied=None
    )
    if around:
        near = (min(around) - PARTS_OF_A_LINE, max(around) + PARTS_OF_A_LINE)
        rows = rows.filter(pk__range=near)
    return rows.select_related("feed__agency", "delivery").order_by("pk")


def _corrected(line: LineToCorrect, said: Mapping[str, str]) -> dict[str, str]:
    values = {name: said.get(name, value) for name, value in line.values.items()}
    for name, value in values.items():
        if len(value) > LONGEST or "\0" in value:
            raise CorrectionRefused(f"{line.row}, {name}: this is too long, or is not text.")
    return values


def _reads(source: Source, filename: str, names: Sequence[str]) -> bool:
    return source.recognises(filename, _as_csv(names, []))


def _as_csv(names: Sequence[str], lines: Iterable[Mapping[str, str]]) -> bytes:
    written = io.StringIO()
    rows = csv.DictWriter(written, names, lineterminator="\r\n")
    rows.writeheader()
    rows.writerows(lines)
    return written.getvalue().encode()
