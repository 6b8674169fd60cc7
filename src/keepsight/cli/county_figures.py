"""A county's figures on a terminal or for a program, beside the published ones."""

from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from keepsight.cli.errors import Unusable
from keepsight.synthetic.reading.describe import describe
from keepsight.synthetic.reading.measured import Measured

OWN = "Our own assumption"
MARKS = (
    "Marks: V read in the source itself; V2 read in a second source; D worked out from a figure of "
    "the source; M from memory of the source, not confirmed."
)
NARROWEST = 120
"""Columns of text that the table needs; a narrower terminal would break its words."""


def measured(folder: Path) -> tuple[Measured, ...]:
    """The figures of the county in a folder; `Unusable` says what is wrong with the folder."""
    import duckdb

    try:
        return describe(folder)
    except FileNotFoundError as missing:
        if (folder / "county.json").exists():
            raise Unusable(
                f"A file of the county is missing: {missing.filename}. Make the county again."
            ) from None
        raise Unusable(
            f"There is no whole county in {folder}. Make one: keepsight county make --out {folder}"
        ) from None
    except NotADirectoryError:
        raise Unusable(f"{folder} is a file. Name the folder of a county.") from None
    except (duckdb.Error, ValueError, KeyError, TypeError, SyntaxError) as fault:
        first = str(fault).splitlines()[0]
        raise Unusable(
            f"The county in {folder} cannot be read: {first}. Make the county again."
        ) from None


def as_rows(found: tuple[Measured, ...]) -> list[dict[str, Any]]:
    """The figures for a program."""
    return [
        {
            "key": each.key,
            "title": each.figure.title,
            "unit": each.figure.unit.value,
            "published": each.figure.value,
            "within": round(each.allowed, 3),
            "county": round(each.value, 3),
            "counted": round(each.counted),
            "holds": each.holds,
            "year": each.figure.year,
            "source": each.figure.source,
            "mark": each.figure.mark,
        }
        for each in found
    ]


def print_figures(console: Console, found: tuple[Measured, ...]) -> None:
    """A table, what lies outside its bounds, the sources by number, and what the marks mean."""
    published = [each for each in found if each.figure.source != OWN]
    sources = list(dict.fromkeys(each.figure.source for each in published))
    console.width = max(console.width, NARROWEST)
    table = _table()
    for each in published:
        table.add_row(*_row(each), each.figure.year, str(sources.index(each.figure.source) + 1))
    table.add_section()
    for each in found:
        if each.figure.source == OWN:
            table.add_row(*_row(each), "", "ours")
    console.print(table)
    outside = [each.figure.title for each in found if not each.holds]
    lines = [
        f"{len(found)} figures; {len(outside)} outside their bounds"
        f"{': ' + '; '.join(outside) if outside else ''}. A bound is what chance does to a count "
        "of that size, and a share of the figure. “ours”: our own assumption, which nobody "
        "published.",
        MARKS,
        "Sources:",
        *(f"{number:3} {source}" for number, source in enumerate(sources, 1)),
    ]
    console.print("\n".join(lines), highlight=False, soft_wrap=True)


def _table() -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("figure", "unit"):
        table.add_column(heading)
    for heading in ("published", "within ±", "county", "counted"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("verdict", "mark", "year", "source"):
        table.add_column(heading, no_wrap=True)
    return table


def _row(each: Measured) -> tuple[str, ...]:
    figure = each.figure
    return (
        figure.title,
        figure.unit.value,
        f"{figure.value:,.6g}",
        f"{each.allowed:,.3g}",
        f"{each.value:,.4g}",
        f"{each.counted:,.0f}",
        "" if each.holds else "outside",
        figure.mark,
    )
