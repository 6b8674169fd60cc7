"""`keepsight holds`: what must not be erased, whatever a clock says."""

from typing import Annotated, TypeVar
from uuid import UUID

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

T = TypeVar("T")

holds = typer.Typer(no_args_is_help=True, help="Legal holds: what must not be erased.")


@holds.command("list")
def list_holds() -> None:
    """Every hold that stands."""
    _begin()
    from keepsight.chronology.queries.holds import standing_holds

    for hold in standing_holds():
        typer.echo(f"{hold.pk}  {hold.placed:%Y-%m-%d}  {hold.title}: {hold.because}")


@holds.command()
def place(
    title: Annotated[str, typer.Option(help="What the hold is called.")],
    because: Annotated[str, typer.Option(help="Why. It is written down.")],
    feed: Annotated[str, typer.Option(help="Only what came by this feed.")] = "",
    agency: Annotated[str, typer.Option(help="Only what this agency sent.")] = "",
    area: Annotated[str, typer.Option(help="Only what agencies of this area sent.")] = "",
    child: Annotated[UUID | None, typer.Option(help="Only this child, by reference.")] = None,
) -> None:
    """Place a hold on what lies within all that is named; with nothing named, on everything."""
    _begin()
    from keepsight.agencies.queries import agency_by_key, areas
    from keepsight.audit.actor import system
    from keepsight.chronology.actions.holding import HoldRefused, place_hold
    from keepsight.chronology.queries import feed_by_key

    try:
        hold = place_hold(
            by=system("command line"),
            title=title,
            because=because,
            feed=_found("feed", feed, feed_by_key(feed)),
            agency=_found("agency", agency, agency_by_key(agency)),
            area=_found("area", area, {each.key: each for each in areas()}.get(area)),
            child_id=child,
        )
    except HoldRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"The hold {hold.pk} stands. Nothing within it is erased until it is lifted.")


@holds.command()
def lift(
    hold: Annotated[UUID, typer.Argument(help="The hold’s id.")],
    because: Annotated[str, typer.Option(help="Why. It is written down.")],
) -> None:
    """Lift a hold, once. What is past its time is erased in the next night."""
    _begin()
    from keepsight.audit.actor import system
    from keepsight.chronology.actions.holding import HoldRefused, lift_hold

    try:
        lift_hold(by=system("command line"), hold_id=hold, because=because)
    except HoldRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo("The hold is lifted.")


def _begin() -> None:
    process.begin("batch", demo=process.is_demo())
    process.migrate()


def _found(what: str, key: str, found: T | None) -> T | None:
    if key and found is None:
        raise Unusable(f"There is no {what} “{key}”.")
    return found
