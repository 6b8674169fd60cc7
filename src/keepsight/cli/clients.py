"""`keepsight clients`: agencies’ systems that send what cannot wait, let in and shut out."""

import uuid
from typing import Annotated

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

clients = typer.Typer(no_args_is_help=True, help="Agencies’ systems that send what cannot wait.")


@clients.command("list")
def list_clients() -> None:
    """Every client: its id, name, feed, and whether it has ended."""
    _begin()
    from keepsight.cli.report_clients import print_clients

    print_clients()


@clients.command()
def add(
    feed: Annotated[str, typer.Argument(help="The key of the feed that it sends by.")],
    name: Annotated[str, typer.Option(help="What the system is called.")],
) -> None:
    """Let a system send by a feed. Its secret is shown this once and never again."""
    _begin()
    from keepsight.access.actions.clients import ClientRefused, add_client
    from keepsight.audit.actor import system
    from keepsight.chronology.queries import feed_by_key, feed_keys
    from keepsight.kernel.sending import SOURCE

    found = feed_by_key(feed)
    if found is None:
        known = ", ".join(feed_keys()) or "none yet"
        raise Unusable(f"There is no feed “{feed}”. The feeds are: {known}.")
    if found.source != SOURCE:
        raise Unusable(
            f"The feed “{feed}” is one of files. Add one of the format "
            f"{SOURCE} for the same agency."
        )
    try:
        made = add_client(
            by=system("command line"), name=name, agency_id=found.agency_id, feed_id=found.pk
        )
    except ClientRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"client_id      {made.client_id}")
    typer.echo(f"client_secret  {made.secret}")
    typer.echo("Keep the secret where the system reads it: it is shown this once.")


@clients.command()
def end(
    client_id: Annotated[str, typer.Argument(help="The id of the client.")],
    reason: Annotated[str, typer.Option(help="Why. It is written down.")],
) -> None:
    """Shut a system out at once, with every token that it holds."""
    _begin()
    from keepsight.access.actions.clients import ClientRefused, end_client
    from keepsight.audit.actor import system

    try:
        end_client(by=system("command line"), client_id=uuid.UUID(client_id), reason=reason)
    except ClientRefused as refused:
        raise Unusable(str(refused)) from None
    except ValueError:
        raise Unusable(f"“{client_id}” is no client’s id. See `keepsight clients list`.") from None
    typer.echo("The client is shut out.")


def _begin() -> None:
    process.begin("batch", demo=process.is_demo())
    process.migrate()
