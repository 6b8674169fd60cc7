"""One answer to whoever does not get in, whatever the reason."""

from typing import Any, TypeVar

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from keepsight.audit.actions import Note, record_refusal
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.kernel.signing_in import TRIES_OF_AN_ACCOUNT, TRY_MINUTES
from keepsight.web.forms import SignInForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.signing.sessions import next_page
from keepsight.web.views.page import page

F = TypeVar("F", bound=Form)

WRONG = (
    "That did not sign you in. Check the email address and the password. "
    f"After {TRIES_OF_AN_ACCOUNT.value} wrong tries, wait {TRY_MINUTES.value} minutes."
)
"""Said in every case, so that it tells nobody whether an account is there, closed or locked."""
NOBODY = Actor(name="somebody not signed in", role="none")


def refused(request: HttpRequest) -> HttpResponse:
    """Write the refusal down, and show the sign-in page. It says the same in every case."""
    note_refusal("sign in")
    return sign_in_page(request, with_error(SignInForm(request.POST or {}), WRONG))


def with_error(form: F, sentence: str) -> F:
    """The form with one error, at its first field, and no other."""
    form.full_clean()
    form.errors.clear()
    form.add_error(next(iter(form.fields)), sentence)
    return form


def note_refusal(what: str, *, by: Actor = NOBODY) -> None:
    """Write down that somebody could not show who they are; never why."""
    record_refusal(by=by, note=Note(act=Act.REFUSE, what=what, where="sign-in", reason=WRONG))


def sign_in_page(request: HttpRequest, form: Form) -> HttpResponse:
    """The page that asks who is there."""
    return page(
        request,
        "sign_in.html",
        heading="Sign in",
        errors=error_list(form),
        form=form,
        expired="expired" in request.GET,
        next=next_page(request),
        organisations=organisations(),
    )


def organisations() -> list[dict[str, Any]]:
    """The organisations with a sign-in of their own: key and name."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"key": app["provider_id"], "name": app["name"]} for app in apps]
