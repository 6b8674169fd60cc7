"""Who has an account, as a table for a terminal."""

from django.utils import timezone
from rich.console import Console
from rich.table import Table

from keepsight.agencies.models import Person
from keepsight.agencies.queries import may_sign_in, people, second_factors
from keepsight.kernel.roles import Role

COLUMNS = ("signs in as", "name", "role", "agency", "last sign-in", "second factors", "state")


def print_people() -> None:
    """A row a person."""
    table = Table(title="People", title_justify="left")
    for name in (
        "signs in as",
        "name",
        "role",
        "agency",
        "last sign-in",
        "second factors",
        "state",
    ):
        table.add_column(name)
    for each in people():
        last = f"{timezone.localtime(each.last_login):%d %b %Y}" if each.last_login else "never"
        kinds = ", ".join(sorted({factor.get_type_display() for factor in second_factors(each.pk)}))
        role = Role(each.role).in_words
        table.add_row(
            each.email, each.name, role, each.agency.name, last, kinds or "none", _state(each)
        )
    Console().print(table)


def _state(person: Person) -> str:
    if not person.is_active:
        return f"closed: {person.closed_because}"
    return "open" if may_sign_in(person, timezone.now()) else "dormant: closes tonight"
