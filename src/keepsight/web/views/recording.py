"""Recording what was decided or done for a child: each on a page of its own."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from keepsight.casework.actions import (
    CaseworkRefused,
    record_referral_decision,
    record_return_interview,
    record_return_interview_offer,
)
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms import (
    InterviewHeldForm,
    InterviewOfferForm,
    PastMomentForm,
    ReferralDecisionForm,
)
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.child import child_or_404
from keepsight.web.views.page import answers, page
from keepsight.web.views.saving import back_to_child, saved

asks = require_http_methods(["GET", "HEAD", "POST"])


@allows(Permission.RECORD_CASEWORK)
@asks
def interview_held(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """A return home interview was held."""
    form = InterviewHeldForm(answers(request))

    def save() -> None:
        record_return_interview(
            by=request.viewer,
            child_id=child_id,
            held_at=form.moment,
            independent=form.cleaned_data["independent"] == "yes",
            summary=form.cleaned_data["summary"],
        )

    return _record(request, child_id, form, save, "Record a return home interview", "interview")


@allows(Permission.RECORD_CASEWORK)
@asks
def interview_offered(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """A return home interview was offered, and perhaps declined."""
    form = InterviewOfferForm(answers(request))

    def save() -> None:
        record_return_interview_offer(
            by=request.viewer,
            child_id=child_id,
            offered_at=form.moment,
            declined=form.cleaned_data["declined"] == "yes",
            reason=form.cleaned_data["reason"],
        )

    heading = "Record an offer of a return home interview"
    return _record(request, child_id, form, save, heading, "offer")


@allows(Permission.RECORD_CASEWORK)
@asks
def referral_decided(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """A manager decided what to do about a referral."""
    form = ReferralDecisionForm(answers(request))

    def save() -> None:
        record_referral_decision(
            by=request.viewer,
            child_id=child_id,
            decided_at=form.moment,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
        )

    heading = "Record the decision on a referral"
    return _record(request, child_id, form, save, heading, "referral-decision")


def _record(
    request: HttpRequest,
    child_id: uuid.UUID,
    form: PastMomentForm,
    save: Callable[[], None],
    heading: str,
    recorded: str,
) -> HttpResponse:
    who = child_or_404(request.viewer, child_id)
    if saved(form, save, CaseworkRefused):
        return back_to_child(child_id, recorded)
    errors = error_list(form)
    return page(request, "record.html", heading=heading, errors=errors, form=form, who=who)
