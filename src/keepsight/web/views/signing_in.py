"""Signing in and out."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from keepsight.access.actions import close_session, open_session
from keepsight.access.viewer import viewer_of
from keepsight.agencies.models import Person
from keepsight.audit.actions import Note, record_refusal
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.web.access import public
from keepsight.web.cookies import give_token, take_token, token_of
from keepsight.web.forms import SignInForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.page import answers, page

WRONG = "The email address or the password is not right."
NOBODY = Actor(name="somebody not signed in", role="none")


@public
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who is there. A wrong answer is the same sentence whether the account exists or not."""
    form = SignInForm(answers(request))
    if request.method == "POST" and form.is_valid():
        person = authenticate(
            request,
            username=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
        )
        if isinstance(person, Person):
            return _signed_in(request, person)
        note = Note(act=Act.REFUSE, what="sign in", where="sign-in", reason=WRONG)
        record_refusal(by=NOBODY, note=note)
        form.add_error("email", WRONG)
    return page(
        request,
        "sign_in.html",
        heading="Sign in",
        errors=error_list(form),
        form=form,
        expired="expired" in request.GET,
        next=_next(request),
    )


def _signed_in(request: HttpRequest, person: Person) -> HttpResponse:
    token = open_session(by=viewer_of(person).actor, person_id=person.pk)
    login(request, person)
    response = redirect(_next(request))
    give_token(response, token)
    return response


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: a page of ours, never another site."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else "/"


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
