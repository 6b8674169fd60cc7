"""What detection found of a made-up county, on a terminal or for a program."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from keepsight.cli.detection.measuring import Found, by_group, by_indicator, figures
from keepsight.cli.detection.naive import NAIVE
from keepsight.cli.detection.running import Replayed
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.reading.exploited import Exploited

WIDTH = 28
"""Letters of a name that a terminal of eighty columns has room for."""

MEANT = (
    "Each: alerts for each exploited child found. Early: days before any agency’s own suspicion,"
    " the median. First: found before any agency suspected it. Alone: found, and suspected by"
    " nobody."
)

HONEST = (
    "The children and all that happens to them are made up, by the same hands as the rules. These"
    " figures tell whether the rules do what they say, and which children they miss. How often"
    " real exploitation would be found, nobody can say from them."
)


def as_data(done: Replayed, truth: Sequence[Exploited]) -> dict[str, Any]:
    """Every figure, for a program."""
    return {
        "days": [str(day) for day in done.days],
        "ways": {way: _data(found) for way, found in _ways(done, truth).items()},
        "indicators": {
            code: _data(found) for code, found in by_indicator(done.catalogue, truth).items()
        },
        "groups": by_group(done.catalogue, truth),
    }


def say(console: Console, done: Replayed, truth: Sequence[Exploited]) -> None:
    """Four tables, and what they cannot tell."""
    ways = _ways(done, truth)
    first, *_, last = done.days
    whole = next(iter(ways.values()))
    console.print(
        f"{len(done.days)} days from {first} to {last}, each on what was known by its end. "
        f"{whole.children:,} children are exploited; of {whole.touched:,} of them some agency holds"
        " a record of it.",
        highlight=False,
    )
    console.print(_table("What found them", ways))
    names = {each.code: each.title for each in CATALOGUE}
    alone = by_indicator(done.catalogue, truth)
    console.print(_table("Indicator by indicator", {names[code]: alone[code] for code in alone}))
    for way, values in by_group(done.catalogue, truth).items():
        console.print(_groups(way, values, whole.share))
    console.print(MEANT, highlight=False)
    console.print(HONEST, highlight=False)


def _ways(done: Replayed, truth: Sequence[Exploited]) -> dict[str, Found]:
    alone = {
        f"the catalogue, on {AgencyKind(kind).in_words} alone": figures(met, truth)
        for kind, met in done.alone.items()
    }
    return {
        "the catalogue, on all agencies’ records": figures(done.catalogue, truth),
        **alone,
        f"a naive rule: {NAIVE.title.lower()}": figures(done.naive, truth),
    }


def _table(title: str, rows: Mapping[str, Found]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", min_width=WIDTH)
    for name in ("Found", "Share", "Alerts", "Each", "Early", "First", "Alone"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, found in rows.items():
        table.add_row(
            name,
            f"{found.found:,}",
            f"{found.share:.0%}",
            f"{found.alerts:,}",
            "" if found.alerts_a_child is None else f"{found.alerts_a_child:.1f}",
            "" if found.earlier is None else f"{found.earlier:.0f}",
            f"{found.first:,}",
            f"{found.unsuspected:,}",
        )
    return table


def _groups(way: str, values: Mapping[str, tuple[int, int]], whole: float) -> Table:
    table = Table(title=f"By {way}; of all {whole:.0%}", title_justify="left")
    table.add_column("")
    for name in ("Found", "Of", "Share"):
        table.add_column(name, justify="right")
    for value, (found, of) in values.items():
        table.add_row(value or "not said", f"{found:,}", f"{of:,}", f"{found / of:.0%}")
    return table


def _data(found: Found) -> dict[str, Any]:
    return {
        "exploited": found.children,
        "touched": found.touched,
        "found": found.found,
        "share": round(found.share, 4),
        "alerts": found.alerts,
        "alerts_a_child": found.alerts_a_child and round(found.alerts_a_child, 2),
        "children_flagged": found.flagged,
        "days_before_any_agency": found.earlier,
        "before_any_agency": found.first,
        "suspected_by_none": found.unsuspected,
    }
