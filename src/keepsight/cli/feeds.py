"""`keepsight feeds`: what governs each feed, switching it on and off, and how it stands."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

if TYPE_CHECKING:
    from keepsight.chronology.models import Feed

feeds = typer.Typer(no_args_is_help=True, help="What governs each feed, and how it stands.")

Key = Annotated[str, typer.Argument(help="The key of the feed.")]
AsJSON = Annotated[bool, typer.Option("--json", help="As JSON, for another program.")]


@feeds.command("list")
def list_feeds() -> None:
    """Every feed: its key, agency, state, cohort, and when it last came."""
    _begin()
    from keepsight.chronology.queries import every_feed
    from keepsight.cli.report_feeds import print_feeds

    print_feeds(every_feed())


@feeds.command()
def show(key: Key) -> None:
    """One feed: what is stated of it, what is missing, how it stands, what was purged of it."""
    feed = feed_or_unusable(key)
    from keepsight.cli.report_feeds import print_feed

    print_feed(feed)


@feeds.command()
def add(
    key: Key,
    title: Annotated[str, typer.Option(help="What people call it.")],
    agency: Annotated[str, typer.Option(help="The key of the agency that sends it.")],
    source: Annotated[str, typer.Option(help="Its format, by name: see the reference of files.")],
    rhythm_days: Annotated[
        int | None, typer.Option(min=1, help="How often it should come, in days.")
    ] = None,
) -> None:
    """Add a feed, switched off, or change its particulars."""
    _begin()
    from keepsight.agencies.queries import agency_by_key, agency_keys
    from keepsight.audit.actor import system
    from keepsight.chronology.actions.deliveries import register_feed
    from keepsight.intake.mappings import mapping_keys_of
    from keepsight.intake.recognise import SOURCES
    from keepsight.kernel.sending import SOURCE as REPORTS

    sender = agency_by_key(agency)
    if sender is None:
        known = ", ".join(agency_keys()) or "none yet"
        raise Unusable(f"There is no agency “{agency}”. The agencies are: {known}.")
    taken = [*(each.name for each in SOURCES), REPORTS, *mapping_keys_of(sender)]
    if source not in taken:
        known = ", ".join(taken)
        raise Unusable(f"Keepsight takes no format “{source}”. It takes: {known}.")
    register_feed(
        by=system("command line"),
        key=key,
        title=title,
        agency=sender,
        source=source,
        rhythm_days=rhythm_days,
    )
    typer.echo(f"{key} is there. `keepsight feeds show {key}` says what it needs.")


@feeds.command()
def govern(
    key: Key,
    controller: Annotated[str | None, typer.Option(help="Who answers for it.")] = None,
    gateway: Annotated[str | None, typer.Option(help="By what law it is sent.")] = None,
    purpose: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    necessity: Annotated[str | None, typer.Option(help="Why nothing less will do.")] = None,
    necessity_of_all: Annotated[
        str | None, typer.Option(help="For health content about every child: why all of them.")
    ] = None,
    assessment: Annotated[str | None, typer.Option(help="The impact assessment.")] = None,
    assessed: Annotated[str | None, typer.Option(help="The day on which it was made.")] = None,
    review_by: Annotated[str | None, typer.Option(help="By when it is to be reviewed.")] = None,
    cohort: Annotated[str | None, typer.Option(help="known, existence or all.")] = None,
    reduces_codes: Annotated[
        bool | None,
        typer.Option("--reduce-codes/--keep-codes", help="Reduce I, M, R, T and Y5 at the door."),
    ] = None,
) -> None:
    """State what governs a feed. What is left out stays as it was."""
    feed = feed_or_unusable(key)
    from dataclasses import replace

    from keepsight.audit.actor import system
    from keepsight.chronology.actions.governing import govern_feed
    from keepsight.chronology.governance import FeedRefused, governance_of, missing_from

    given = {
        "controller": controller,
        "gateway": gateway,
        "purpose": purpose,
        "necessity": necessity,
        "necessity_of_all": necessity_of_all,
        "assessment": assessment,
        "assessed": _day("--assessed", assessed),
        "review_by": _day("--review-by", review_by),
        "cohort": _cohort(cohort),
    }
    changed = {name: value for name, value in given.items() if value is not None}
    said = replace(governance_of(feed), **changed)  # type: ignore[arg-type]
    reduces = feed.reduces_codes if reduces_codes is None else reduces_codes
    try:
        govern_feed(by=system("command line"), feed=feed, governance=said, reduces_codes=reduces)
    except FeedRefused as refused:
        raise Unusable(str(refused)) from None
    lacking = [each.sentence for each in missing_from(feed, said)]
    typer.echo("\n".join(lacking) if lacking else f"Nothing is missing from {key}.")


@feeds.command("switch-on")
def switch_on(key: Key) -> None:
    """Let deliveries in; refused, with a sentence for each, while anything is missing."""
    feed = feed_or_unusable(key)
    from keepsight.audit.actor import system
    from keepsight.chronology.actions.governing import switch_on as act
    from keepsight.chronology.governance import FeedRefused

    try:
        act(by=system("command line"), feed=feed)
    except FeedRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"{key} is switched on.")


@feeds.command("switch-off")
def switch_off(
    key: Key, because: Annotated[str, typer.Option(help="Why. It is written down.")]
) -> None:
    """Let nothing in by a feed any more."""
    feed = feed_or_unusable(key)
    from keepsight.audit.actor import system
    from keepsight.chronology.actions.governing import switch_off as act
    from keepsight.chronology.governance import FeedRefused

    try:
        act(by=system("command line"), feed=feed, because=because)
    except FeedRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"{key} is switched off. The whole area is told, on every page of a child.")


@feeds.command()
def health(as_json: AsJSON = False) -> None:
    """What is late, missing, shrunk or faulty, feed by feed."""
    _begin()
    from keepsight.chronology.queries import every_feed
    from keepsight.cli.report_feeds import health_as_json, print_health

    if as_json:
        typer.echo(health_as_json(every_feed()))
    else:
        print_health(every_feed())


def _begin() -> None:
    process.begin("batch", demo=process.is_demo())
    process.migrate()


def feed_or_unusable(key: str) -> "Feed":
    """One feed, in a process that is set up for it; raises `Unusable` naming those there are."""
    _begin()
    from keepsight.chronology.queries import feed_by_key, feed_keys

    feed = feed_by_key(key)
    if feed is None:
        known = ", ".join(feed_keys()) or "none yet"
        raise Unusable(f"There is no feed “{key}”. The feeds are: {known}.")
    return feed


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"{option} takes a day such as 2026-03-02, not “{text}”.") from None


def _cohort(text: str | None) -> object:
    if text is None:
        return None
    from keepsight.kernel.feeds import Cohort

    try:
        return Cohort(text)
    except ValueError:
        raise Unusable(f"--cohort takes known, existence or all, not “{text}”.") from None
