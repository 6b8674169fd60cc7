"""For an information-governance lead: who is kept from what, what is sealed, what is protected."""

import uuid
from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.access.actions import (
    ApartRefused,
    end_exclusion,
    end_protection,
    end_seal,
    keep_apart,
    protect_address,
    seal_child,
)
from keepsight.access.kept_apart import exclusions, grounds, protections, seals
from keepsight.agencies.queries import people_of
from keepsight.identity.governing import child_meant
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_apart import ExclusionForm, ProtectionForm, ReasonForm, SealForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])

NO_SUCH_CHILD = (
    "Your agency has no record of a child by this reference or number, or it may not be seen."
)
RECORDED = {
    "person": "The person is kept from the record.",
    "seal": "The record is sealed.",
    "address": "The address is protected.",
    "ended": "It has ended.",
}
ENDING = {
    "person": ("Let this person see the record again", end_exclusion),
    "seal": ("End this seal", end_seal),
    "address": ("End the protection of this address", end_protection),
}
"""What can be ended, by the word in its address: the page's heading, and the action."""


@allows(Permission.KEEP_APART)
@require_safe
def kept_apart(request: HttpRequest) -> HttpResponse:
    """Everything of the viewer's agency that is in force."""
    return page(
        request,
        "kept_apart.html",
        heading="Kept apart",
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        exclusions=exclusions(request.viewer),
        seals=seals(request.viewer),
        protections=protections(request.viewer),
    )


@allows(Permission.KEEP_APART)
@reauthenticates
@asks
def keep_person(request: HttpRequest) -> HttpResponse:
    """Keep somebody of the agency from a child's record."""
    form = ExclusionForm(answers(request), people=_colleagues(request), grounds=grounds())

    def save(child_id: uuid.UUID) -> None:
        said = form.cleaned_data
        keep_apart(
            by=request.viewer.actor,
            person_id=said["person"],
            child_id=child_id,
            ground=said["ground"],
            because=said["because"],
        )

    return _begun(request, form, save, "Keep a person from a child’s record", "person")


@allows(Permission.KEEP_APART)
@reauthenticates
@asks
def seal(request: HttpRequest) -> HttpResponse:
    """Seal what is known of a child, for named people only."""
    form = SealForm(answers(request), people=_colleagues(request))

    def save(child_id: uuid.UUID) -> None:
        seal_child(
            by=request.viewer.actor,
            child_id=child_id,
            agency_id=request.viewer.agency_id,
            people=form.cleaned_data["people"],
            because=form.cleaned_data["because"],
        )

    return _begun(request, form, save, "Seal a child’s record", "seal")


@allows(Permission.KEEP_APART)
@reauthenticates
@asks
def protect(request: HttpRequest) -> HttpResponse:
    """Say that where a child is must not be told."""
    form = ProtectionForm(answers(request))

    def save(child_id: uuid.UUID) -> None:
        protect_address(
            by=request.viewer.actor,
            child_id=child_id,
            agency_id=request.viewer.agency_id,
            **{name: form.cleaned_data[name] for name in ("because", "safe_way", "never_use")},
        )

    return _begun(request, form, save, "Protect where a child is", "address")


@allows(Permission.KEEP_APART)
@reauthenticates
@asks
def end(request: HttpRequest, kind: str, kept_id: uuid.UUID) -> HttpResponse:
    """End one of them, with a reason."""
    if kind not in ENDING:
        raise Http404("There is nothing of this kind.")
    heading, ended = ENDING[kind]
    form = ReasonForm(answers(request))
    if form.is_bound and form.is_valid():
        try:
            ended(by=request.viewer.actor, kept_id=kept_id, because=form.cleaned_data["because"])
        except ApartRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _back("ended")
    return _form(request, form, heading, "End it")


def _begun(
    request: HttpRequest,
    form: Form,
    save: Callable[[uuid.UUID], None],
    heading: str,
    recorded: str,
) -> HttpResponse:
    """A child who is hidden, who does not exist or is not the agency's is answered alike."""
    if form.is_bound and form.is_valid():
        child_id = child_meant(by=request.viewer, said=form.cleaned_data["child"])
        if child_id is None:
            form.add_error("child", NO_SUCH_CHILD)
        else:
            try:
                save(child_id)
            except ApartRefused as refused:
                form.add_error(None, str(refused))
            else:
                return _back(recorded)
    return _form(request, form, heading, "Record")


def _form(request: HttpRequest, form: Form, heading: str, button: str) -> HttpResponse:
    errors = error_list(form)
    return page(
        request,
        "governing_form.html",
        heading=heading,
        errors=errors,
        form=form,
        button=button,
        back=("kept-apart", "Back to what is kept apart"),
    )


def _colleagues(request: HttpRequest) -> list[tuple[int | str, str]]:
    """Those of the agency whose accounts are open, but for the viewer."""
    return [
        (person.pk, f"{person.name} ({person.get_role_display()}, {person.email})")
        for person in people_of(request.viewer.agency_id)
        if person.is_active and person.pk != request.viewer.person_id
    ]


def _back(recorded: str) -> HttpResponse:
    return redirect(f"{reverse('kept-apart')}?recorded={recorded}")
