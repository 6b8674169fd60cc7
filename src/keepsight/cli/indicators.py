"""`keepsight indicators`: what raises an alert, in plain words; and definitions of one’s own."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from keepsight.cli.errors import Unusable

if TYPE_CHECKING:
    from keepsight.kernel.indicators.indicator import Indicator

indicators = typer.Typer(no_args_is_help=True, help="What raises an alert, and rules to try.")

AsJson = Annotated[bool, typer.Option("--json", help="For a program to read.")]
File = Annotated[Path, typer.Argument(help="A definition (YAML or JSON).")]


@indicators.command("list")
def list_indicators(as_json: AsJson = False) -> None:
    """Every indicator in use, with its title and how far its source is confirmed."""
    from keepsight.cli.saying_indicators import in_brief
    from keepsight.kernel.indicators.catalogue import CATALOGUE

    if as_json:
        _print([in_brief(each) for each in CATALOGUE])
        return
    for each in CATALOGUE:
        typer.echo(f"{each.code}: {each.title} ({each.mark.meaning})")


@indicators.command()
def show(
    code: Annotated[str, typer.Argument(help="Its code, as `indicators list` gives it.")],
    as_json: AsJson = False,
    as_definition: Annotated[
        bool, typer.Option("--definition", help="As a file to change, check and try.")
    ] = False,
) -> None:
    """One indicator: when it is met, why it matters, its source, its numbers, its examples."""
    from keepsight.cli.definitions import as_text
    from keepsight.cli.saying_indicators import in_full, text_of

    found = _by_code(code)
    if as_json:
        _print(in_full(found))
    else:
        typer.echo(as_text(found) if as_definition else text_of(found), nl=False)


@indicators.command()
def check(file: File) -> None:
    """Say what is wrong with a definition, each with its line. Ends with 1 if anything is."""
    from keepsight.cli.saying_indicators import rule_in_words

    found = _defined(file)
    typer.echo(f"{file.name} can be used: {found.title} ({found.code}, version {found.version}).")
    typer.echo(rule_in_words(found))


@indicators.command("try")
def try_definition(
    file: File,
    county: Annotated[Path, typer.Option(help="A folder that `county make` wrote.")],
    on: Annotated[str, typer.Option(help="A day of its time; the last one unless named.")] = "",
) -> None:
    """Say how many children of a made-up county meet a definition, and how many alerts a week it
    would have raised.
    """
    from keepsight.cli.saying_tries import progress, text_of
    from keepsight.cli.trying_indicators import try_indicator

    found, day = _defined(file), _day(on)
    with progress() as tell:
        tried, events = try_indicator(found, county, day, tell)
    typer.echo(text_of(found, tried, events))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"--on takes a day such as 2026-03-31, not “{text}”.") from None


def _defined(file: Path) -> "Indicator":
    """The definition in a file; what is wrong with it is printed, and ends the command."""
    from keepsight.cli.definitions import Refused, definition_in

    try:
        return definition_in(file)
    except Refused as refused:
        for each in refused.mistakes:
            typer.echo(f"{file.name}, {each}", err=True)
        raise typer.Exit(1) from None


def _by_code(code: str) -> "Indicator":
    from keepsight.kernel.indicators.catalogue import CATALOGUE

    for each in CATALOGUE:
        if each.code == code:
            return each
    known = ", ".join(each.code for each in CATALOGUE)
    raise Unusable(f"There is no indicator “{code}”. The indicators are: {known}.")


def _print(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
