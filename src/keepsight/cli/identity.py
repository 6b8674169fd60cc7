"""`keepsight identity`: who is one child, and how well that is told."""

import json
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from keepsight.cli.errors import Unusable

UNREADABLE = 2
"""What the command gives back to the shell where it could not measure."""

identity = typer.Typer(no_args_is_help=True, help="Who is one child, and how well that is told.")


@identity.callback()
def identity_commands() -> None:
    """Who is one child, and how well that is told."""


@identity.command("evaluate")
def evaluate(
    file: Annotated[Path, typer.Argument(help="A labelled CSV or Parquet file.")],
    truth: Annotated[str, typer.Option(help="Its column that is equal for records of one child.")],
    mapping: Annotated[
        Path | None, typer.Option(help="Which column is which (YAML); else told by their names.")
    ] = None,
    learn: Annotated[
        bool, typer.Option("--train", help="Learn the weights from this file, without its truth.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Measure linkage on records of which it is known who they are. Nothing is taken in."""
    try:
        _evaluate(file, truth, mapping, learn=learn, as_json=as_json)
    except Unusable as fault:
        if as_json:
            typer.echo(json.dumps({"file": file.name, "refused": str(fault)}, ensure_ascii=False))
        else:
            typer.secho(str(fault), fg="red", err=True)
        raise typer.Exit(UNREADABLE) from None


def _evaluate(file: Path, truth: str, mapping: Path | None, *, learn: bool, as_json: bool) -> None:
    from rich.console import Console

    from keepsight.cli.evaluate import measuring, reading, saying
    from keepsight.cli.evaluate.mapping import columns_of

    begun = monotonic()
    table = reading.read(file)
    columns = columns_of(table.column_names, truth, mapping)
    sample = reading.sample_of(table, truth, columns, further=learn)
    found = measuring.evaluate(sample, learn=learn, reading=monotonic() - begun)
    if as_json:
        data = {"file": file.name, **saying.as_data(sample, columns, found)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        saying.say(Console(), sample, columns, found)


@identity.command("trace")
def trace(
    limit: Annotated[int, typer.Option(min=1, help="Records to ask about at most.")] = 1_000,
    agency: Annotated[str, typer.Option(help="Only records of this agency, by its key.")] = "",
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Check the NHS numbers that agencies sent.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many would be asked about, and ask nobody.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Ask NHS number tracing about records without a number. Off unless it is set up."""
    from keepsight.cli.tracing import trace as run

    run(limit=limit, agency_key=agency, numbers=numbers, dry_run=dry_run, as_json=as_json)
