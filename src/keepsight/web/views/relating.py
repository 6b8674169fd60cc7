"""Who works with a child and who must not: allocation, invitations, interests, and emergencies."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keepsight.access.actions import ApartRefused, declare_interest
from keepsight.agencies.queries import workers_at, workers_in
from keepsight.casework.actions import CaseworkRefused
from keepsight.casework.allocation import allocate, invite_to_conference
from keepsight.identity.emergency import EmergencyRefused, Sought, break_glass
from keepsight.kernel.emergencies import OPEN_HOURS
from keepsight.kernel.roles import Permission
from keepsight.kernel.visibility import INVOLVED_ROLES, LEAD_ROLES
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_access import AllocationForm, EmergencyForm, InterestForm, InvitationForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.child import child_or_404
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])
NOBODY = (
    "No one child was found by these details. That you looked, and why, is on record. Check the "
    "number, or how the name is spelt, or call children’s social care."
)


@allows(Permission.ALLOCATE)
@asks
def allocate_child(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Give a child to a worker of the council."""
    who = child_or_404(request.viewer, child_id)
    workers = [
        (person.pk, f"{person.name}, {person.team.name}" if person.team else person.name)
        for person in workers_at(request.viewer.agency_id, LEAD_ROLES)
    ]
    form = AllocationForm(answers(request), workers=workers)
    if form.is_bound and form.is_valid():
        try:
            allocate(by=request.viewer, child_id=child_id, worker_id=form.cleaned_data["worker"])
        except CaseworkRefused as refused:
            form.add_error("worker", str(refused))
        else:
            return _after(child_id, "allocated")
    heading = "Allocate this child"
    return page(
        request, "record.html", heading=heading, errors=error_list(form), form=form, who=who
    )


@allows(Permission.ALLOCATE)
@asks
def invite(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Invite somebody who works with the child to its conference."""
    who = child_or_404(request.viewer, child_id)
    guests = [
        (person.pk, f"{person.name}, {person.agency.name}")
        for person in workers_in(request.viewer.area_id, INVOLVED_ROLES)
        if person.agency_id != request.viewer.agency_id
    ]
    form = InvitationForm(answers(request), guests=guests)
    if form.is_bound and form.is_valid():
        try:
            invite_to_conference(
                by=request.viewer,
                child_id=child_id,
                person_id=form.cleaned_data["guest"],
                held_on=form.cleaned_data["held_on"],
            )
        except CaseworkRefused as refused:
            form.add_error("held_on", str(refused))
        else:
            return _after(child_id, "invited")
    heading = "Invite somebody to the case conference"
    return page(
        request, "record.html", heading=heading, errors=error_list(form), form=form, who=who
    )


@allows(Permission.DECLARE_INTEREST)
@asks
def interest(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Say that one knows this child; from then on the record is not there for oneself."""
    who = child_or_404(request.viewer, child_id)
    form = InterestForm(answers(request))
    if form.is_bound and form.is_valid():
        try:
            declare_interest(
                by=request.viewer,
                child_id=child_id,
                ground=form.cleaned_data["ground"],
                because=form.cleaned_data["because"],
            )
        except ApartRefused as refused:
            form.add_error("ground", str(refused))
        else:
            return redirect(f"{reverse('worklist')}?declared=1")
    return page(
        request,
        "record.html",
        heading="Say that you know this child",
        errors=error_list(form),
        form=form,
        who=who,
    )


@allows(Permission.BREAK_GLASS)
@reauthenticates
@asks
def emergency(request: HttpRequest) -> HttpResponse:
    """Look at a child in an emergency, without a relation, with a reason, for some hours."""
    form = EmergencyForm(answers(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        sought = Sought(
            nhs_number=said["nhs_number"],
            upn=said["upn"],
            forename=said["forename"],
            surname=said["surname"],
            date_of_birth=said["born"],
        )
        try:
            found = break_glass(by=request.viewer, reason=said["reason"], sought=sought)
        except EmergencyRefused as refused:
            form.add_error(None, str(refused))
        else:
            if found:
                return redirect("child", found)
            form.add_error(None, NOBODY)
    return page(
        request,
        "emergency.html",
        heading="Look at a child in an emergency",
        errors=error_list(form),
        form=form,
        hours=OPEN_HOURS.value,
    )


def _after(child_id: uuid.UUID, recorded: str) -> HttpResponse:
    return redirect(f"{reverse('child', args=[child_id])}?recorded={recorded}")
