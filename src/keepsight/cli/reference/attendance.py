"""The page of school attendance codes."""

from collections.abc import Sequence

from keepsight.cli.reference.markdown import day, in_words, period, spaced, table
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES, AttendanceCode, reduced
from keepsight.kernel.vocabulary.reduced_codes import REDUCTIONS, STANDS_FOR

TITLE = "School attendance codes"
ABOUT = (
    "Each code while one set of regulations gives its meaning. What may leave education is the "
    "reduced mark and no code: illness, belief, travelling and detention are nobody else’s."
)
HEADING = (
    *("Code", "Meaning", "Category", "Possible session", "Counts as absence"),
    *("Reduced mark outside education", "How far confirmed"),
)


def body() -> str:
    return f"{_rules()}\n{_reduced()}"


def _reduced() -> str:
    rows = (
        (
            f"`{each.code}`",
            each.tells_of,
            f"`{each.becomes}`",
            STANDS_FOR[each.becomes].meaning,
            period(each.in_force_from, each.in_force_until),
            in_words(each.mark),
        )
        for each in REDUCTIONS
    )
    heading = ("Code", "Tells of", "Becomes", "Which says", "In force", "How far confirmed")
    return (
        "## Reduced at the door\n\nWhere a feed says so, these are stored as marks of "
        "Keepsight’s own, in marks and in counts of a term. How a session counts stays the "
        f"same.\n\n{table(heading, rows)}"
    )


def _rules() -> str:
    sets = dict.fromkeys((row.source, row.in_force_from) for row in ATTENDANCE_CODES)
    ordered = sorted(sets, key=lambda each: each[1], reverse=True)
    return "\n".join(
        _section([row for row in ATTENDANCE_CODES if row.source == source]) for source, _ in ordered
    )


def _section(rows: Sequence[AttendanceCode]) -> str:
    first = rows[0]
    until = f" to {day(first.in_force_until)}" if first.in_force_until else ""
    heading = f"## {first.source}, from {day(first.in_force_from)}{until}"
    return f"{heading}\n\n{table(HEADING, map(_row, rows))}"


def _row(row: AttendanceCode) -> tuple[str, ...]:
    return (
        f"`{row.code}`",
        row.meaning,
        spaced(row.category.value),
        "yes" if row.possible else "no",
        "yes" if row.absent else "no",
        spaced(reduced(row).value),
        in_words(row.mark),
    )
