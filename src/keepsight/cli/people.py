"""`keepsight people`: who has an account, and closing, opening and mending one."""

from typing import TYPE_CHECKING, Annotated

import typer

from keepsight.cli import process
from keepsight.cli.errors import Unusable

if TYPE_CHECKING:
    from keepsight.agencies.models import Person

people = typer.Typer(no_args_is_help=True, help="Who has an account, and whether it is open.")

Email = Annotated[str, typer.Argument(help="The address that the person signs in with.")]


@people.command("list")
def list_people() -> None:
    """Everybody with an account: role, agency, last sign-in, second factors, open or closed."""
    _begin()
    from keepsight.cli.report_people import print_people

    print_people()


@people.command()
def suspend(
    email: Email,
    reason: Annotated[str, typer.Option(help="Why. It is written down.")],
) -> None:
    """Close an account at once, and end every session of the person."""
    _begin()
    from keepsight.agencies.actions import PersonRefused, suspend_person
    from keepsight.audit.actor import system

    person = _person(email)
    try:
        suspend_person(by=system("command line"), person_id=person.pk, reason=reason)
    except PersonRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"{person.email} is suspended, and every session is ended.")


@people.command()
def restore(email: Email) -> None:
    """Open an account that was suspended or had gone dormant."""
    _begin()
    from keepsight.agencies.actions import restore_person
    from keepsight.audit.actor import system

    person = _person(email)
    restore_person(by=system("command line"), person_id=person.pk)
    typer.echo(f"{person.email} can sign in again.")


@people.command()
def reset(
    email: Email,
    factors: Annotated[
        bool, typer.Option("--factors", help="Remove the second factors too: they were lost.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Where the pages are, for the link.")
    ] = "http://127.0.0.1:8000",
) -> None:
    """Print a link with which the person chooses a new password, once, within a day."""
    _begin()
    from django.urls import reverse

    from keepsight.agencies.actions import remove_second_factors
    from keepsight.agencies.links import LINK_HOURS, issue_link
    from keepsight.audit.actor import system

    person = _person(email)
    if not person.is_active:
        raise Unusable(f"{person.email} is closed ({person.closed_because}). Restore it first.")
    token = issue_link(by=system("command line"), person_id=person.pk)
    if factors:
        remove_second_factors(by=system("command line"), person_id=person.pk)
        typer.echo("The second factors are removed.")
    typer.echo(f"{address.rstrip('/')}{reverse('choose-password', args=[token])}")
    typer.echo(
        f"It works once and for {LINK_HOURS} hours. Make sure who is asking, and hand it over "
        "yourself: whoever has it can become this person."
    )


@people.command()
def home(
    email: Email,
    postcode: Annotated[str, typer.Argument(help="Of the person’s own home; empty forgets it.")],
) -> None:
    """Keep the postcode of a person’s home, so that looks at neighbours can be noticed."""
    _begin()
    from keepsight.access.actions import HomeRefused, set_home
    from keepsight.audit.actor import system

    person = _person(email)
    try:
        set_home(by=system("command line"), person_id=person.pk, postcode=postcode)
    except HomeRefused as refused:
        raise Unusable(str(refused)) from None
    typer.echo(f"The home of {person.email} is {'kept' if postcode.strip() else 'forgotten'}.")


def _begin() -> None:
    process.begin("batch")
    process.migrate()


def _person(email: str) -> "Person":
    from keepsight.agencies.queries import account_by_email

    person = account_by_email(email)
    if person is None:
        raise Unusable(f"Nobody signs in as {email}. See `keepsight people list`.")
    return person
