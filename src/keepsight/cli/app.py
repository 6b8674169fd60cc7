"""The commands. Each sets its process up and calls one thing; errors are one sentence.

What a command needs is imported inside it: Django's models can be imported only once the process
is set up, and `keepsight docs` needs no database at all.
"""

import os
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from keepsight.cli import process
from keepsight.cli.auditing import audit
from keepsight.cli.benches import bench
from keepsight.cli.clients import clients
from keepsight.cli.county import county
from keepsight.cli.detecting import detect
from keepsight.cli.errors import Unusable
from keepsight.cli.feeds import feeds
from keepsight.cli.holds import holds
from keepsight.cli.identity import identity
from keepsight.cli.indicators import indicators
from keepsight.cli.people import people
from keepsight.cli.sources import sources
from keepsight.engines.errors import EngineUnusable
from keepsight.engines.roles import DatabaseUnreachable

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Keep sight of every child.",
)
database = typer.Typer(no_args_is_help=True, help="The database that Keepsight stands on.")
app.add_typer(database, name="database")
app.add_typer(county, name="county")
app.add_typer(people, name="people")
app.add_typer(audit, name="audit")
app.add_typer(feeds, name="feeds")
app.add_typer(holds, name="holds")
app.add_typer(clients, name="clients")
app.add_typer(identity, name="identity")
app.add_typer(indicators, name="indicators")
app.add_typer(sources, name="sources")
app.add_typer(detect, name="detect")
app.add_typer(bench, name="bench")


def main() -> None:
    """Run a command; a fault that a person can mend is a sentence, not a traceback."""
    try:
        app()
    except (DatabaseUnreachable, EngineUnusable, Unusable) as fault:
        typer.secho(str(fault), fg="red", err=True)
        sys.exit(1)


@database.command("prepare")
def prepare_database() -> None:
    """Start or reach PostgreSQL, make the four roles, and bring the tables up to date."""
    process.begin("app")
    process.migrate()
    typer.echo("The database is ready.")


@database.command("migrate", hidden=True)
def migrate() -> None:
    """Bring the tables up to date, as their owner."""
    process.begin("owner")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@app.command()
def demo(
    children: Annotated[int, typer.Option(min=100, max=1_000_000)] = 2_000,
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8_000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop before serving.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the last demo first.")] = False,
) -> None:
    """Make a made-up county, take its feeds in, find what there is, and serve the pages."""
    from keepsight.cli.demo import run

    run(children=children, port=port, serve=not no_serve, fresh=fresh)


@app.command()
def serve(port: Annotated[int, typer.Option(min=1, max=65_535)] = 8_000) -> None:
    """Serve the pages on this machine."""
    from keepsight.cli.serving import serve as run

    process.begin("app")
    process.migrate()
    run(port)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    feed: Annotated[
        str, typer.Option(help="The feed that sent them; without it they go to “unassigned”.")
    ] = "",
    received: Annotated[str, typer.Option(help="A demo only: the day received.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Take files in, and say of each what became of its rows."""
    process.begin("batch", demo=os.environ.get("KEEPSIGHT_DEMO") == "1")
    process.migrate()
    from keepsight.cli.ingesting import ingest as run

    run(paths, feed_key=feed, received=_day(received), as_json=as_json)


@app.command()
def send(
    files: Annotated[list[Path], typer.Argument(help="Files to hand over.")],
    feed: Annotated[str, typer.Option(help="The key of the feed that they are of.")],
) -> None:
    """Hand files over to be taken in by `keepsight work`; each gets the number of a delivery."""
    from keepsight.cli.feeds import feed_or_unusable

    found = feed_or_unusable(feed)
    from keepsight.cli.handing_over import send as run

    for delivery in run(files, found):
        typer.echo(f"{delivery.filename} is accepted as delivery {delivery.pk}.")


@app.command("check")
def check_return(
    files: Annotated[list[Path], typer.Argument(help="A file; of SSDA903 all, or a folder.")],
    format: Annotated[
        str, typer.Option("--as", help="The format, such as cin or ssda903; told from the file.")
    ] = "",
    year: Annotated[
        int | None, typer.Option(help="SSDA903: the year in which the return’s year ends.")
    ] = None,
    before: Annotated[
        list[Path] | None, typer.Option(help="SSDA903: last year’s files, or their folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say what is wrong with a return; nothing is taken in. Ends with 1 if there are errors."""
    from rich.console import Console

    from keepsight.cli.checking import check as run

    code = run(
        files,
        format=format,
        year=year,
        before=before or [],
        as_json=as_json,
        console=Console(),
        complaints=Console(stderr=True),
    )
    raise typer.Exit(code)


@app.command()
def night() -> None:
    """The nightly pass: link, detect, read the clocks, count."""
    process.begin("batch", demo=os.environ.get("KEEPSIGHT_DEMO") == "1")
    process.migrate()
    from keepsight.cli.nightly import night as run

    run()


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits now, and end.")] = False,
    only: Annotated[str, typer.Option(help="Of arrivals and files, this alone.")] = "",
) -> None:
    """Take up reports as they arrive, and files as they are sent, uploaded or dropped.

    `keepsight serve` starts a worker for each.
    """
    process.begin("batch", demo=process.is_demo())
    process.migrate()
    from keepsight.cli.working import Part
    from keepsight.cli.working import work as run

    if only and only not in set(Part):
        raise Unusable(f"--only takes {' or '.join(Part)}, not “{only}”.")
    run(once=once, only=Part(only) if only else None)


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail if stale.")] = False,
) -> None:
    """Write the reference that is made from code (or say what of it is stale)."""
    from keepsight.cli.docs import write_docs

    stale = write_docs(check=check)
    if check and stale:
        raise Unusable(f"Stale: {', '.join(stale)}. Run `./run fix`.")


def _day(text: str) -> datetime | None:
    if not text:
        return None
    from keepsight.kernel.calendar import LONDON

    try:
        return datetime.combine(date.fromisoformat(text), time(6), tzinfo=LONDON)
    except ValueError:
        raise Unusable(f"--received takes a day such as 2026-03-02, not “{text}”.") from None
