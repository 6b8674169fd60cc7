"""A browser without a screen: Django's test client with somebody signed in."""

from django.http import HttpResponse
from django.test import Client

from keepsight.access.actions import open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.web.cookies import give_token


def token_for(person: Person) -> str:
    return open_session(by=viewer_of(person).actor, person_id=person.pk)


def signed_in(person: Person) -> Client:
    """A browser in which somebody has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    answer = HttpResponse()
    give_token(answer, token_for(person))
    client.cookies.update(answer.cookies)
    return client
