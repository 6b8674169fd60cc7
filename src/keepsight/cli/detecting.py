"""`keepsight detect`: the indicators put to today and to the past. It prints counts and no name."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from keepsight.cli import process
from keepsight.cli.errors import Unusable
from keepsight.engines.paths import var
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.former import FORMER
from keepsight.kernel.indicators.indicator import Indicator

if TYPE_CHECKING:
    from keepsight.audit.actor import Actor
    from keepsight.detection.replaying import Weighed

detect = typer.Typer(no_args_is_help=True, help="Put the indicators to today and to the past.")

Codes = Annotated[
    list[str] | None,
    typer.Option("--indicator", help="Only this one, or a version: code@1; repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@detect.command("now")
def now() -> None:
    """Put the catalogue to every child as of today, as the night does, and to nothing else."""
    by = _begun("detection by hand")
    from keepsight.detection.actions import detect as run

    done = run(by=by, folder=var() / "night")
    typer.echo(
        f"{done.begun:,} alerts begun, {done.returned:,} back to be read,"
        f" {done.ended:,} no longer met."
    )


@detect.command("replay")
def replay(
    on: Annotated[str, typer.Option(help="The day, as 2026-03-31: on what was known then.")],
    indicator: Codes = None,
    as_json: AsJson = False,
) -> None:
    """How many children met each indicator on a day, from what was known by its end."""
    day, chosen = _day(on), _chosen(indicator)
    by = _begun()
    from keepsight.detection.replaying import replay as run

    found = run(by=by, folder=var() / "night", indicators=chosen, day=day)
    counts = {each.code: 0 for each in chosen}
    for finding in found:
        counts[finding.code] += 1
    children = len({finding.child_id for finding in found})
    if as_json:
        typer.echo(json.dumps({"day": str(day), "children": children, "indicators": counts}))
        return
    table = Table(title=f"Met on {day}, as known then", title_justify="left")
    table.add_column("Indicator")
    table.add_column("Children", justify="right")
    for each in chosen:
        table.add_row(each.title, f"{counts[each.code]:,}")
    Console().print(table)
    typer.echo(f"{children:,} children met one or more.")


@detect.command("weigh")
def weigh(
    until: Annotated[str | None, typer.Option(help="The last day, as 2026-03-31; today.")] = None,
    weeks: Annotated[int, typer.Option(min=1, max=520)] = 52,
    budget: Annotated[
        int | None, typer.Option(min=1, help="Alerts a week that your people can read.")
    ] = None,
    indicator: Codes = None,
    as_json: AsJson = False,
) -> None:
    """How many alerts a week the indicators would have raised, on what was known in each week."""
    chosen = _chosen(indicator)
    last = _day(until) if until else None
    by = _begun()
    from keepsight.access.clock import today
    from keepsight.detection.replaying import weigh as run

    done = run(by=by, folder=var() / "night", indicators=chosen, until=last or today(), weeks=weeks)
    if as_json:
        said = {code: round(done.a_week(code), 2) for code in done.met}
        concerns = {concern: round(sum(each) / weeks, 2) for concern, each in done.raised.items()}
        whole = {
            "weeks": weeks,
            "met_a_week": said,
            "alerts_a_week": concerns,
            "together": round(done.together, 2),
        }
        typer.echo(json.dumps(whole | ({"budget": budget} if budget else {})))
        return
    Console().print(_weighed(done, chosen))
    Console().print(_by_concern(done))
    typer.echo(f"Together {done.together:.1f} a week, over {weeks} weeks to {done.weeks[-1]}.")
    if budget:
        typer.echo(_against(budget, done.together))


@detect.command("evaluate")
def evaluate(
    county: Annotated[Path, typer.Option(help="A folder that `keepsight county make` wrote.")],
    every: Annotated[int, typer.Option(min=1, max=4, help="Weeks between two days.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Take a made-up county in, put the catalogue to its past, and measure it by the truth."""
    if not (county / "county.json").is_file():
        raise Unusable(f"{county} is not a county: make one with `keepsight county make`.")
    from keepsight.cli.detection.running import replayed, take_in
    from keepsight.cli.detection.saying import as_data, say
    from keepsight.synthetic import load_county
    from keepsight.synthetic.reading.exploited import exploited

    county = county.resolve()
    made, console = load_county(county), Console(stderr=as_json)
    with console.status("") as status:
        take_in(made, status.update)
        done = replayed(made, county, every, status.update)
    truth = exploited(county)
    if as_json:
        typer.echo(json.dumps(as_data(done, truth), ensure_ascii=False))
    else:
        console.print(f"The county’s seed is {made.seed}.", highlight=False)
        say(console, done, truth)


def _weighed(done: "Weighed", chosen: list[Indicator]) -> Table:
    rows = [(each.title, done.met[each.code]) for each in chosen]
    return _a_week("Children who would have met an indicator anew", "Indicator", rows)


def _by_concern(done: "Weighed") -> Table:
    rows = [(concern.in_words, counts) for concern, counts in done.raised.items()]
    return _a_week("Alerts: indicators of one concern that a child meets are one", "Concern", rows)


def _a_week(title: str, of: str, rows: list[tuple[str, tuple[int, ...]]]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(of)
    for name in ("A week", "Most in one week"):
        table.add_column(name, justify="right")
    for name, counts in rows:
        table.add_row(name, f"{sum(counts) / len(counts):.1f}", f"{max(counts):,}")
    return table


def _against(budget: int, together: float) -> str:
    if together <= budget:
        return f"That is within the {budget:,} that your people can read in a week."
    return (
        f"That is {together - budget:.1f} a week more than the {budget:,} that your people can"
        " read. Nothing is hidden for it: change the settings, or find more time to read."
    )


def _begun(name: str = "replay") -> "Actor":
    process.begin("batch", demo=process.is_demo())
    process.migrate()
    from keepsight.audit.actor import system

    return system(name)


def _chosen(codes: list[str] | None) -> list[Indicator]:
    known = {each.code: each for each in CATALOGUE}
    versions = {f"{each.code}@{each.version}": each for each in (*CATALOGUE, *FORMER)}
    unheard = [code for code in codes or () if code not in known | versions]
    if unheard:
        raise Unusable(f"There is no indicator “{unheard[0]}”. There are: {', '.join(known)}.")
    chosen = [(known | versions)[code] for code in codes or known]
    if len({each.code for each in chosen}) < len(chosen):
        raise Unusable("Choose each indicator once: put two versions of one to the past in turn.")
    return chosen


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"“{text}” is not a day: write it as 2026-03-31.") from None
