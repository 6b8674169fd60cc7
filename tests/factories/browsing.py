"""Browsers in which somebody has signed in, without going by the sign-in page."""

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.test import Client

from keepsight.access.actions import open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.web.cookies import give_token


def token_for(person: Person) -> str:
    return open_session(by=viewer_of(person).actor, person_id=person.pk)


def signed_in(person: Person, *, confirmed: bool = True) -> Client:
    """A browser of a person who has signed in, just now unless it is said otherwise."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    if confirmed:
        _confirm(client, person)
    answer = HttpResponse()
    give_token(answer, token_for(person))
    client.cookies.update(answer.cookies)
    return client


def _confirm(client: Client, person: Person) -> None:
    """As if the person had just typed the password."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "password")
    request.session.save()
