"""People who sign in by password, their browsers, and time that has passed in the database."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from keepsight.agencies.models import Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, make_world

PASSWORD = "three made-up words"
TOKEN = "keepsight_access"


def somebody(kind: AgencyKind = AgencyKind.POLICE) -> Person:
    """A person of a small world who has a password."""
    person = make_world().people[kind]
    with acting_as("batch"):
        give_password(by=TESTER, person=person)
    return person


@action
def give_password(*, by: Actor, person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()


def browser(address: str = "127.0.0.1") -> Client:
    """A browser that nobody has used, at an address."""
    return Client(headers={"host": "localhost"}, REMOTE_ADDR=address)


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Send the sign-in page's form."""
    return client.post("/sign-in/", {"email": email, "password": password} | more)


def is_in(client: Client) -> bool:
    """Whether this browser gets a page that only somebody signed in gets."""
    return client.get("/children/").status_code == 200


def without_what_differs(answer: HttpResponse) -> str:
    """A page without the form's token and what was typed."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def in_database(server: ServerAddress, query: str, values: Any = None) -> list[tuple[Any, ...]]:
    """Run a statement as the administrator, such as one that makes something long ago."""
    with server.connect(connection.settings_dict["NAME"]) as admin:
        done = admin.execute(query, values)
        return done.fetchall() if done.description else []


def code_now(secret: str) -> str:
    """What an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def secret_on(page: str) -> str:
    """The secret that the page for adding an app shows."""
    found = re.search(r'<strong class="keepsight-secret">(\w+)</strong>', page)
    assert found
    return found[1]


def half_a_minute_later() -> None:
    """Forget which codes were used: time does it too, once they are good no longer."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_usedcode")
