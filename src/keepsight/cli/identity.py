"""`keepsight identity`: who is one child, and how well that is told."""

from typing import Annotated

import typer

identity = typer.Typer(no_args_is_help=True, help="Who is one child, and how well that is told.")


@identity.callback()
def identity_commands() -> None:
    """Who is one child, and how well that is told."""


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
