"""Pages for what cannot be shown. None tells whether what was asked for exists."""

from django.http import HttpRequest, HttpResponse

from keepsight.web.access import public
from keepsight.web.views.page import page


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is hidden and for what is not there."""
    return page(request, "404.html", heading="Page not found", status=404)


@public
def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that this role does not use, or a change by somebody who only reads."""
    reason = str(exception) if exception else ""
    return page(request, "403.html", heading="You cannot do this", reason=reason, status=403)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    return page(request, "500.html", heading="Something went wrong", status=500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: an old page, or one from another site."""
    said = "This form is too old. Go back, load the page again and send it again."
    return page(request, "403.html", heading="You cannot do this", reason=said, status=403)
