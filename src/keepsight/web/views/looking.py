"""For those who answer for looking: broken glass and signs to review, and who looked at a child."""

import uuid
from datetime import datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.access.actions import ReviewRefused, review_glass
from keepsight.access.looking import OUTCOMES as GLASS_OUTCOMES
from keepsight.access.looking import LookLine, glass_waiting, looks_at, may_review
from keepsight.access.viewer import Viewer
from keepsight.kernel.roles import Permission
from keepsight.oversight.asking import SIGN_OUTCOMES, SignRefused, review_sign, signs_waiting
from keepsight.oversight.releasing import decisions_about
from keepsight.web.access import allows
from keepsight.web.forms_looking import ReferenceForm, ReviewForm, moment_in
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import answers, page, page_number

RECORDED = {"glass": "Your review of the broken glass is recorded.", "sign": "It is recorded."}
ROWS = 50
asks = require_http_methods(["GET", "HEAD", "POST"])


@allows(Permission.REVIEW_LOOKING)
@require_safe
def looking(request: HttpRequest) -> HttpResponse:
    """What waits for review; and whose log to read."""
    viewer = request.viewer
    form = ReferenceForm(request.GET if "reference" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("who-looked", form.cleaned_data["reference"])
    return page(
        request,
        "looking.html",
        heading="Looking",
        errors=error_list(form),
        form=form,
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        glass=glass_waiting(viewer),
        signs=signs_waiting(viewer),
    )


@allows(Permission.REVIEW_LOOKING)
@asks
def glass(request: HttpRequest, glass_id: uuid.UUID) -> HttpResponse:
    """Review one time that somebody broke the glass."""
    lines = glass_waiting(request.viewer)
    line = next((each for each in lines if each.glass_id == glass_id and not each.own), None)
    form = ReviewForm(answers(request), outcomes=GLASS_OUTCOMES)
    if line is None:
        raise Http404("There is nothing to review, or it is for somebody else.")
    if form.is_bound and form.is_valid():
        try:
            review_glass(by=request.viewer, glass_id=glass_id, **form.cleaned_data)
        except ReviewRefused as refused:
            form.add_error("because", str(refused))
        else:
            return _after("glass")
    heading = "Review a look in an emergency"
    return page(
        request, "review_glass.html", heading=heading, errors=error_list(form), form=form, line=line
    )


@allows(Permission.REVIEW_LOOKING)
@asks
def sign(request: HttpRequest, sign_id: uuid.UUID) -> HttpResponse:
    """Review one sign of snooping."""
    lines = signs_waiting(request.viewer)
    line = next((each for each in lines if each.sign_id == sign_id), None)
    form = ReviewForm(answers(request), outcomes=SIGN_OUTCOMES)
    if line is None:
        raise Http404("There is nothing to review, or it is for somebody else.")
    if form.is_bound and form.is_valid():
        try:
            review_sign(by=request.viewer, sign_id=sign_id, **form.cleaned_data)
        except SignRefused as refused:
            form.add_error("because", str(refused))
        else:
            return _after("sign")
    heading = f"Ask about a sign: {line.sign.title.lower()}"
    return page(
        request, "review_sign.html", heading=heading, errors=error_list(form), form=form, line=line
    )


@allows(Permission.REVIEW_LOOKING)
@require_safe
def who_looked(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Every entry about one child by people of the viewer's agency."""
    viewer = request.viewer
    answers_for(viewer, child_id)
    number = page_number(request)
    until = moment_in(request.GET.get("until", "")) if number > 1 else None
    looks = Paged(number, partial(looks_until, viewer, child_id, until), rows=ROWS)
    if looks.rows:
        looks.turn_with(until=(until or looks.rows[0].at).isoformat())
    return page(
        request,
        "who_looked.html",
        heading="Who looked at one child",
        child_id=child_id,
        looks=looks,
        until=until,
        decisions=decisions_about(viewer, child_id),
        recorded="Your decision is recorded." if "recorded" in request.GET else None,
        releases=viewer.may(Permission.RELEASE_LOOKING),
    )


def looks_until(
    viewer: Viewer, child_id: uuid.UUID, until: datetime | None, offset: int, limit: int
) -> list[LookLine]:
    """One page of the log as it stood at a moment."""
    return looks_at(viewer, child_id, until=until, offset=offset, limit=limit)


def answers_for(viewer: Viewer, child_id: uuid.UUID) -> None:
    """Raise the same 404 for a child that is none, is not the agency's, or is hidden."""
    if not may_review(viewer, child_id):
        raise Http404("There is no such record, or it may not be seen.")


def _after(recorded: str) -> HttpResponse:
    return redirect(f"{reverse('looking')}?recorded={recorded}")
