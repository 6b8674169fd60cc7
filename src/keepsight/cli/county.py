"""`keepsight county`: make a made-up county, tell its stories, and hold it beside England."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

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

    day, begun, console = _day(today), monotonic(), Console()
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True)
    with _said_plainly(out), progress:
        bar = progress.add_task("Making districts", total=None)

        def tell(step: str, at: int, of: int) -> None:
            progress.update(bar, description=f"Making {step}", completed=at, total=of)

        made = write_county(
            out, children=children, seed=seed, today=day, weeks=weeks, progress=tell
        )
    console.print(
        f"{children:,} children in {len(made.areas)} districts, {len(made.agencies):,} agencies, "
        f"{len(made.deliveries):,} files, in {monotonic() - begun:.0f} s.\n"
        f"The files are in {out / 'feeds'}, the truth in {out / 'truth'}, and what the county is "
        f"and is not in {out / 'DATA_CARD.md'}.",
        highlight=False,
        soft_wrap=True,
    )


@contextmanager
def _said_plainly(out: Path) -> Iterator[None]:
    """What can go wrong with a folder or a day, in a sentence."""
    try:
        yield
    except KeyboardInterrupt:
        raise Unusable(
            f"Stopped. What is in {out} is no whole county; make it again to replace it."
        ) from None
    except NotADirectoryError:
        raise Unusable(f"{out} is a file, or lies in one. Name a folder.") from None
    except FileExistsError as held:
        raise Unusable(str(held)) from None
    except OSError as fault:
        raise Unusable(f"The county cannot be written to {out}: {fault.strerror}.") from None
    except ValueError as cannot:
        raise Unusable(str(cannot)) from None


@county.command()
def describe(
    folder: Annotated[Path, typer.Argument(help="A folder that `county make` wrote.")],
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Print a county’s rates beside the published ones, with their sources and marks."""
    from keepsight.cli.county_figures import as_rows, measured, print_figures

    found = measured(folder)
    if as_json:
        typer.echo(json.dumps(as_rows(found), indent=1, ensure_ascii=False))
    else:
        print_figures(Console(), found)


@county.command()
def story(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="How many stories.")] = 10,
    seed: Seed = 7,
    children: Children = 10_000,
    today: Day = USUAL_DAY,
    only: Annotated[int | None, typer.Option(min=1, help="The story of this number alone.")] = None,
) -> None:
    """Print N children’s stories: every record of every agency, and who could see which."""
    from keepsight.cli.county_story import print_story
    from keepsight.synthetic.reading.story import stories

    told, there = stories(children, seed, _day(today)), 0
    console = Console()
    for each in told if only else islice(told, count):
        there = each.number
        if only in (None, there):
            print_story(console, each)
        if only == there:
            return
    if only:
        raise Unusable(f"This county has {there} stories; there is no story {only}.")
    if there < count:
        console.print(f"\nThis county has {there} stories, and no more.", highlight=False)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise Unusable(f"--today takes a day such as 2026-07-01, not “{text}”.") from None
