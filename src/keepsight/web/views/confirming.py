"""Showing who one is: the second step of signing in, and again before what must not be misused."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth import authenticate
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.agencies.tries import counted
from keepsight.web.access import own_sign_in, public
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.factors import as_json, kinds_of
from keepsight.web.signing.forms import (
    CodeForm,
    ConfirmByPasskeyForm,
    ConfirmCodeForm,
    PasskeyForm,
    PasswordForm,
)
from keepsight.web.signing.refusal import note_refusal, with_error
from keepsight.web.signing.sessions import next_page
from keepsight.web.views.page import page

TRY_AGAIN = "That is not right. After several wrong tries, wait 15 minutes."

asks = require_http_methods(["GET", "HEAD", "POST"])


@public
@asks
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="sign-in")
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever gave the right password."""
    stage = request._login_stage
    person: Person = stage.login.user
    forms = _offered(request, person, (CodeForm, PasskeyForm))
    sent = _sent(request, forms)
    if sent and _is_right(request, person, sent):
        sent.save()
        return stage.exit()
    return _ask(request, person, forms, "Show that it is you", next_page(request))


@own_sign_in
@never_cache
@asks
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask once more who is there, and go back to the page that wanted to know."""
    person: Person = request.user
    forms = _offered(request, person, (ConfirmCodeForm, ConfirmByPasskeyForm))
    if person.has_usable_password():
        forms["password"] = PasswordForm(_data(request, "password"))
    sent = _sent(request, forms)
    if sent and _is_right(request, person, sent):
        if isinstance(sent, PasswordForm):
            reauthenticate_by_password(request)
        else:
            sent.save()
        return redirect(next_page(request))
    return _ask(request, person, forms, "Confirm that it is you", next_page(request))


def _offered(
    request: HttpRequest, person: Person, classes: tuple[type[Any], type[Any]]
) -> dict[str, Any]:
    """The forms that a person can answer, by the name of the field that each sends."""
    kinds = kinds_of(person.pk)
    offered = {}
    if kinds & {"totp", "recovery_codes"}:
        offered["code"] = classes[0](_data(request, "code"), user=person)
    if "webauthn" in kinds:
        offered["credential"] = classes[1](_data(request, "credential"), user=person)
    return offered


def _data(request: HttpRequest, name: str) -> Any:
    return request.POST if request.method == "POST" and name in request.POST else None


def _sent(request: HttpRequest, forms: dict[str, Any]) -> Any:
    return next((form for form in forms.values() if form.is_bound), None)


def _is_right(request: HttpRequest, person: Person, form: Form) -> bool:
    """Whether the answer is right; a wrong one is counted, written down, and said on the page."""
    check = (
        _password_check(request, person, form)
        if isinstance(form, PasswordForm)
        else (lambda: form.is_valid() or None)
    )
    by = viewer_of(person).actor
    address = get_adapter().get_client_ip(request)
    account = f"confirming {person.pk}"
    if counted(by=by, account=account, address=address, check=check):
        return True
    note_refusal("second factor or password again", by=by)
    with_error(form, TRY_AGAIN)
    return False


def _password_check(request: HttpRequest, person: Person, form: Form) -> Callable[[], bool | None]:
    def check() -> bool | None:
        password = form.cleaned_data.get("password", "") if form.is_valid() else ""
        found = authenticate(request, username=person.email, password=password)
        return found == person or None

    return check


def _ask(
    request: HttpRequest, person: Person, forms: dict[str, Any], heading: str, afterwards: str
) -> HttpResponse:
    passkey = as_json(begin_authentication(person)) if "credential" in forms else ""
    return page(
        request,
        "confirm.html",
        heading=heading,
        errors=error_list(*forms.values()),
        forms=forms,
        next=afterwards,
        passkey=passkey,
    )
