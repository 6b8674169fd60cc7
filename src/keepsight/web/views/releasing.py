"""Deciding whether to tell somebody who looked at a child's record, and what is handed over."""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepsight.kernel.releasing import TO_A_PARENT
from keepsight.kernel.roles import Permission
from keepsight.oversight.releasing import (
    Document,
    ReleaseRefused,
    before_deciding,
    decide_release,
    document,
    read_as,
)
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_looking import ReleaseForm, moment_in
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.looks import as_csv
from keepsight.web.views.looking import answers_for, asks
from keepsight.web.views.page import answers, page


@allows(Permission.RELEASE_LOOKING)
@asks
def release(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Decide, with the list of who looked before one's eyes; nothing is chosen beforehand."""
    viewer = request.viewer
    answers_for(viewer, child_id)
    sent = moment_in(request.POST.get("until", "")) if request.method == "POST" else None
    until = sent or timezone.now()
    form = _form(request, child_id, until)
    if form.is_bound and form.is_valid():
        try:
            decide_release(
                by=viewer,
                child_id=child_id,
                asked=form.asked,
                until=until,
                read=form.cleaned_data["read"],
                withheld=form.withheld,
            )
        except ReleaseRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect(f"{reverse('who-looked', args=[child_id])}?recorded=1")
    return page(
        request,
        "release_looks.html",
        heading="Decide whether to tell who looked",
        errors=error_list(form),
        form=form,
        child_id=child_id,
        to_a_parent=TO_A_PARENT,
        until=until.isoformat(),
        read=read_as(form.days),
    )


@allows(Permission.RELEASE_LOOKING)
@reauthenticates
@require_safe
def released(request: HttpRequest, child_id: uuid.UUID, release_id: uuid.UUID) -> HttpResponse:
    """What is handed over, to print."""
    told = _document(request, child_id, release_id)
    return render(request, "documents/who_looked.html", {"told": told})


@allows(Permission.RELEASE_LOOKING)
@reauthenticates
@require_safe
def released_csv(request: HttpRequest, child_id: uuid.UUID, release_id: uuid.UUID) -> HttpResponse:
    """The same as a table."""
    text = as_csv(_document(request, child_id, release_id))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="who-looked.csv"'
    return answer


def _document(request: HttpRequest, child_id: uuid.UUID, release_id: uuid.UUID) -> Document:
    answers_for(request.viewer, child_id)
    told = document(request.viewer, child_id, release_id)
    if told is None:
        raise Http404("There is no such record, or it may not be seen.")
    return told


def _form(request: HttpRequest, child_id: uuid.UUID, until: datetime) -> ReleaseForm:
    days = before_deciding(request.viewer, child_id, until)
    return ReleaseForm(answers(request), days=days)
