"""Where a working day begins: alerts to read, obligations, and the children of one's agency."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from keepsight.casework.queries import obligations_due
from keepsight.chronology.queries import late_feeds
from keepsight.detection.queries import alerts_to_read
from keepsight.identity.queries import children_of_agency, own_children
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows, every_role
from keepsight.web.presenters.navigation import starting_page
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import page, page_number

DECLARED = (
    "It is recorded that you know the child. You will not see the record from now on. If you "
    "were working with the child, tell your manager, so that somebody else does."
)


@every_role
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Alerts to read and obligations due; a role that has neither goes to its own first page."""
    viewer = request.viewer
    if starting_page(viewer) != "worklist":
        return redirect(starting_page(viewer))
    alerts_page = page_number(request, "alerts")
    duties_page = page_number(request, "obligations")

    return page(
        request,
        "worklist.html",
        heading="Worklist",
        recorded=DECLARED if "declared" in request.GET else None,
        late=late_feeds(viewer.area_id),
        alerts=Paged(
            alerts_page,
            lambda offset, limit: alerts_to_read(viewer, offset=offset, limit=limit),
            parameter="alerts",
            obligations=str(duties_page),
        ),
        obligations=Paged(
            duties_page,
            lambda offset, limit: obligations_due(viewer, offset=offset, limit=limit),
            parameter="obligations",
            alerts=str(alerts_page),
        ),
        own=Paged(
            page_number(request, "own"),
            lambda offset, limit: own_children(viewer, offset=offset, limit=limit),
            parameter="own",
        ),
        reads_alerts=viewer.may(Permission.DECIDE_ALERT) or viewer.role.reads_only,
    )


@allows(Permission.FIND_CHILD)
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """The children whom the viewer's own agency has a record of."""
    search = request.GET.get("search", "").strip()[:100]
    fetch = partial(children_of_agency, request.viewer, search=search)

    return page(
        request,
        "children.html",
        heading="Children your agency has a record of",
        search=search,
        children=Paged(
            page_number(request),
            lambda offset, limit: fetch(offset=offset, limit=limit),
            search=search,
        ),
    )
