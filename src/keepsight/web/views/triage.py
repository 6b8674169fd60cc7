"""Reading an alert with what is known around it, deciding about it, and agreeing to that."""

import uuid

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from keepsight.access.viewer import Viewer
from keepsight.casework.triage import decide as decide_about
from keepsight.chronology.queries import timeline
from keepsight.detection.deciding import Decided, answer_decision
from keepsight.detection.queries import decisions
from keepsight.kernel.indicators.triage import TriageRefused
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms_triage import AgreeForm, DecisionForm
from keepsight.web.presenters.alerts import ShownAlert, around
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.child import also_involved, child_or_404, may_answer, read_alerts
from keepsight.web.views.page import answers, page
from keepsight.web.views.saving import back_to_child, saved

asks = require_http_methods(["GET", "HEAD", "POST"])


@allows(Permission.DECIDE_ALERT)
@asks
def decide(request: HttpRequest, child_id: uuid.UUID, alert_id: uuid.UUID) -> HttpResponse:
    """Decide about one alert, or decide again."""
    viewer, found = request.viewer, _alert_or_404(request.viewer, child_id, alert_id)
    form = DecisionForm(answers(request), choices=decisions(viewer, found.alert.harm))
    stands = True

    def save() -> None:
        nonlocal stands
        said = form.cleaned_data
        decided = Decided(said["decision"], said["reason"], said["asked"], said.get("until"))
        stands = decide_about(by=viewer, alert_id=alert_id, decided=decided)

    if saved(form, save, TriageRefused):
        return back_to_child(child_id, "decision" if stands else "to-agree")
    return _page(request, child_id, found, form, f"Decide: {found.alert.title}")


@allows(Permission.DECIDE_ALERT)
@asks
def agree(request: HttpRequest, child_id: uuid.UUID, alert_id: uuid.UUID) -> HttpResponse:
    """Agree to what somebody else decided about an alert, or do not."""
    found = _alert_or_404(request.viewer, child_id, alert_id)
    if not may_answer(request.viewer, found):
        raise Http404("Nothing of this alert waits for the viewer to agree.")
    form = AgreeForm(answers(request))

    def save() -> None:
        answer_decision(
            by=request.viewer,
            alert_id=alert_id,
            agreed=form.cleaned_data["agreed"] == "yes",
            answer=form.cleaned_data["answer"],
        )

    if saved(form, save, TriageRefused):
        return back_to_child(child_id, "answer")
    return _page(request, child_id, found, form, f"Agree or not: {found.alert.title}")


def _alert_or_404(viewer: Viewer, child_id: uuid.UUID, alert_id: uuid.UUID) -> ShownAlert:
    child_or_404(viewer, child_id)
    alerts = read_alerts(viewer, child_id)
    found = next((each for each in alerts if each.alert.alert_id == alert_id), None)
    if found is None:
        raise Http404("There is no such alert, or it may not be seen.")
    return found


def _page(
    request: HttpRequest, child_id: uuid.UUID, found: ShownAlert, form: Form, heading: str
) -> HttpResponse:
    who = child_or_404(request.viewer, child_id)
    return page(
        request,
        "decide.html",
        heading=heading,
        errors=error_list(form),
        form=form,
        who=who,
        involved=also_involved(request.viewer, who),
        shown=found,
        around=around(found, timeline(request.viewer, child_id)),
        refs=frozenset(),
    )
