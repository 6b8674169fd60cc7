"""For an information-governance lead: the people of the agency, and closing their accounts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.access.actions import restore_colleague, suspend_colleague
from keepsight.agencies.models import Person
from keepsight.agencies.queries import people_of
from keepsight.agencies.suspending import PersonRefused
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_apart import ReasonForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])
RECORDED = {
    "suspended": "The account is closed, and every session of the person has ended.",
    "restored": "The account is open again.",
}
BACK = ("people", "Back to the people of your agency")


@allows(Permission.KEEP_PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account at the viewer's agency."""
    return page(
        request,
        "people.html",
        heading=f"People of {request.viewer.agency_name}",
        people=people_of(request.viewer.agency_id),
        recorded=RECORDED.get(request.GET.get("recorded", "")),
    )


@allows(Permission.KEEP_PEOPLE)
@reauthenticates
@asks
def suspend(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close an account at once, with a reason."""
    person = _colleague_or_404(request, person_id)
    form = ReasonForm(answers(request))
    if form.is_bound and form.is_valid():
        try:
            suspend_colleague(
                by=request.viewer, person_id=person_id, reason=form.cleaned_data["because"]
            )
        except PersonRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('people')}?recorded=suspended")
    return page(
        request,
        "governing_form.html",
        heading=f"Suspend {person.name}",
        errors=error_list(form),
        form=form,
        button="Suspend",
        back=BACK,
    )


@allows(Permission.KEEP_PEOPLE)
@reauthenticates
@asks
def restore(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open an account again."""
    person = _colleague_or_404(request, person_id)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            restore_colleague(by=request.viewer, person_id=person_id)
        except PersonRefused as refused:
            errors = [{"text": str(refused)}]
        else:
            return redirect(f"{reverse('people')}?recorded=restored")
    heading = f"Open the account of {person.name} again"
    return page(
        request,
        "governing_form.html",
        heading=heading,
        errors=errors,
        form=(),
        button="Open it again",
        back=BACK,
    )


def _colleague_or_404(request: HttpRequest, person_id: int) -> Person:
    """Somebody else of the same agency; anybody else is the same as nobody."""
    for person in people_of(request.viewer.agency_id):
        if person.pk == person_id != request.viewer.person_id:
            return person
    raise Http404("There is no such person at the viewer's agency.")
