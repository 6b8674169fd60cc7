"""How many alerts an area can read in a week, beside what its settings raise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keepsight.detection.deciding import set_ways
from keepsight.kernel.indicators.triage import TriageRefused
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms_triage import AlertSettingForm
from keepsight.web.presenters.area import about_alerts
from keepsight.web.presenters.errors import error_list
from keepsight.web.views.area import area_or_404
from keepsight.web.views.page import answers, page


@allows(Permission.SET_ALERTS)
@require_http_methods(["GET", "HEAD", "POST"])
def set_alerts(request: HttpRequest, area_id: int) -> HttpResponse:
    """Say how many can be read; what the settings raised stands beside the question."""
    area = area_or_404(request.viewer, area_id)
    ways = area.alerts.ways
    form = AlertSettingForm(
        answers(request),
        initial={
            "readable_a_week": ways.readable_a_week,
            "watch_days": ways.watch_days,
            "dismissed_days": ways.dismissed_days,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            set_ways(by=request.viewer, ways=form.ways, because=form.cleaned_data["because"])
        except TriageRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('area', args=[area_id])}?recorded=alerts")
    return page(
        request,
        "area_alerts.html",
        heading="How many alerts can be read",
        errors=error_list(form),
        form=form,
        area=area,
        about_alerts=about_alerts(area.alerts),
    )
