"""Signing in and out: by password, by passkey, or by an organisation's own sign-in."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from requests import RequestException

from keepsight.access.actions import close_session
from keepsight.agencies.models import Person
from keepsight.agencies.tries import counted
from keepsight.web.access import public
from keepsight.web.cookies import take_token, token_of
from keepsight.web.forms import SignInForm
from keepsight.web.signing.forms import PasskeySignInForm
from keepsight.web.signing.refusal import NOBODY, refused, sign_in_page, with_error
from keepsight.web.signing.sessions import next_page
from keepsight.web.views.page import answers, page

UNREACHABLE = "Your organisation’s sign-in does not answer. Try again, or use your password here."


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who is there. A wrong answer is the same page whether the account exists or not."""
    form = SignInForm(answers(request))
    if request.method != "POST" or not form.is_valid():
        return sign_in_page(request, form)
    _forget_who_was_here(request)
    person = _by_password(request, **form.cleaned_data)
    if person is None:
        return refused(request)
    return perform_password_login(request, {}, Login(user=person, redirect_url=next_page(request)))


def _by_password(request: HttpRequest, email: str, password: str) -> Person | None:
    def check() -> Person | None:
        found = authenticate(request, username=email, password=password)
        return found if isinstance(found, Person) else None

    address = get_adapter().get_client_ip(request)
    return counted(by=NOBODY, account=email, address=address, check=check)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Give the browser a challenge, or take its answer: a passkey is both factors at once."""
    if request.method == "GET":
        return JsonResponse(begin_authentication(user=None))
    form = PasskeySignInForm(request.POST)
    found = counted(
        by=NOBODY,
        account=f"passkey {request.POST.get('credential', '')}",
        address=get_adapter().get_client_ip(request),
        check=lambda: form.cleaned_data["credential"] if form.is_valid() else None,
    )
    if found is None:
        return refused(request)
    _forget_who_was_here(request)
    login = Login(user=found.user, redirect_url=next_page(request))
    return perform_passwordless_login(request, found, login)


@public
@never_cache
@require_GET
def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to an organisation's own sign-in."""
    try:
        return openid.login(request, provider_id)
    except RequestException:
        return sign_in_page(request, with_error(SignInForm({}), UNREACHABLE))


@public
@never_cache
@require_GET
def back_from_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What an organisation's own sign-in says of whoever comes back from there."""
    return openid.callback(request, provider_id)


def _forget_who_was_here(request: HttpRequest) -> None:
    """A browser in which somebody was signed in begins anew."""
    if request.user.is_authenticated:
        logout(request)
    clear_login(request)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session, in the database too."""
    token = token_of(request)
    if request.viewer is not None and token:
        close_session(by=request.viewer.actor, token=token)
    logout(request)
    response = redirect("signed-out")
    take_token(response)
    return response


@public
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return page(request, "signed_out.html", heading="You are signed out")
