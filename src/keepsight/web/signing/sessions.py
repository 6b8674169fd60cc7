"""When a browser gets its token, what it lacks until then, and when it must show again who it is.

allauth signs a person in to Django's session. That opens nothing: every page about a child asks
the database with a token, and the token is given when nothing is missing any more.
"""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from keepsight.access.actions import open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.agencies.queries import has_second_factor
from keepsight.web.cookies import give_token

SETTING_UP = "keepsight_setting_up"
AFTERWARDS = "keepsight_afterwards"


def let_in(request: HttpRequest, person: Person, response: HttpResponse) -> HttpResponse:
    """Give the token; or, where a second factor is demanded and there is none, have one set up."""
    if lacks_second_factor(request, person):
        request.session[SETTING_UP] = person.pk
        request.session[AFTERWARDS] = response["Location"]
        return redirect("second-factors")
    open_for(request, person)
    return response


def lacks_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether a second factor is demanded of a person who has none."""
    if settings.KEEPSIGHT_SECOND_FACTOR != "demanded" or has_second_factor(person.pk):
        return False
    return not vouched_for(request, person)


def vouched_for(request: HttpRequest, person: Person) -> bool:
    """Whether an organisation that answers for the second factor has just said who this is."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    vouching = {app["provider_id"] for app in apps if app["settings"]["vouches_for_second_factor"]}
    records = get_authentication_records(request, person)
    return any(record.get("provider") in vouching for record in records)


def open_for(request: HttpRequest, person: Person) -> None:
    """Open the session; its token leaves with the answer to this request."""
    request.session.pop(SETTING_UP, None)
    request.opened_token = open_session(by=viewer_of(person).actor, person_id=person.pk)


def carry_token(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put a token that this request opened into the answer's cookie."""
    token = getattr(request, "opened_token", None)
    if token and isinstance(response, HttpResponse):
        give_token(response, token)


def is_setting_up(request: HttpRequest) -> bool:
    """Whether somebody has just given their password and must now set up a second factor."""
    begun = request.user.is_authenticated and request.session.get(SETTING_UP) == request.user.pk
    return begun and not ought_to_confirm(request)


def afterwards(request: HttpRequest) -> str:
    """Where somebody was going before they set up a second factor."""
    return str(request.session.get(AFTERWARDS, "/"))


def ought_to_confirm(request: HttpRequest) -> bool:
    """Whether it is too long ago that the person last showed who they are."""
    records = get_authentication_records(request, request.user)
    if not records:
        return True
    ago = timezone.now().timestamp() - max(record["at"] for record in records)
    return bool(ago > settings.KEEPSIGHT_CONFIRMED_MINUTES * 60)


def to_confirm(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks who is there, and then back to this one."""
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('confirm')}?{query}")


def next_page(request: HttpRequest) -> str:
    """Where to go afterwards: a page of ours, never another site."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else "/"
