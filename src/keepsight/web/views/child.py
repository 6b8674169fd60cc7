"""A child's page: who, why we are worried, what is due, and one timeline of all agencies."""

import uuid
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from keepsight.access.clock import today
from keepsight.access.queries import Involvement, glass_ends, involvements, relations
from keepsight.access.viewer import Viewer
from keepsight.casework.queries import obligations_of
from keepsight.chronology.queries import (
    Banner,
    attendance,
    banner,
    entries_by_ref,
    late_feeds,
    timeline,
)
from keepsight.detection.queries import alerts_of
from keepsight.kernel.indicators.triage import Second
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms import KnownOnForm
from keepsight.web.presenters.alerts import ShownAlert, shown
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.timeline import Filter, choices
from keepsight.web.views.page import page

RECORDED = {
    "decision": "Your decision is recorded.",
    "to-agree": "Your decision is recorded. It stands when somebody else has read it and agreed.",
    "answer": "Your answer is recorded.",
    "interview": "The return home interview is recorded.",
    "offer": "The offer of a return home interview is recorded.",
    "referral-decision": "The decision on the referral is recorded.",
    "allocated": "The child is allocated.",
    "invited": "The invitation to the conference is recorded.",
}


@allows(Permission.READ_CHILD)
@require_safe
def child(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """The page, as of now or as known on an earlier day."""
    if "known_on-day" in request.GET:
        form = KnownOnForm(request.GET)
        if form.is_valid():
            return redirect(_address(request, form.cleaned_data["known_on"]))
    else:
        form = _from_address(request)
    errors = error_list(form)
    known_on = None
    if form.is_bound and form.is_valid() and form.cleaned_data["known_on"] < today():
        known_on = form.cleaned_data["known_on"]
    who = child_or_404(request.viewer, child_id)
    then = banner(request.viewer, child_id, known_on) if known_on else who
    return page(
        request,
        "child.html",
        heading=(then or who).name,
        errors=errors,
        form=form,
        known_on=known_on,
        who=then or who,
        unknown_then=then is None,
        involved=also_involved(request.viewer, who),
        because=relations(request.viewer, child_id),
        broke_glass=glass_ends(request.viewer, child_id),
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        **_worries(request.viewer, child_id, known_on),
        **_known(request, child_id, known_on),
    )


def child_or_404(viewer: Viewer, child_id: uuid.UUID) -> Banner:
    """The child's banner; a hidden child and one that does not exist are the same 404."""
    found = banner(viewer, child_id)
    if found is None:
        raise Http404("There is no such record, or it may not be seen.")
    return found


def read_alerts(
    viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None
) -> list[ShownAlert]:
    """A child's alerts with the entries that met them."""
    alerts = alerts_of(viewer, child_id, known_on)
    refs = {ref for alert in alerts for ref in alert.evidence}
    cited = entries_by_ref(viewer, child_id, refs, known_on) if refs else {}
    return shown(alerts, cited, known_on)


def _worries(viewer: Viewer, child_id: uuid.UUID, known_on: date | None) -> dict[str, object]:
    alerts = read_alerts(viewer, child_id, known_on)
    now = known_on is None
    return {
        "alerts": alerts,
        "answers": {each.alert.alert_id for each in alerts if now and may_answer(viewer, each)},
        "writes": viewer.may(Permission.DECIDE_ALERT) and now,
        "allocates": viewer.may(Permission.ALLOCATE) and now,
        "declares": viewer.may(Permission.DECLARE_INTEREST) and now,
        "obligations": obligations_of(viewer, child_id, known_on),
    }


def may_answer(viewer: Viewer, found: ShownAlert) -> bool:
    """Whether a decision waits for this viewer: never for whoever decided."""
    waiting = found.alert.waiting
    if waiting is None or waiting.decided_by_id == viewer.person_id:
        return False
    return viewer.may(
        Permission.AGREE_TO_WATCH if waiting.second == Second.MANAGER else Permission.DECIDE_ALERT
    )


def _known(request: HttpRequest, child_id: uuid.UUID, known_on: date | None) -> dict[str, object]:
    viewer = request.viewer
    entries = timeline(viewer, child_id, known_on)
    chosen = Filter(
        frozenset(request.GET.getlist("agency")), frozenset(request.GET.getlist("standing"))
    )
    return {
        "late": late_feeds(viewer.area_id),
        "entries": chosen.keep(entries),
        "all_entries": len(entries),
        "chosen": chosen,
        "agency_choices": choices([entry.agency for entry in entries], chosen.agencies),
        "standing_choices": choices([entry.standing for entry in entries], chosen.standings),
        "weeks": attendance(viewer, child_id, known_on),
        "refs": {entry.ref for entry in entries},
    }


def also_involved(viewer: Viewer, who: Banner) -> list[Involvement]:
    """The agencies whose records are not on the page already."""
    shown_already = {record.agency for record in who.records}
    found = involvements(viewer, who.child_id)
    return [other for other in found if other.agency not in shown_already]


def _from_address(request: HttpRequest) -> KnownOnForm:
    """The day in the address as the three boxes would hold it."""
    asked = request.GET.get("known_on", "")
    if not asked:
        return KnownOnForm()
    parts = [*asked.split("-"), "", "", ""][:3]
    year, month, day = (part.lstrip("0") for part in parts)
    return KnownOnForm({"known_on-day": day, "known_on-month": month, "known_on-year": year})


def _address(request: HttpRequest, known_on: date) -> str:
    """The page's address for a day, with the filters as they are."""
    kept = [(n, v) for n in ("agency", "standing") for v in request.GET.getlist(n)]
    query = urlencode([("known_on", known_on.isoformat()), *kept])
    return f"{request.path}?{query}"
