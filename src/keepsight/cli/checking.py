"""`keepsight check`: what is wrong with a return, as a table for a person or as JSON for a machine.

No database is needed and nothing is written.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from keepsight.intake.checking import FORMATS, Checked, check_files, format_of
from keepsight.intake.rows import FileRefused
from keepsight.kernel.checks import Severity

CLEAN, ERRORS, UNREADABLE = 0, 1, 2
"""What the command gives back to the shell."""

MOST_SHOWN = 200
"""Findings that a terminal is given; JSON has all."""


def check(
    paths: Sequence[Path],
    *,
    format: str,
    year: int | None,
    before: Sequence[Path],
    as_json: bool,
    console: Console,
    complaints: Console,
) -> int:
    """Check files, print what was found, and give the number to end with."""
    try:
        if format and format not in FORMATS:
            raise FileRefused(f"There is no format “{format}”. There are: {', '.join(FORMATS)}.")
        checked = check_files(paths, format or format_of(paths), year=year, before=before)
    except FileRefused as refusal:
        if as_json:
            _print_json(
                console, {"files": _names(paths), "format": format, "refused": str(refusal)}
            )
        else:
            complaints.print(str(refusal), style="red", markup=False, highlight=False)
        return UNREADABLE
    if as_json:
        _print_json(console, as_data(paths, checked))
    else:
        _print(console, paths, checked)
    return ERRORS if checked.errors else CLEAN


def as_data(paths: Sequence[Path], checked: Checked) -> dict[str, object]:
    """All that was found, in a shape that stays the same."""
    return {
        "file": paths[0].name,
        "files": _names(paths),
        "format": checked.format,
        "year": checked.year,
        "rows": checked.rows,
        "counts": {
            "errors": checked.errors,
            "queries": len(checked.findings) - checked.errors,
            "by_rule": dict(sorted(Counter(each.rule for each in checked.findings).items())),
        },
        "findings": [each._asdict() for each in checked.findings],
    }


def _names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]


def _print_json(console: Console, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _print(console: Console, paths: Sequence[Path], checked: Checked) -> None:
    ends = f", for the year that ends in {checked.year}" if checked.year else ""
    queries = len(checked.findings) - checked.errors
    found = f"{_counted(checked.errors, 'error')}, {_counted(queries, 'query', 'queries')}"
    title = f"{', '.join(_names(paths))} ({checked.format}{ends}): {checked.rows:,} rows, {found}."
    console.print(title, markup=False, highlight=False, soft_wrap=True)
    if not checked.findings:
        console.print("Nothing was found to be wrong.")
        return
    table = Table(show_lines=False)
    for name in ("rule", "row", "field", "value", "what is wrong", "what to do"):
        table.add_column(name, overflow="fold")
    for each in checked.findings[:MOST_SHOWN]:
        rule = each.rule if each.severity is Severity.ERROR else f"{each.rule} (query)"
        row = f"{each.row} ({each.child})" if each.child else each.row
        cells = (rule, row, each.field, each.value, each.says, each.remedy)
        table.add_row(*map(Text, cells))
    console.print(table)
    if (left := len(checked.findings) - MOST_SHOWN) > 0:
        console.print(f"{left:,} more; --json gives them all.", highlight=False)
    counts = Counter(each.rule for each in checked.findings)
    listed = ", ".join(f"{rule} ({count:,})" for rule, count in counts.most_common())
    console.print(f"By rule: {listed}.", markup=False, highlight=False, soft_wrap=True)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
