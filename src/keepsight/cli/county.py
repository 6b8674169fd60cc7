"""`keepsight county`: make a made-up county, tell its stories, and hold it beside England."""

import json
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from keepsight.cli.errors import Unusable
from keepsight.synthetic.period import USUAL_DAY as THE_DAY
from keepsight.synthetic.period import WEEKS

USUAL_DAY = THE_DAY.isoformat()

county = typer.Typer(
    no_args_is_help=True,
    help="A made-up county, whose truth is known, in its agencies’ own files.",
)

Children = Annotated[int, typer.Option(min=100, max=1_000_000, help="Children aged 0 to 17.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed makes the same county.")]
Day = Annotated[str, typer.Option("--today", help="The first day after the county’s time.")]


@county.command()
def make(
    out: Annotated[Path, typer.Option(help="An empty folder, or one that held a county.")],
    children: Children = 10_000,
    seed: Seed = 7,
    today: Day = USUAL_DAY,
    weeks: Annotated[int, typer.Option(min=26, max=156, help="How long it lives.")] = WEEKS,
) -> None:
    """Write what every agency of a county sends over two years; the truth goes apart from it."""
    from keepsight.synthetic import write_county
    from keepsight.synthetic.make import holds_only_a_county

    if not holds_only_a_county(out):
        raise Unusable(f"{out} holds something that is no county. Name an empty folder.")
    begun, console = monotonic(), Console()
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("Making districts", total=None)

        def tell(step: str, at: int, of: int) -> None:
            progress.update(bar, description=f"Making {step}", completed=at, total=of)

        made = write_county(
            out, children=children, seed=seed, today=_day(today), weeks=weeks, progress=tell
        )
    console.print(
        f"{children:,} children in {len(made.areas)} districts, {len(made.agencies):,} agencies, "
        f"{len(made.deliveries):,} files, in {monotonic() - begun:.0f} s.\n"
        f"The files are in {out / 'feeds'}, the truth in {out / 'truth'}, and what the county is "
        f"and is not in {out / 'DATA_CARD.md'}.",
        highlight=False,
        soft_wrap=True,
    )


@county.command()
def describe(
    folder: Annotated[Path, typer.Argument(help="A folder that `county make` wrote.")],
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Print a county’s rates beside the published ones, with their sources and marks."""
    from keepsight.synthetic.reading.describe import describe as measure

    try:
        found = measure(folder)
    except FileNotFoundError:
        raise Unusable(
            f"There is no county in {folder}. Make one: keepsight county make."
        ) from None
    if as_json:
        rows = [
            {
                "key": each.key,
                "title": each.figure.title,
                "unit": each.figure.unit.value,
                "published": each.figure.value,
                "county": round(each.value, 3),
                "holds": each.holds,
                "year": each.figure.year,
                "source": each.figure.source,
                "mark": each.figure.mark,
            }
            for each in found
        ]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("figure", "unit"):
        table.add_column(heading)
    for heading in ("published", "county"):
        table.add_column(heading, justify="right")
    for heading in ("", "source", "mark"):
        table.add_column(heading)
    for each in found:
        figure = each.figure
        table.add_row(
            figure.title,
            figure.unit.value,
            f"{figure.value:,.6g}",
            f"{each.value:,.4g}",
            "" if each.holds else "outside",
            f"{figure.source}, {figure.year}",
            figure.mark,
        )
    console = Console()
    console.print(table)
    outside = [each.figure.title for each in found if not each.holds]
    console.print(
        f"{len(found)} figures; {len(outside)} outside their bounds"
        f"{': ' + ', '.join(outside) if outside else ''}. "
        "Mark M: from memory of the source, not confirmed against it.",
        highlight=False,
        soft_wrap=True,
    )


@county.command()
def story(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="How many stories.")] = 10,
    seed: Seed = 7,
    children: Children = 10_000,
    today: Day = USUAL_DAY,
    only: Annotated[int, typer.Option(help="The story of this number alone.")] = 0,
) -> None:
    """Print N children’s stories: every record of every agency, and who could see which."""
    from keepsight.cli.county_story import print_story
    from keepsight.synthetic.reading.story import stories

    told = stories(children, seed, _day(today))
    chosen = (each for each in told if each.number == only) if only else islice(told, count)
    printed = 0
    for each in chosen:
        print_story(Console(), each)
        printed += 1
        if only:
            break
    if not printed:
        raise Unusable(f"The county has no story of number {only}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"--today takes a day such as 2026-07-01, not “{text}”.") from None
