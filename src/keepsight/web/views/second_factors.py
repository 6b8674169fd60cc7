"""One's own second factors: an authenticator app, passkeys, recovery codes."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.recovery_codes.internal.flows import (
    can_generate_recovery_codes,
    generate_recovery_codes,
    view_recovery_codes,
)
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import add_authenticator
from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.access.viewer import viewer_of
from keepsight.agencies.queries import second_factor
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.web.access import own_sign_in, reauthenticates, sets_up
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.factors import as_json, factors_of, kinds_of
from keepsight.web.signing.forms import AddAppForm, AddPasskeyForm
from keepsight.web.signing.sessions import afterwards, is_setting_up, open_for
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])


@sets_up
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What somebody has set up, and what they can add."""
    return page(
        request,
        "second_factors.html",
        heading="Your sign-in",
        factors=factors_of(request.user.pk),
        kinds=kinds_of(request.user.pk),
        missing=is_setting_up(request),
        demanded=settings.KEEPSIGHT_SECOND_FACTOR == "demanded",
    )


@sets_up
@reauthenticates
@never_cache
@asks
def add_app(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app: the person scans a code and types what the app then shows."""
    if "totp" in kinds_of(request.user.pk):
        return redirect("second-factors")
    form = AddAppForm(answers(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        activate_totp(request, form)
        return _added(request, "authenticator app")
    return page(
        request,
        "add_app.html",
        heading="Add an authenticator app",
        errors=error_list(form),
        form=form,
        secret=form.secret,
    )


@sets_up
@never_cache
@require_safe
def app_picture(request: HttpRequest) -> HttpResponse:
    """The code to scan, as a picture of its own: the page may hold no picture within itself."""
    adapter = get_adapter()
    url = adapter.build_totp_url(request.user, get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")


@sets_up
@reauthenticates
@never_cache
@asks
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey, which the browser makes."""
    form = AddPasskeyForm(answers(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        add_authenticator(
            request, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
        )
        return _added(request, "passkey")
    return page(
        request,
        "add_passkey.html",
        heading="Add a passkey",
        errors=error_list(form),
        form=form,
        passkey=as_json(begin_registration(request.user, True)),
    )


def _added(request: HttpRequest, what: str) -> HttpResponse:
    """Write it down; whoever had only this left to do is now signed in."""
    _note(request, f"second factor added: {what}")
    if is_setting_up(request):
        open_for(request, request.user)
    return redirect("recovery-codes")


@own_sign_in
@reauthenticates
@never_cache
@require_safe
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes, once."""
    codes, may_show = view_recovery_codes(request)
    if codes is None:
        raise Http404("There are no recovery codes.")
    return page(
        request,
        "recovery_codes.html",
        heading="Recovery codes",
        codes=codes.get_unused_codes() if may_show else [],
        left=len(codes.get_unused_codes()),
        afterwards=afterwards(request),
    )


@own_sign_in
@reauthenticates
@never_cache
@asks
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes; the old ones are then void."""
    if not can_generate_recovery_codes(request.user):
        raise Http404("Recovery codes come with a second factor.")
    if request.method == "POST":
        generate_recovery_codes(request)
        _note(request, "recovery codes made anew")
        return redirect("recovery-codes")
    return page(
        request,
        "sure.html",
        heading="Make new recovery codes",
        sentence="The codes that you have now will not work any more.",
        answer="Make new codes",
    )


@own_sign_in
@reauthenticates
@never_cache
@asks
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Remove an app or a passkey; where one is demanded, not the last."""
    found = second_factor(request.user.pk, factor_id)
    if found is None:
        raise Http404("There is no such second factor.")
    form = Form(answers(request))
    if request.method == "POST" and form.is_valid():
        if not _is_last_demanded(request):
            delete_and_cleanup(request, found)
            _note(request, f"second factor removed: {found.type}")
            return redirect("second-factors")
        form.add_error(None, "This is the only one. Add another before you remove it.")
    return page(
        request,
        "sure.html",
        heading="Remove a second factor",
        errors=error_list(form),
        sentence="You will not be able to sign in with it any more.",
        answer="Remove it",
    )


def _is_last_demanded(request: HttpRequest) -> bool:
    others = [each for each in factors_of(request.user.pk) if each.kind != "recovery_codes"]
    return settings.KEEPSIGHT_SECOND_FACTOR == "demanded" and len(others) < 2


def _note(request: HttpRequest, what: str) -> None:
    note = Note(act=Act.WRITE, what=what, where=request.resolver_match.view_name)
    record(by=viewer_of(request.user).actor, notes=[note])
