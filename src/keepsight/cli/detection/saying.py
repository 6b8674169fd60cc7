"""What detection found of a made-up county, on a terminal or for a program."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from keepsight.cli.detection.measuring import (
    Found,
    Joining,
    by_group,
    by_indicator,
    figures,
    found_by_no_other,
    joining,
)
from keepsight.cli.detection.naive import NAIVE
from keepsight.cli.detection.running import Replayed
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.reading.exploited import Exploited

WIDTH = 28
"""Letters of a name that a terminal of eighty columns has room for."""

MEANT = (
    "Alerts: one is open for a child and a concern, whatever is met; it is over when nothing was"
    " met for four weeks. Each: alerts for each exploited child found. Early: days before any"
    " agency’s own suspicion, the median. First: found before any agency suspected it. Alone:"
    " found, and suspected by nobody. Only: found by no other indicator."
)

HONEST = (
    "The children and all that happens to them are made up, by the same hands as the rules. These"
    " figures tell whether the rules do what they say, and which children they miss. How often"
    " real exploitation would be found, nobody can say from them."
)

CATALOGUE_ON_ALL = "the catalogue, on all agencies’ records"


def as_data(done: Replayed, truth: Sequence[Exploited]) -> dict[str, Any]:
    """Every figure, for a program."""
    alone = found_by_no_other(done.catalogue, truth)
    return {
        "days": [str(day) for day in done.days],
        "ways": {way: _data(found) for way, found in _ways(done, truth).items()},
        "best_single_agency": _best(done, truth),
        "joining": asdict(joining(done.catalogue, done.alone, truth)),
        "indicators": {
            code: _data(found) | {"found_by_no_other": alone[code]}
            for code, found in by_indicator(done.catalogue, truth).items()
        },
        "groups": by_group(done.catalogue, truth),
    }


def say(console: Console, done: Replayed, truth: Sequence[Exploited]) -> None:
    """The tables, and what they cannot tell."""
    ways = _ways(done, truth)
    first, *_, last = done.days
    whole = ways[CATALOGUE_ON_ALL]
    console.print(
        f"{len(done.days)} days from {first} to {last}, each on what was known by its end. "
        f"{whole.children:,} children are exploited; of {whole.touched:,} of them some agency holds"
        " a record of it.",
        highlight=False,
    )
    console.print(_table("What found them", ways))
    console.print(
        f"The {whole.alerts:,} alerts are {whole.met:,} meetings of single indicators.",
        highlight=False,
    )
    console.print(_joining(joining(done.catalogue, done.alone, truth)), highlight=False)
    if best := _best(done, truth):
        console.print(f"The best single agency alone: {_title(best)}.", highlight=False)
    console.print(_indicators(done, truth))
    for way, values in by_group(done.catalogue, truth).items():
        console.print(_groups(way, values, whole.share))
    console.print(MEANT, highlight=False)
    console.print(HONEST, highlight=False)


def _ways(done: Replayed, truth: Sequence[Exploited]) -> dict[str, Found]:
    alone = {
        f"the catalogue, on {_title(kind)} alone": figures(met, truth)
        for kind, met in sorted(done.alone.items())
    }
    return {
        CATALOGUE_ON_ALL: figures(done.catalogue, truth),
        **alone,
        f"a naive rule: {NAIVE.title.lower()}": figures(done.naive, truth),
    }


def _best(done: Replayed, truth: Sequence[Exploited]) -> str | None:
    """The kind of agency whose records alone find most; of those that find as many, with fewest
    alerts.
    """
    found = {kind: figures(met, truth) for kind, met in sorted(done.alone.items())}
    return max(found, key=lambda kind: (found[kind].found, -found[kind].alerts), default=None)


def _title(kind: str) -> str:
    return AgencyKind(kind).in_words


def _joining(joined: Joining) -> str:
    if joined.found == 0:
        return "No exploited child was found."
    earlier = (
        ""
        if joined.earlier is None
        else f" The median of the days between is {joined.earlier:.0f}"
        " for those whom one kind would have found too."
    )
    return (
        f"Of the {joined.found:,} found, {joined.before:,} were found before the same rules on any"
        f" one kind of agency’s records would have; {joined.only:,} of them none would have."
        f"{earlier}"
    )


def _indicators(done: Replayed, truth: Sequence[Exploited]) -> Table:
    names = {each.code: each.title for each in CATALOGUE}
    only = found_by_no_other(done.catalogue, truth)
    table = _columns("Indicator by indicator", "Only")
    for code, found in by_indicator(done.catalogue, truth).items():
        _row(table, names[code], found, only[code])
    return table


def _table(title: str, rows: Mapping[str, Found]) -> Table:
    table = _columns(title, "Alone")
    for name, found in rows.items():
        _row(table, name, found, found.unsuspected)
    return table


def _columns(title: str, last: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", min_width=WIDTH)
    for name in ("Found", "Share", "Alerts", "Each", "Early", "First", last):
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _row(table: Table, name: str, found: Found, last: int) -> None:
    table.add_row(
        name,
        f"{found.found:,}",
        f"{found.share:.0%}",
        f"{found.alerts:,}",
        "" if found.alerts_a_child is None else f"{found.alerts_a_child:.1f}",
        "" if found.earlier is None else f"{found.earlier:.0f}",
        f"{found.first:,}",
        f"{last:,}",
    )


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
        "indicators_met": found.met,
        "alerts_a_child": found.alerts_a_child and round(found.alerts_a_child, 2),
        "children_flagged": found.flagged,
        "days_before_any_agency": found.earlier,
        "before_any_agency": found.first,
        "suspected_by_none": found.unsuspected,
    }
