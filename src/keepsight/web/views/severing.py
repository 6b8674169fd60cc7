"""For an information-governance lead of social care: cutting a new identity from an old one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from keepsight.identity.governing import child_meant
from keepsight.identity.severing import SeverableRecord, SeveringRefused, sever, severable
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_apart import ChildNamedForm
from keepsight.web.forms_links import SeveringForm
from keepsight.web.presenters.dates import day
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])
BACK = ("kept-apart", "Back to what is kept apart")
NO_SUCH_CHILD = (
    "Your agency has no record of a child by this reference or number, or it may not be seen."
)


@allows(Permission.SEVER)
@reauthenticates
@asks
def choose(request: HttpRequest) -> HttpResponse:
    """Say which child it is whose new identity is to be cut from the old one."""
    form = ChildNamedForm(answers(request))
    if form.is_bound and form.is_valid():
        child_id = child_meant(by=request.viewer, said=form.cleaned_data["child"])
        if child_id is not None:
            return redirect("sever-identity", child_id)
        form.add_error("child", NO_SUCH_CHILD)
    return page(
        request,
        "governing_form.html",
        heading="Cut a new identity from an old one",
        errors=error_list(form),
        form=form,
        button="Continue",
        back=BACK,
    )


@allows(Permission.SEVER)
@reauthenticates
@asks
def sever_identity(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Choose the records of the new identity, and cut them from the others for good."""
    records = severable(request.viewer, child_id)
    if not records:
        raise Http404("There is no such record, or it may not be seen.")
    form = SeveringForm(answers(request), records=[(e.subject, _named(e)) for e in records])
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            fresh = sever(
                by=request.viewer,
                child_id=child_id,
                new_identity=said["records"],
                reason=said["reason"],
            )
        except SeveringRefused as refused:
            form.add_error("records", str(refused))
        else:
            return page(request, "severed.html", heading="The identities are cut", fresh=fresh)
    return page(
        request,
        "sever_identity.html",
        heading="Cut a new identity from an old one",
        errors=error_list(form),
        form=form,
    )


def _named(record: SeverableRecord) -> str:
    own = f", our number {record.key}" if record.key else ""
    return f"{record.agency}{own}, first received on {day(record.first_received)}"
