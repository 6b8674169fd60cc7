"""The action plan, written and published by the area's partnership lead."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keepsight.agencies.queries import agencies_of
from keepsight.kernel.roles import Permission
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.oversight.actions import (
    PlanRefused,
    add_action,
    complete_action,
    publish_plan,
    write_plan,
)
from keepsight.web.access import allows
from keepsight.web.forms import EvidenceForm, PlanActionForm, PlanForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.area import area_or_404
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])


@allows(Permission.WRITE_PLAN)
@asks
def write(request: HttpRequest, area_id: int) -> HttpResponse:
    """Begin a new plan."""
    form = PlanForm(answers(request))

    def save() -> None:
        write_plan(
            by=request.viewer,
            title=form.cleaned_data["title"],
            review_by=form.cleaned_data["review_by"],
        )

    return _ask(request, area_id, form, save, "Write an action plan", "plan")


@allows(Permission.WRITE_PLAN)
@asks
def add(request: HttpRequest, area_id: int, plan_id: int) -> HttpResponse:
    """Add an action to the plan."""
    agencies = [
        (agency.pk, agency.name)
        for agency in agencies_of(area_id)
        if agency.kind != AgencyKind.INSPECTORATE
    ]
    form = PlanActionForm(answers(request), agencies=agencies)

    def save() -> None:
        add_action(
            by=request.viewer,
            plan_id=plan_id,
            title=form.cleaned_data["title"],
            agency_id=form.cleaned_data["agency"],
            person=form.cleaned_data["person"],
            due=form.cleaned_data["due"],
        )

    return _ask(request, area_id, form, save, "Add an action to the plan", "action")


@allows(Permission.WRITE_PLAN)
@asks
def complete(request: HttpRequest, area_id: int, action_id: int) -> HttpResponse:
    """Say that an action is done, with the evidence."""
    plan = area_or_404(request.viewer, area_id).plan
    actions = plan.actions if plan else ()
    found = next((each for each in actions if each.action_id == action_id), None)
    if found is None:
        raise Http404("There is no such action.")
    form = EvidenceForm(answers(request))

    def save() -> None:
        complete_action(
            by=request.viewer, action_id=action_id, evidence=form.cleaned_data["evidence"]
        )

    return _ask(request, area_id, form, save, f"Done: {found.title}", "done")


@allows(Permission.WRITE_PLAN)
@asks
def publish(request: HttpRequest, area_id: int, plan_id: int) -> HttpResponse:
    """Publish the plan, after saying who will be able to read it."""
    form = Form(answers(request))

    def save() -> None:
        publish_plan(by=request.viewer, plan_id=plan_id)

    return _ask(request, area_id, form, save, "Publish the action plan", "published")


def _ask(
    request: HttpRequest,
    area_id: int,
    form: Form,
    save: Callable[[], None],
    heading: str,
    recorded: str,
) -> HttpResponse:
    overview = area_or_404(request.viewer, area_id)
    if form.is_bound and form.is_valid():
        try:
            save()
        except PlanRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('area', args=[area_id])}?recorded={recorded}")
    return page(
        request,
        "plan_form.html",
        heading=heading,
        errors=error_list(form),
        form=form,
        area=overview,
        publishing=recorded == "published",
    )
