"""Choosing a password with a link that somebody handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keepsight.agencies.links import choose_password, is_good
from keepsight.web.access import public
from keepsight.web.presenters.errors import error_list
from keepsight.web.signing.forms import ChoosePasswordForm
from keepsight.web.signing.refusal import NOBODY
from keepsight.web.views.page import answers, page


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Take a new password. A link that was used, is too old or never was, gives one page."""
    if not is_good(token):
        return page(request, "link_over.html", heading="This link does not work", status=404)
    form = ChoosePasswordForm(answers(request))
    if request.method == "POST" and form.is_valid():
        choose_password(by=NOBODY, token=token, password=form.cleaned_data["password"])
        return redirect("sign-in")
    return page(
        request,
        "choose_password.html",
        heading="Choose a password",
        errors=error_list(form),
        form=form,
    )
