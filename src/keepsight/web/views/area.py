"""An area's page: its plan first, then how its agencies stand with what they owe."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from keepsight.access.viewer import Viewer
from keepsight.agencies.queries import areas
from keepsight.kernel.roles import Permission
from keepsight.oversight.queries import AreaOverview, area_overview, published_plan
from keepsight.web.access import allows, public
from keepsight.web.presenters.area import about_alerts, sentences
from keepsight.web.views.page import page

RECORDED = {
    "plan": "The plan is written. Add its actions, then publish it.",
    "action": "The action is added.",
    "done": "The action is done, with its evidence.",
    "published": "The plan is published.",
    "alerts": "What the area can read is recorded.",
}


@allows(Permission.READ_AREA)
@require_safe
def own_area(request: HttpRequest) -> HttpResponse:
    """To the viewer's own area."""
    return redirect("area", request.viewer.area_id)


@allows(Permission.READ_AREA)
@require_safe
def area(request: HttpRequest, area_id: int) -> HttpResponse:
    """What the plan says comes first: where there is none, that is the page's heading."""
    overview = area_or_404(request.viewer, area_id)
    return page(
        request,
        "area.html",
        heading=overview.plan_says,
        area=overview,
        writes=request.viewer.may(Permission.WRITE_PLAN),
        unassessed=sentences(overview.unassessed),
        about_alerts=about_alerts(overview.alerts),
        sets_alerts=request.viewer.may(Permission.SET_ALERTS),
        recorded=RECORDED.get(request.GET.get("recorded", "")),
    )


def area_or_404(viewer: Viewer, area_id: int) -> AreaOverview:
    """The viewer's own area; any other is the same 404 as one that does not exist."""
    found = area_overview(viewer, area_id)
    if found is None:
        raise Http404("There is no such area, or it is not the viewer's.")
    return found


@public
@require_safe
def public_plan(request: HttpRequest, area_key: str) -> HttpResponse:
    """The published plan of an area, for anybody, or that there is none."""
    found = next((each for each in areas() if each.key == area_key), None)
    if found is None:
        raise Http404("There is no such area.")
    plan = published_plan(area_key)
    heading = plan.title if plan else "No action plan is published"
    return page(request, "public_plan.html", heading=heading, plan=plan, area_name=found.name)
